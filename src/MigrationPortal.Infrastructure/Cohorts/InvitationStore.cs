using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

internal sealed class InvitationStore(Database database) : IInvitations
{
    public async Task<int> AddAsync(IReadOnlyCollection<Invitation> invitations, CancellationToken cancel)
    {
        var added = 0;
        foreach (var one in invitations)
            added += await database.ExecuteAsync(
                "INSERT INTO cohort_invitations (wave, instance, person, projects, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                values =>
                {
                    values.AddWithValue(one.Wave);
                    values.AddWithValue(one.Person.Instance.Name);
                    values.AddWithValue(one.Person.Number);
                    values.AddWithValue(one.Projects.Select(project => project.Number).ToArray());
                    values.AddWithValue(one.At.ToUniversalTime());
                },
                cancel);
        return added;
    }

    public async Task<IReadOnlyList<Invitation>> OfWaveAsync(long wave, CancellationToken cancel) => await database.QueryAsync(
        "SELECT wave, instance, person, projects, at FROM cohort_invitations WHERE wave = $1 ORDER BY person", values => values.AddWithValue(wave),
        row =>
        {
            var instance = new InstanceId(row.GetString(1));
            return new Invitation(row.GetInt64(0), new UserId(instance, row.GetInt64(2)), [.. row.GetFieldValue<long[]>(3).Select(number => new ProjectId(instance, number))], row.GetFieldValue<DateTimeOffset>(4));
        },
        cancel);
}

using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>One row a project: of two replicas that ask it at once, the second finds it asked.</summary>
internal sealed class OfferStore(Database database) : IOfferStore
{
    public async Task<IReadOnlyDictionary<ProjectId, Offer>> LastAsync(InstanceId instance, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT project, people, at, by, times FROM remedy_offers WHERE instance = $1", values => values.AddWithValue(instance.Name),
        row => new Offer(
            new ProjectId(instance, row.GetInt64(0)), [.. row.GetFieldValue<long[]>(1).Select(number => new UserId(instance, number))], row.GetFieldValue<DateTimeOffset>(2), ActorText.Read(row.GetString(3)), row.GetInt32(4)),
        cancel)).ToDictionary(one => one.Project);

    public async Task<bool> AddAsync(Offer offer, DateTimeOffset notSince, CancellationToken cancel) => await database.ExecuteAsync(
        """
        INSERT INTO remedy_offers (instance, project, people, at, by, times) VALUES ($1, $2, $3, $4, $5, 1)
        ON CONFLICT (instance, project) DO UPDATE SET people = excluded.people, at = excluded.at, by = excluded.by, times = remedy_offers.times + 1 WHERE remedy_offers.at <= $6
        """,
        values =>
        {
            values.AddWithValue(offer.Project.Instance.Name);
            values.AddWithValue(offer.Project.Number);
            values.AddWithValue(offer.People.Select(person => person.Number).ToArray());
            values.AddWithValue(offer.At.ToUniversalTime());
            values.AddWithValue(ActorText.Write(offer.By));
            values.AddWithValue(notSince.ToUniversalTime());
        },
        cancel) > 0;
}

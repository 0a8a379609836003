using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>The version fences every write; one active registration a Secret is a unique index.</summary>
internal sealed class RegistrationStore(Database database) : IRegistrationStore
{
    private const string Columns = """
        id, cluster, instance, configuration, revision, target, extras, place::text, description, tags, run_untagged, paused, state, asked_gitlab_at, runner, application, patience, deadline, contact_after, said,
        asked_by, reason, asked_at, since, ended_at, version, tries, retry_at, remains, override::text
        """;

    public async Task<ClusterRegistration?> AddAsync(ClusterRegistration registration, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        INSERT INTO cluster_registrations (state, asked_gitlab_at, runner, application, deadline, contact_after, said, since, ended_at, cluster, instance, configuration, revision, target, extras, place, description, tags,
            run_untagged, paused, patience, asked_by, reason, asked_at, override, version)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, id, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, 1 FROM clusters WHERE id = $10 FOR KEY SHARE ON CONFLICT DO NOTHING RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, registration);
            values.AddWithValue(registration.Cluster);
            values.AddWithValue(registration.Instance.Name);
            values.AddWithValue(registration.Configuration);
            values.AddWithValue(registration.Revision);
            values.AddWithValue(registration.Target.ToString());
            values.AddWithValue((int)registration.Extras);
            values.Add(new NpgsqlParameter<string> { TypedValue = StoreJson.Write(registration.Place), NpgsqlDbType = NpgsqlDbType.Jsonb });
            values.AddWithValue(registration.Description);
            values.AddWithValue(registration.Tags.ToArray());
            values.AddWithValue(registration.RunUntagged);
            values.AddWithValue(registration.Paused);
            values.AddWithValue(registration.Patience);
            values.AddWithValue(ActorText.Write(registration.AskedBy));
            values.AddWithValue(registration.Reason);
            values.AddWithValue(registration.AskedAt.ToUniversalTime());
            values.Add(OverrideColumn.Write(registration.Override));
        },
        Read, cancel)).SingleOrDefault();

    public async Task<ClusterRegistration?> SaveAsync(ClusterRegistration registration, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        UPDATE cluster_registrations SET state = $1, asked_gitlab_at = $2, runner = $3, application = $4, deadline = $5, contact_after = $6, said = $7, since = $8, ended_at = $9, version = version + 1,
            tries = $12, retry_at = $13, remains = $14
        WHERE id = $10 AND version = $11 RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, registration);
            values.AddWithValue(registration.Id);
            values.AddWithValue(registration.Version);
            values.AddWithValue(registration.Tries);
            values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = registration.RetryAt?.ToUniversalTime() });
            values.Add(new NpgsqlParameter<string?> { TypedValue = registration.Remains });
        },
        Read, cancel)).SingleOrDefault();

    public async Task<ClusterRegistration?> FindAsync(long cluster, long id, CancellationToken cancel) => (await QueryAsync("WHERE cluster = $1 AND id = $2", cancel, cluster, id)).SingleOrDefault();

    public async Task<IReadOnlyList<ClusterRegistration>> OpenAsync(InstanceId instance, CancellationToken cancel) => await QueryAsync("WHERE instance = $1 AND state NOT IN ('Done', 'Undone', 'Left') ORDER BY id", cancel, instance.Name);

    public async Task<IReadOnlyList<ClusterRegistration>> ListAsync(long cluster, int limit, long? before, CancellationToken cancel) =>
        await QueryAsync($"WHERE cluster = $1 AND id < $2 ORDER BY id DESC LIMIT {limit}", cancel, cluster, before ?? long.MaxValue);

    public async Task<ClusterRegistration?> DoneAsync(long cluster, long configuration, CancellationToken cancel) =>
        (await QueryAsync("WHERE cluster = $1 AND configuration = $2 AND state = 'Done' ORDER BY id DESC LIMIT 1", cancel, cluster, configuration)).SingleOrDefault();

    private Task<List<ClusterRegistration>> QueryAsync(string rest, CancellationToken cancel, params object[] given) => database.QueryAsync(
        $"SELECT {Columns} FROM cluster_registrations {rest}",
        values =>
        {
            foreach (var one in given) values.AddWithValue(one);
        },
        Read, cancel);

    // What both statements begin with, in their order.
    private static void Fill(NpgsqlParameterCollection values, ClusterRegistration registration)
    {
        values.AddWithValue(registration.State.ToString());
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = registration.AskedGitLabAt?.ToUniversalTime() });
        values.Add(new NpgsqlParameter<long?> { TypedValue = registration.Runner });
        values.Add(new NpgsqlParameter<long?> { TypedValue = registration.Application });
        values.AddWithValue(registration.Deadline.ToUniversalTime());
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = registration.ContactAfter?.ToUniversalTime() });
        values.Add(new NpgsqlParameter<string?> { TypedValue = registration.Said });
        values.AddWithValue(registration.Since.ToUniversalTime());
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = registration.EndedAt?.ToUniversalTime() });
    }

    private static ClusterRegistration Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), new InstanceId(row.GetString(2)), row.GetInt64(3), row.GetInt32(4), Enum.Parse<ApplyTarget>(row.GetString(5)), (ApplyExtras)row.GetInt32(6), StoreJson.Read<TokenPlace>(row.GetString(7)),
        row.GetString(8), row.GetFieldValue<string[]>(9), row.GetBoolean(10), row.GetBoolean(11), Enum.Parse<RegistrationState>(row.GetString(12)), row.GetOrNull<DateTimeOffset>(13), row.GetOrNull<long>(14), row.GetOrNull<long>(15),
        row.GetFieldValue<TimeSpan>(16), row.GetFieldValue<DateTimeOffset>(17), row.GetOrNull<DateTimeOffset>(18), row.GetTextOrNull(19), ActorText.Read(row.GetString(20)), row.GetString(21),
        row.GetFieldValue<DateTimeOffset>(22), row.GetFieldValue<DateTimeOffset>(23), row.GetOrNull<DateTimeOffset>(24), row.GetInt64(25), row.GetInt32(26), row.GetOrNull<DateTimeOffset>(27), row.GetTextOrNull(28))
    { Override = OverrideColumn.Read(row.GetTextOrNull(29)) };
}

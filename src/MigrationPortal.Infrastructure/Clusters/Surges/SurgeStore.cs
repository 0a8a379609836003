using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Clusters.Surges;

/// <summary>The version fences every write; a runner of QA that is lent is a row with a key of its own, which goes when the surge has ended.</summary>
internal sealed class SurgeStore(Database database) : ISurgeStore
{
    private const string Columns = """
        id, instance, role, like_runner, tags, run_untagged, lent::text, reach::text, state, until, drain_for, start_by, queued_before, said, ended_for, asked_by, reason, asked_at, lent_at, since, ended_at, version
        """;

    // Within the audit trail's transaction: a surge without its claims is not kept.
    public async Task<Surge?> AddAsync(Surge surge, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(surge);
        // Until it is kept none of its clusters is forgotten.
        var clusters = surge.Lent.Select(one => one.Cluster).Distinct().ToArray();
        if ((await database.QueryAsync("SELECT id FROM clusters WHERE id = ANY ($1) FOR KEY SHARE", values => values.AddWithValue(clusters), row => row.GetInt64(0), cancel)).Count < clusters.Length) return null;
        var added = (await database.QueryAsync(
            $"""
            INSERT INTO surges (tags, run_untagged, lent, state, said, ended_for, lent_at, since, ended_at, instance, role, like_runner, reach, until, drain_for, start_by, queued_before, asked_by, reason, asked_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1) RETURNING {Columns}
            """,
            values =>
            {
                Fill(values, surge);
                values.AddWithValue(surge.Instance.Name);
                values.AddWithValue(surge.Role.ToString());
                values.Add(new NpgsqlParameter<long?> { TypedValue = surge.Like });
                values.Add(Json(surge.Reach));
                values.AddWithValue(surge.Until.ToUniversalTime());
                values.AddWithValue(surge.DrainFor);
                values.AddWithValue(surge.StartBy.ToUniversalTime());
                values.AddWithValue(surge.QueuedBefore);
                values.AddWithValue(ActorText.Write(surge.AskedBy));
                values.AddWithValue(surge.Reason);
                values.AddWithValue(surge.AskedAt.ToUniversalTime());
            },
            Read, cancel)).Single();
        var claimed = await database.ExecuteAsync(
            "INSERT INTO surge_claims (runner, surge) SELECT unnest($1), $2 ON CONFLICT DO NOTHING",
            values =>
            {
                values.AddWithValue(surge.Lent.Select(one => one.Qa.ToString()).ToArray());
                values.AddWithValue(added.Id);
            },
            cancel);
        return claimed == surge.Lent.Count ? added : null;
    }

    public async Task<Surge?> SaveAsync(Surge surge, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(surge);
        return (await database.QueryAsync(
            $"""
            WITH saved AS (
                UPDATE surges SET tags = $1, run_untagged = $2, lent = $3, state = $4, said = $5, ended_for = $6, lent_at = $7, since = $8, ended_at = $9, version = version + 1 WHERE id = $10 AND version = $11 RETURNING *),
            freed AS (DELETE FROM surge_claims USING saved WHERE surge_claims.surge = saved.id AND saved.state IN ('Ended', 'Undone'))
            SELECT {Columns} FROM saved
            """,
            values =>
            {
                Fill(values, surge);
                values.AddWithValue(surge.Id);
                values.AddWithValue(surge.Version);
            },
            Read, cancel)).SingleOrDefault();
    }

    public async Task<Surge?> FindAsync(long id, CancellationToken cancel) => (await QueryAsync("WHERE id = $1", cancel, id)).SingleOrDefault();

    public async Task<IReadOnlyList<Surge>> OpenAsync(InstanceId instance, CancellationToken cancel) => await QueryAsync("WHERE instance = $1 AND state NOT IN ('Ended', 'Undone') ORDER BY id", cancel, instance.Name);

    public async Task<IReadOnlyList<Surge>> ListAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        await QueryAsync($"WHERE instance = $1 AND id < $2 ORDER BY id DESC LIMIT {limit}", cancel, instance.Name, before ?? long.MaxValue);

    public Task AddSampleAsync(long surge, SurgeSample sample, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return database.ExecuteAsync(
            "INSERT INTO surge_samples (surge, at, queued, running, taken) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (surge, at) DO UPDATE SET queued = $3, running = $4, taken = $5",
            values =>
            {
                values.AddWithValue(surge);
                values.AddWithValue(sample.At.ToUniversalTime());
                values.AddWithValue(sample.Queued);
                values.AddWithValue(sample.Running);
                values.AddWithValue(sample.Taken);
            },
            cancel);
    }

    public async Task<IReadOnlyList<SurgeSample>> SamplesAsync(long surge, int most, CancellationToken cancel) => await database.QueryAsync(
        """
        SELECT at, queued, running, taken FROM (
            SELECT *, row_number() OVER (ORDER BY at DESC) - 1 AS back, count(*) OVER () AS whole FROM surge_samples WHERE surge = $1) numbered
        WHERE back % ((whole + $2 - 1) / $2) = 0 ORDER BY at
        """,
        values =>
        {
            values.AddWithValue(surge);
            values.AddWithValue((long)most);
        },
        row => new SurgeSample(row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel);

    private Task<List<Surge>> QueryAsync(string rest, CancellationToken cancel, params object[] given) => database.QueryAsync(
        $"SELECT {Columns} FROM surges {rest}",
        values =>
        {
            foreach (var one in given) values.AddWithValue(one);
        },
        Read, cancel);

    // What both statements begin with, in their order.
    private static void Fill(NpgsqlParameterCollection values, Surge surge)
    {
        values.AddWithValue(surge.Tags.ToArray());
        values.AddWithValue(surge.RunUntagged);
        values.Add(Json(surge.Lent));
        values.AddWithValue(surge.State.ToString());
        values.Add(new NpgsqlParameter<string?> { TypedValue = surge.Said });
        values.Add(new NpgsqlParameter<string?> { TypedValue = surge.EndedFor });
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = surge.LentAt?.ToUniversalTime() });
        values.AddWithValue(surge.Since.ToUniversalTime());
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = surge.EndedAt?.ToUniversalTime() });
    }

    private static NpgsqlParameter<string> Json<T>(T value) => new() { TypedValue = StoreJson.Write(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static Surge Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new InstanceId(row.GetString(1)), Enum.Parse<RunnerRole>(row.GetString(2)), row.GetOrNull<long>(3), row.GetFieldValue<string[]>(4), row.GetBoolean(5), StoreJson.Read<LentRunner[]>(row.GetString(6)), StoreJson.Read<Reachable[]>(row.GetString(7)),
        Enum.Parse<SurgeState>(row.GetString(8)), row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<TimeSpan>(10), row.GetFieldValue<DateTimeOffset>(11), row.GetInt64(12), row.GetTextOrNull(13), row.GetTextOrNull(14),
        ActorText.Read(row.GetString(15)), row.GetString(16), row.GetFieldValue<DateTimeOffset>(17), row.GetOrNull<DateTimeOffset>(18), row.GetFieldValue<DateTimeOffset>(19), row.GetOrNull<DateTimeOffset>(20), row.GetInt64(21));
}

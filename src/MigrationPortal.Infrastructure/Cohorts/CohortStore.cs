using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>Versions fence every write; names, numbers and the one open wave are unique indexes.</summary>
internal sealed class CohortStore(Database database) : ICohortStore
{
    private const string Columns = "id, instance, name, seed, percent, caps, excluded, changed_by, changed_at, version";
    private const string WaveColumns = "id, cohort, number, percent, start, due_at, state, sent_at, changed_by, changed_at, version";

    public async Task<IReadOnlyList<Cohort>> ListAsync(InstanceId instance, CancellationToken cancel) =>
        await database.QueryAsync($"SELECT {Columns} FROM cohorts WHERE instance = $1 ORDER BY name COLLATE \"C\"", values => values.AddWithValue(instance.Name), Read, cancel);

    public async Task<Cohort?> FindAsync(InstanceId instance, long id, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {Columns} FROM cohorts WHERE instance = $1 AND id = $2",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(id);
        },
        Read, cancel)).SingleOrDefault();

    public Task<Cohort?> AddAsync(Cohort cohort, CancellationToken cancel) => WriteAsync(
        $"""
        INSERT INTO cohorts (instance, name, seed, percent, caps, excluded, changed_by, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
        ON CONFLICT (instance, name) DO NOTHING RETURNING {Columns}
        """,
        cohort.Instance,
        values =>
        {
            values.AddWithValue(cohort.Instance.Name);
            values.AddWithValue(cohort.Name);
            values.AddWithValue(cohort.Seed);
            Fill(values, cohort);
        },
        Read, cancel);

    public Task<Cohort?> SaveAsync(Cohort cohort, CancellationToken cancel) => WriteAsync(
        $"UPDATE cohorts SET percent = $3, caps = $4, excluded = $5, changed_by = $6, changed_at = $7, version = version + 1 WHERE id = $1 AND version = $2 RETURNING {Columns}",
        cohort.Instance,
        values =>
        {
            values.AddWithValue(cohort.Id);
            values.AddWithValue(cohort.Version);
            Fill(values, cohort);
        },
        Read, cancel);

    public async Task<IReadOnlyList<Wave>> WavesAsync(long cohort, CancellationToken cancel) =>
        await database.QueryAsync($"SELECT {WaveColumns} FROM cohort_waves WHERE cohort = $1 ORDER BY number", values => values.AddWithValue(cohort), ReadWave, cancel);

    public Task<Wave?> AddWaveAsync(Wave wave, CancellationToken cancel) => WriteAsync(
        $"""
        INSERT INTO cohort_waves (cohort, number, percent, start, due_at, state, sent_at, changed_by, changed_at, version)
        SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, 1 FROM cohort_waves WHERE cohort = $1
        ON CONFLICT DO NOTHING RETURNING {WaveColumns}
        """,
        null,
        values =>
        {
            values.AddWithValue(wave.Cohort);
            values.AddWithValue(wave.Percent);
            values.AddWithValue(wave.Start.ToString());
            values.Add(Time(wave.DueAt));
            values.AddWithValue(wave.State.ToString());
            values.Add(Time(wave.SentAt));
            values.AddWithValue(ActorText.Write(wave.By));
            values.AddWithValue(wave.At.ToUniversalTime());
        },
        ReadWave, cancel);

    public Task<Wave?> SaveWaveAsync(Wave wave, CancellationToken cancel) => WriteAsync(
        $"UPDATE cohort_waves SET state = $3, sent_at = $4, changed_by = $5, changed_at = $6, version = version + 1 WHERE id = $1 AND version = $2 RETURNING {WaveColumns}",
        null,
        values =>
        {
            values.AddWithValue(wave.Id);
            values.AddWithValue(wave.Version);
            values.AddWithValue(wave.State.ToString());
            values.Add(Time(wave.SentAt));
            values.AddWithValue(ActorText.Write(wave.By));
            values.AddWithValue(wave.At.ToUniversalTime());
        },
        ReadWave, cancel);

    internal static NpgsqlParameter Time(DateTimeOffset? at) => new NpgsqlParameter<DateTimeOffset?> { TypedValue = at?.ToUniversalTime() };

    private Task<T?> WriteAsync<T>(string sql, InstanceId? instance, Action<NpgsqlParameterCollection> fill, Func<NpgsqlDataReader, T> read, CancellationToken cancel) where T : class => database.InTransactionAsync(
        async connection =>
        {
            var written = (await connection.QueryAsync(sql, fill, read, cancel)).SingleOrDefault();
            if (written is not null) await connection.NotifyAsync(new PortalEvent(PortalTopic.Cohorts, instance, null), cancel);
            return written;
        },
        cancel);

    private static void Fill(NpgsqlParameterCollection values, Cohort cohort)
    {
        values.AddWithValue(cohort.Percent);
        values.Add(new NpgsqlParameter<string> { TypedValue = StoreJson.Write(cohort.Caps), NpgsqlDbType = NpgsqlDbType.Jsonb });
        values.Add(new NpgsqlParameter<string> { TypedValue = StoreJson.Write(cohort.Excluded), NpgsqlDbType = NpgsqlDbType.Jsonb });
        values.AddWithValue(ActorText.Write(cohort.By));
        values.AddWithValue(cohort.At.ToUniversalTime());
    }

    private static Cohort Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new InstanceId(row.GetString(1)), row.GetString(2), row.GetString(3), Plain(row.GetDecimal(4)), StoreJson.Read<GroupCaps>(row.GetString(5)), StoreJson.Read<Dictionary<long, string>>(row.GetString(6)),
        ActorText.Read(row.GetString(7)), row.GetFieldValue<DateTimeOffset>(8), row.GetInt64(9));

    private static Wave ReadWave(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), Plain(row.GetDecimal(3)), Enum.Parse<WaveStart>(row.GetString(4)), row.GetOrNull<DateTimeOffset>(5), Enum.Parse<WaveState>(row.GetString(6)), row.GetOrNull<DateTimeOffset>(7),
        ActorText.Read(row.GetString(8)), row.GetFieldValue<DateTimeOffset>(9), row.GetInt64(10));

    // 5.000 is 5.
    private static decimal Plain(decimal percent) => percent / 1.000m;
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>The version fences every write; one active application a cluster is a unique index. What others wrote, kept for the way back, is encrypted.</summary>
internal sealed class ApplicationStore(Database database, IDataProtectionProvider protection) : IApplicationStore
{
    private const string Columns = """
        id, cluster, instance, configuration, configuration_name, revision, target, state, steps::text, objects::text, before, runner, returns_by_itself, patience, deadline, contact_after, said,
        asked_by, reason, asked_at, since, ended_at, version, export::text, override::text
        """;

    public async Task<Application?> AddAsync(Application application, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        INSERT INTO cluster_applications (state, steps, deadline, contact_after, said, since, ended_at, cluster, instance, configuration, configuration_name, revision, target, objects, before, runner,
            returns_by_itself, patience, asked_by, reason, asked_at, export, override, version)
        SELECT $1, $2, $3, $4, $5, $6, $7, id, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, 1 FROM clusters WHERE id = $8 FOR KEY SHARE ON CONFLICT DO NOTHING RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, application);
            values.AddWithValue(application.Cluster);
            values.AddWithValue(application.Instance.Name);
            values.AddWithValue(application.Configuration);
            values.AddWithValue(application.ConfigurationName);
            values.AddWithValue(application.Revision);
            values.AddWithValue(application.Target.ToString());
            values.Add(new NpgsqlParameter<string> { TypedValue = StoreJson.Write(application.Objects), NpgsqlDbType = NpgsqlDbType.Json });
            values.Add(new NpgsqlParameter<long?> { TypedValue = application.Before });
            values.Add(new NpgsqlParameter<long?> { TypedValue = application.Runner });
            values.AddWithValue(application.ReturnsByItself);
            values.AddWithValue(application.Patience);
            values.AddWithValue(ActorText.Write(application.AskedBy));
            values.AddWithValue(application.Reason);
            values.AddWithValue(application.AskedAt.ToUniversalTime());
            values.Add(ExportOf(application));
            values.Add(OverrideColumn.Write(application.Override));
        },
        Read, cancel)).SingleOrDefault();

    public async Task<Application?> SaveAsync(Application application, CancellationToken cancel)
    {
        try
        {
            return await UpdateAsync(application, cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another one became active at the very moment.
            return null;
        }
    }

    private async Task<Application?> UpdateAsync(Application application, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        UPDATE cluster_applications SET state = $1, steps = $2, deadline = $3, contact_after = $4, said = $5, since = $6, ended_at = $7, export = $10, version = version + 1
        WHERE id = $8 AND version = $9 AND NOT (state NOT IN {Active} AND $1 IN {Active} AND EXISTS (SELECT FROM cluster_applications other WHERE other.cluster = cluster_applications.cluster AND other.state IN {Active}))
        RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, application);
            values.AddWithValue(application.Id);
            values.AddWithValue(application.Version);
            values.Add(ExportOf(application));
        },
        Read, cancel)).SingleOrDefault();

    public async Task<Application?> FindAsync(long cluster, long id, CancellationToken cancel) => (await QueryAsync("WHERE cluster = $1 AND id = $2", cancel, cluster, id)).SingleOrDefault();

    public async Task<Application?> ActiveAsync(long cluster, CancellationToken cancel) => (await QueryAsync($"WHERE cluster = $1 AND state IN {Active}", cancel, cluster)).SingleOrDefault();

    public async Task<IReadOnlyList<Application>> OpenAsync(InstanceId instance, CancellationToken cancel) => await QueryAsync("WHERE instance = $1 AND state IN ('Applying', 'Verifying', 'RollingBack', 'Waiting') ORDER BY id", cancel, instance.Name);

    public async Task<Application?> LastGoodAsync(long cluster, long configuration, CancellationToken cancel) =>
        (await QueryAsync("WHERE cluster = $1 AND configuration = $2 AND state = 'Healthy' ORDER BY id DESC LIMIT 1", cancel, cluster, configuration)).SingleOrDefault();

    public async Task<IReadOnlyList<Application>> GoodAsync(InstanceId instance, CancellationToken cancel) => await QueryAsync(
        "WHERE id IN (SELECT max(id) FROM cluster_applications WHERE instance = $1 AND state = 'Healthy' AND cluster IN (SELECT id FROM clusters) GROUP BY cluster, configuration) ORDER BY id", cancel, instance.Name);

    public async Task<IReadOnlyList<Application>> ListAsync(long? cluster, long? configuration, int limit, long? before, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM cluster_applications WHERE ($1::bigint IS NULL OR cluster = $1) AND ($2::bigint IS NULL OR configuration = $2) AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT {limit}",
        values =>
        {
            values.Add(new NpgsqlParameter<long?> { TypedValue = cluster });
            values.Add(new NpgsqlParameter<long?> { TypedValue = configuration });
            values.Add(new NpgsqlParameter<long?> { TypedValue = before });
        },
        Read, cancel);

    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.Clusters.FieldsBefore.v1");

    private const string Active = "('Applying', 'Verifying', 'RollingBack')";

    private Task<List<Application>> QueryAsync(string rest, CancellationToken cancel, params object[] given) => database.QueryAsync(
        $"SELECT {Columns} FROM cluster_applications {rest}",
        values =>
        {
            foreach (var one in given) values.AddWithValue(one);
        },
        Read, cancel);

    // What both statements begin with, in their order.
    private void Fill(NpgsqlParameterCollection values, Application application)
    {
        values.AddWithValue(application.State.ToString());
        values.Add(new NpgsqlParameter<string> { TypedValue = StoreJson.Write(application.Steps.Select(one => WithFields(one, _protector.Protect))), NpgsqlDbType = NpgsqlDbType.Jsonb });
        values.AddWithValue(application.Deadline.ToUniversalTime());
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = application.ContactAfter?.ToUniversalTime() });
        values.Add(new NpgsqlParameter<string?> { TypedValue = application.Said });
        values.AddWithValue(application.Since.ToUniversalTime());
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = application.EndedAt?.ToUniversalTime() });
    }

    private Application Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), new InstanceId(row.GetString(2)), row.GetInt64(3), row.GetString(4), row.GetInt32(5), Enum.Parse<ApplyTarget>(row.GetString(6)), Enum.Parse<ApplicationState>(row.GetString(7)),
        [.. StoreJson.Read<IReadOnlyList<ApplyStep>>(row.GetString(8)).Select(one => WithFields(one, Unprotected))], StoreJson.Read<IReadOnlyList<AppliedObject>>(row.GetString(9)), row.GetOrNull<long>(10), row.GetOrNull<long>(11), row.GetBoolean(12),
        row.GetFieldValue<TimeSpan>(13), row.GetFieldValue<DateTimeOffset>(14), row.GetOrNull<DateTimeOffset>(15), row.GetTextOrNull(16), ActorText.Read(row.GetString(17)), row.GetString(18),
        row.GetFieldValue<DateTimeOffset>(19), row.GetFieldValue<DateTimeOffset>(20), row.GetOrNull<DateTimeOffset>(21), row.GetInt64(22), row.GetTextOrNull(23) is { } export ? StoreJson.Read<ExportRequest>(export) : null)
    { Override = OverrideColumn.Read(row.GetTextOrNull(24)) };

    private static NpgsqlParameter<string?> ExportOf(Application application) => new() { TypedValue = application.Export is { } export ? StoreJson.Write(export) : null, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static ApplyStep WithFields(ApplyStep step, Func<string, string?> change) => step.Notes?.Fields is { } fields ? step with { Notes = step.Notes with { Fields = change(fields) } } : step;

    // Without its key, what was there before is not known any more; the way back says so.
    private string? Unprotected(string stored)
    {
        try
        {
            return _protector.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

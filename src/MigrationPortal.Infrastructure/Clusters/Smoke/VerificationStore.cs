using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Clusters.Smoke;

/// <summary>The version fences every write; one active verification a configuration and cluster is a unique index.</summary>
internal sealed class VerificationStore(Database database) : IVerificationStore
{
    private const string Columns = "id, configuration, revision, cluster, instance, project, choice::text, probe::text, state, branch, branch_state, branch_commit, pipeline::text, probe_after, probe_pipeline::text, checks::text, reason, asked_by, asked_at, since, deadline, version, application";

    public async Task<Verification?> AddAsync(Verification verification, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        INSERT INTO verifications (state, branch_state, branch_commit, pipeline, probe_after, probe_pipeline, checks, reason, since, configuration, revision, cluster, instance, project, choice, probe, branch, asked_by, asked_at, deadline, application, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1) ON CONFLICT DO NOTHING RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, verification);
            values.AddWithValue(verification.Configuration);
            values.AddWithValue(verification.Revision);
            values.AddWithValue(verification.Cluster);
            values.AddWithValue(verification.Project.Instance.Name);
            values.AddWithValue(verification.Project.Number);
            values.Add(Json(verification.Choice));
            values.Add(Json(verification.Probe));
            values.AddWithValue(verification.Branch);
            values.AddWithValue(ActorText.Write(verification.AskedBy));
            values.AddWithValue(verification.AskedAt.ToUniversalTime());
            values.AddWithValue(verification.Deadline.ToUniversalTime());
            values.Add(new NpgsqlParameter<long?> { TypedValue = verification.Application });
        },
        Read, cancel)).SingleOrDefault();

    public async Task<Verification?> SaveAsync(Verification verification, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        UPDATE verifications SET state = $1, branch_state = $2, branch_commit = $3, pipeline = $4, probe_after = $5, probe_pipeline = $6, checks = $7, reason = $8, since = $9, version = version + 1
        WHERE id = $10 AND version = $11 RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, verification);
            values.AddWithValue(verification.Id);
            values.AddWithValue(verification.Version);
        },
        Read, cancel)).SingleOrDefault();

    public async Task<Verification?> FindAsync(long configuration, long id, CancellationToken cancel) => (await AllAsync("configuration = $1 AND id = $2", [configuration, id], cancel)).SingleOrDefault();

    public Task<IReadOnlyList<Verification>> OfAsync(long configuration, int limit, long? before, CancellationToken cancel) =>
        AllAsync($"configuration = $1 AND id < $2 ORDER BY id DESC LIMIT {limit}", [configuration, before ?? long.MaxValue], cancel);

    public async Task<Verification?> JudgedAsync(long configuration, int revision, CancellationToken cancel) =>
        (await AllAsync("configuration = $1 AND revision = $2 AND state IN ('Passed', 'Failed', 'Inconclusive') ORDER BY id DESC LIMIT 1", [configuration, revision], cancel)).SingleOrDefault();

    public Task<IReadOnlyList<Verification>> OpenAsync(InstanceId instance, CancellationToken cancel) =>
        AllAsync("instance = $1 AND (state IN ('Preparing', 'Running') OR branch_state = 'There') ORDER BY id", [instance.Name], cancel);

    private async Task<IReadOnlyList<Verification>> AllAsync(string which, object[] given, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM verifications WHERE {which}",
        values =>
        {
            foreach (var one in given) values.AddWithValue(one);
        },
        Read, cancel);

    // What both statements begin with, in their order.
    private static void Fill(NpgsqlParameterCollection values, Verification verification)
    {
        values.AddWithValue(verification.State.ToString());
        values.AddWithValue(verification.BranchState.ToString());
        values.Add(new NpgsqlParameter<string?> { TypedValue = verification.BranchCommit });
        values.Add(Json(verification.Pipeline));
        values.Add(new NpgsqlParameter<long?> { TypedValue = verification.ProbeAfter });
        values.Add(Json(verification.ProbePipeline));
        values.Add(Json(verification.Checks));
        values.Add(new NpgsqlParameter<string?> { TypedValue = verification.Reason });
        values.AddWithValue(verification.Since.ToUniversalTime());
    }

    private static NpgsqlParameter<string?> Json<T>(T? value) where T : class => new() { TypedValue = value is null ? null : StoreJson.Write(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static T? Json<T>(NpgsqlDataReader row, int column) where T : class => row.GetTextOrNull(column) is { } json ? StoreJson.Read<T>(json) : null;

    private static Verification Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3), new ProjectId(new InstanceId(row.GetString(4)), row.GetInt64(5)), Json<SmokeChoice>(row, 6)!, Json<ProbeChoice>(row, 7),
        Enum.Parse<VerificationState>(row.GetString(8)), row.GetString(9), Enum.Parse<VerificationBranch>(row.GetString(10)), row.GetTextOrNull(11), Json<VerificationPipeline>(row, 12), row.IsDBNull(13) ? null : row.GetInt64(13),
        Json<VerificationPipeline>(row, 14), Json<CheckResult[]>(row, 15)!, row.GetTextOrNull(16), ActorText.Read(row.GetString(17)), row.GetFieldValue<DateTimeOffset>(18), row.GetFieldValue<DateTimeOffset>(19), row.GetFieldValue<DateTimeOffset>(20), row.GetInt64(21))
    { Application = row.IsDBNull(22) ? null : row.GetInt64(22) };
}

using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>The version fences every write; one active run a project is a unique index.</summary>
internal sealed class TwinStore(Database database) : ITwinStore
{
    private const string Columns = "id, instance, project, job, commit, branch, docker_tags, kubernetes_tags, others, remarks, state, branch_state, branch_commit, pipeline, pipeline_address, docker::text, kubernetes::text, reason, asked_by, asked_at, since, version";

    public async Task<TwinRun?> AddAsync(TwinRun run, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        INSERT INTO twin_runs (commit, branch, docker_tags, kubernetes_tags, others, remarks, state, branch_state, branch_commit, pipeline, pipeline_address, docker, kubernetes, reason, since, instance, project, job, asked_by, asked_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1) ON CONFLICT DO NOTHING RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, run);
            values.AddWithValue(run.Project.Instance.Name);
            values.AddWithValue(run.Project.Number);
            values.AddWithValue(run.Job);
            values.AddWithValue(ActorText.Write(run.AskedBy));
            values.AddWithValue(run.AskedAt.ToUniversalTime());
        },
        Read, cancel)).SingleOrDefault();

    public async Task<TwinRun?> SaveAsync(TwinRun run, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        UPDATE twin_runs SET commit = $1, branch = $2, docker_tags = $3, kubernetes_tags = $4, others = $5, remarks = $6, state = $7, branch_state = $8, branch_commit = $9, pipeline = $10, pipeline_address = $11,
            docker = $12, kubernetes = $13, reason = $14, since = $15, version = version + 1
        WHERE id = $16 AND version = $17 RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, run);
            values.AddWithValue(run.Id);
            values.AddWithValue(run.Version);
        },
        Read, cancel)).SingleOrDefault();

    public async Task<TwinRun?> FindAsync(ProjectId project, long id, CancellationToken cancel) => (await OfAsync(project, "AND id = $3", 1, id, cancel)).SingleOrDefault();

    public async Task<TwinRun?> ActiveAsync(ProjectId project, CancellationToken cancel) => (await OfAsync(project, "AND state IN ('Preparing', 'Running')", 1, null, cancel)).SingleOrDefault();

    public Task<IReadOnlyList<TwinRun>> OfAsync(ProjectId project, int limit, CancellationToken cancel) => OfAsync(project, "", limit, null, cancel);

    public async Task<IReadOnlyList<TwinRun>> OpenAsync(InstanceId instance, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM twin_runs WHERE instance = $1 AND (state IN ('Preparing', 'Running') OR branch_state = 'There') ORDER BY id",
        values => values.AddWithValue(instance.Name), Read, cancel);

    public async Task<IReadOnlyList<TwinRun>> EndedAsync(InstanceId instance, DateTimeOffset from, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM twin_runs WHERE instance = $1 AND state = 'Ended' AND since >= $2 ORDER BY id",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(from.ToUniversalTime());
        },
        Read, cancel);

    private async Task<IReadOnlyList<TwinRun>> OfAsync(ProjectId project, string which, int limit, long? id, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM twin_runs WHERE instance = $1 AND project = $2 {which} ORDER BY id DESC LIMIT {limit}",
        values =>
        {
            values.AddWithValue(project.Instance.Name);
            values.AddWithValue(project.Number);
            if (id is { } number) values.AddWithValue(number);
        },
        Read, cancel);

    // What both statements begin with, in their order.
    private static void Fill(NpgsqlParameterCollection values, TwinRun run)
    {
        values.AddWithValue(run.Commit);
        values.AddWithValue(run.Branch);
        values.AddWithValue(run.DockerTags.ToArray());
        values.AddWithValue(run.KubernetesTags.ToArray());
        values.AddWithValue(run.Others.ToArray());
        values.AddWithValue(run.Remarks.ToArray());
        values.AddWithValue(run.State.ToString());
        values.AddWithValue(run.BranchState.ToString());
        values.Add(new NpgsqlParameter<string?> { TypedValue = run.BranchCommit });
        values.Add(new NpgsqlParameter<long?> { TypedValue = run.Pipeline?.Number });
        values.Add(new NpgsqlParameter<string?> { TypedValue = run.Pipeline?.Address });
        values.Add(Json(run.Docker));
        values.Add(Json(run.Kubernetes));
        values.Add(new NpgsqlParameter<string?> { TypedValue = run.Reason });
        values.AddWithValue(run.Since.ToUniversalTime());
    }

    private static NpgsqlParameter<string?> Json(TwinHalf? half) => new() { TypedValue = half is null ? null : StoreJson.Write(half), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static TwinRun Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new ProjectId(new InstanceId(row.GetString(1)), row.GetInt64(2)), row.GetString(3), row.GetString(4), row.GetString(5),
        row.GetFieldValue<string[]>(6), row.GetFieldValue<string[]>(7), row.GetFieldValue<string[]>(8), row.GetFieldValue<string[]>(9),
        Enum.Parse<TwinState>(row.GetString(10)), Enum.Parse<TwinBranch>(row.GetString(11)), row.GetTextOrNull(12),
        row.IsDBNull(13) ? null : new TwinPipeline(row.GetInt64(13), row.GetTextOrNull(14) ?? ""), Half(row, 15), Half(row, 16),
        row.GetTextOrNull(17), ActorText.Read(row.GetString(18)), row.GetFieldValue<DateTimeOffset>(19), row.GetFieldValue<DateTimeOffset>(20), row.GetInt64(21));

    private static TwinHalf? Half(NpgsqlDataReader row, int column) => row.GetTextOrNull(column) is { } json ? StoreJson.Read<TwinHalf>(json) : null;
}

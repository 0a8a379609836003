using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.RunnerConfig;

internal sealed class ConfigStore(Database database) : IConfigStore
{
    private const string Revision = "r.number, r.kind, r.toml, r.target, r.deployment, r.author, r.at, r.reason, r.remarks";
    private const string Current = $"SELECT {Revision}, c.id, c.instance, c.name FROM runner_configs c JOIN runner_config_revisions r ON r.config = c.id AND r.number = c.revision";

    public async Task<IReadOnlyList<StoredConfiguration>> ListAsync(InstanceId instance, CancellationToken cancel) =>
        await database.QueryAsync($"{Current} WHERE c.instance = $1 ORDER BY lower(c.name)", values => values.AddWithValue(instance.Name), Read, cancel);

    public async Task<StoredConfiguration?> FindAsync(long id, CancellationToken cancel) =>
        (await database.QueryAsync($"{Current} WHERE c.id = $1", values => values.AddWithValue(id), Read, cancel)).SingleOrDefault();

    public async Task<ConfigRevision?> RevisionAsync(long id, int number, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {Revision} FROM runner_config_revisions r WHERE r.config = $1 AND r.number = $2",
        values =>
        {
            values.AddWithValue(id);
            values.AddWithValue(number);
        },
        ReadRevision, cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<ConfigRevision>> RevisionsAsync(long id, int limit, int? before, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Revision} FROM runner_config_revisions r WHERE r.config = $1 AND r.number < $2 ORDER BY r.number DESC LIMIT $3",
        values =>
        {
            values.AddWithValue(id);
            values.AddWithValue(before ?? int.MaxValue);
            values.AddWithValue(limit);
        },
        ReadRevision, cancel);

    public async Task<IReadOnlyList<RevisionHeader>> HeadersAsync(long id, int limit, int? before, CancellationToken cancel) => await database.QueryAsync(
        "SELECT number, kind, target, author, at, reason FROM runner_config_revisions WHERE config = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
        values =>
        {
            values.AddWithValue(id);
            values.AddWithValue(before ?? int.MaxValue);
            values.AddWithValue(limit);
        },
        row => new RevisionHeader(row.GetInt32(0), Enum.Parse<DeploymentKind>(row.GetString(1)), Version.Parse(row.GetString(2)), ActorText.Read(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4), row.GetString(5)), cancel);

    public Task<StoredConfiguration?> AddAsync(InstanceId instance, string name, ConfigRevision first, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            var id = await connection.QueryAsync(
                "INSERT INTO runner_configs (instance, name, revision) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id",
                values =>
                {
                    values.AddWithValue(instance.Name);
                    values.AddWithValue(name);
                    values.AddWithValue(first.Number);
                },
                row => row.GetInt64(0), cancel);
            if (id.Count == 0) return null;
            await WriteAsync(connection, id[0], first, cancel);
            return new StoredConfiguration(id[0], instance, name, first);
        },
        cancel);

    public Task<bool> AppendAsync(long id, string name, ConfigRevision next, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            var isNext = await connection.ExecuteAsync(
                """
                UPDATE runner_configs c SET revision = $3, name = $2 WHERE id = $1 AND revision = $3 - 1
                    AND NOT EXISTS (SELECT FROM runner_configs o WHERE o.instance = c.instance AND lower(o.name) = lower($2) AND o.id <> c.id)
                """,
                values =>
                {
                    values.AddWithValue(id);
                    values.AddWithValue(name);
                    values.AddWithValue(next.Number);
                },
                cancel) > 0;
            if (isNext) await WriteAsync(connection, id, next, cancel);
            return isNext;
        },
        cancel);

    private static Task<int> WriteAsync(NpgsqlConnection connection, long id, ConfigRevision revision, CancellationToken cancel) => connection.ExecuteAsync(
        "INSERT INTO runner_config_revisions (config, number, kind, toml, target, deployment, author, at, reason, remarks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values =>
        {
            values.AddWithValue(id);
            values.AddWithValue(revision.Number);
            values.AddWithValue(revision.Content.Kind.ToString());
            values.AddWithValue(revision.Content.Toml);
            values.AddWithValue(revision.Content.Target.ToString());
            values.Add(new NpgsqlParameter<string> { TypedValue = StoreJson.Write(revision.Content.Deployment), NpgsqlDbType = NpgsqlDbType.Jsonb });
            values.AddWithValue(ActorText.Write(revision.Author));
            values.AddWithValue(revision.At.ToUniversalTime());
            values.AddWithValue(revision.Reason);
            values.AddWithValue(revision.Remarks.ToArray());
        },
        cancel);

    private static StoredConfiguration Read(NpgsqlDataReader row) => new(row.GetInt64(9), new InstanceId(row.GetString(10)), row.GetString(11), ReadRevision(row));

    private static ConfigRevision ReadRevision(NpgsqlDataReader row) => new(
        row.GetInt32(0), new RunnerConfiguration(Enum.Parse<DeploymentKind>(row.GetString(1)), row.GetString(2), Version.Parse(row.GetString(3)), StoreJson.Read<DeploymentSettings>(row.GetString(4))),
        ActorText.Read(row.GetString(5)), row.GetFieldValue<DateTimeOffset>(6), row.GetString(7), row.GetFieldValue<string[]>(8));
}

using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

internal sealed class JobHookStore(Database database) : IJobHookStore
{
    // Removing concerns the projects where a hook is known; everything else those that live, and ran jobs lately where asked so.
    private const string Concerned =
        """
        FROM projects p LEFT JOIN project_hooks h ON h.instance = p.instance AND h.project = p.number
        WHERE p.instance = $1 AND CASE WHEN $2 = 2 THEN h.hook IS NOT NULL OR h.wish = $4
            ELSE NOT p.archived AND ($3::timestamptz IS NULL OR EXISTS (
                SELECT FROM project_activity a JOIN instances i ON i.number = a.instance WHERE i.name = p.instance AND a.project = p.number AND a.started_at >= $3)) END
        """;

    public async Task<HookWish?> WishAsync(InstanceId instance, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT id, kind, active_days, who_kind, who, at, stopped FROM hook_wishes WHERE instance = $1",
        values => values.AddWithValue(instance.Name),
        row => new HookWish(
            instance, row.GetInt64(0), (HookWishKind)row.GetInt16(1), row.GetOrNull<int>(2), new Actor((ActorKind)row.GetInt16(3), row.GetString(4)), row.GetFieldValue<DateTimeOffset>(5), row.GetBoolean(6)),
        cancel)).SingleOrDefault();

    public Task SaveWishAsync(HookWish wish, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO hook_wishes (instance, id, kind, active_days, who_kind, who, at, stopped) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (instance) DO UPDATE SET id = $2, kind = $3, active_days = $4, who_kind = $5, who = $6, at = $7, stopped = $8
        """,
        values =>
        {
            values.AddWithValue(wish.Instance.Name);
            values.AddWithValue(wish.Id);
            values.AddWithValue((short)wish.Kind);
            values.Add(new NpgsqlParameter<int?> { TypedValue = wish.ActiveDays });
            values.AddWithValue((short)wish.Who.Kind);
            values.AddWithValue(wish.Who.Id);
            values.AddWithValue(wish.At.UtcDateTime);
            values.AddWithValue(wish.Stopped);
        },
        cancel);

    public async Task<IReadOnlyList<ProjectHook>> NextAsync(HookWish wish, int limit, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT p.number, p.path, h.hook, h.url, h.state, h.said, h.at {Concerned} AND h.wish IS DISTINCT FROM $4 ORDER BY p.number LIMIT $5",
        values =>
        {
            Fill(values, wish);
            values.AddWithValue(limit);
        },
        row => Read(wish.Instance, row),
        cancel);

    public Task SaveAsync(ProjectHook seen, long wish, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO project_hooks (instance, project, hook, url, state, said, at, wish) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (instance, project) DO UPDATE SET hook = $3, url = $4, state = $5, said = $6, at = $7, wish = $8
        """,
        values =>
        {
            values.AddWithValue(seen.Project.Instance.Name);
            values.AddWithValue(seen.Project.Number);
            values.Add(new NpgsqlParameter<long?> { TypedValue = seen.Hook });
            values.Add(new NpgsqlParameter<string?> { TypedValue = seen.Url });
            values.AddWithValue((short)seen.State!.Value);
            values.Add(new NpgsqlParameter<string?> { TypedValue = seen.Said });
            values.AddWithValue(seen.At!.Value.UtcDateTime);
            values.AddWithValue(wish);
        },
        cancel);

    public async Task<HookProgress> ProgressAsync(HookWish wish, CancellationToken cancel)
    {
        var (projects, visited) = (await database.QueryAsync(
            $"SELECT count(*), count(*) FILTER (WHERE h.wish = $4) {Concerned}", values => Fill(values, wish), row => (row.GetInt64(0), row.GetInt64(1)), cancel)).Single();
        var states = await database.QueryAsync(
            "SELECT state, count(*) FROM project_hooks WHERE instance = $1 GROUP BY state",
            values => values.AddWithValue(wish.Instance.Name),
            row => ((HookState)row.GetInt16(0), row.GetInt64(1)),
            cancel);
        return new HookProgress(projects, visited, states.ToDictionary(one => one.Item1, one => one.Item2));
    }

    public async Task<IReadOnlyList<ProjectHook>> ListAsync(InstanceId instance, bool troubled, int limit, long? after, CancellationToken cancel) => await database.QueryAsync(
        """
        SELECT h.project, p.path, h.hook, h.url, h.state, h.said, h.at FROM project_hooks h LEFT JOIN projects p ON p.instance = h.instance AND p.number = h.project
        WHERE h.instance = $1 AND (NOT $2 OR h.state NOT IN (0, 5)) AND h.project > $3 ORDER BY h.project LIMIT $4
        """,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(troubled);
            values.AddWithValue(after ?? 0);
            values.AddWithValue(limit);
        },
        row => Read(instance, row),
        cancel);

    private static void Fill(NpgsqlParameterCollection values, HookWish wish)
    {
        values.AddWithValue(wish.Instance.Name);
        values.AddWithValue((int)wish.Kind);
        values.Add(new NpgsqlParameter<DateTime?> { TypedValue = wish.ActiveSince?.UtcDateTime });
        values.AddWithValue(wish.Id);
    }

    private static ProjectHook Read(InstanceId instance, NpgsqlDataReader row) => new(
        new ProjectId(instance, row.GetInt64(0)), row.GetTextOrNull(1), row.GetOrNull<long>(2), row.GetTextOrNull(3),
        row.GetOrNull<short>(4) is { } state ? (HookState)state : null, row.GetTextOrNull(5), row.GetOrNull<DateTimeOffset>(6));
}

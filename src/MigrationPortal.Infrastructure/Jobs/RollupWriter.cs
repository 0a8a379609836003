using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Adds a delta to the rollup tables, one statement a table, in the caller's transaction.</summary>
internal static class RollupWriter
{
    public static async Task AddAsync(NpgsqlConnection connection, short instance, RollupDelta delta, CancellationToken cancel)
    {
        await StartsAsync(connection, instance, delta, cancel);
        await ResultsAsync(connection, instance, delta, cancel);
        await AddAsync(connection, instance, "rollup_hour_runner", "hour, runner, version, executor, kind", delta.Runners, cancel,
            cells => cells.Select(one => one.Hour).ToArray(),
            cells => cells.Select(one => one.Runner).ToArray(),
            cells => cells.Select(one => one.Version).ToArray(),
            cells => cells.Select(one => one.Executor).ToArray(),
            cells => Kinds(cells.Select(one => one.Kind)));
        await AddAsync(connection, instance, "rollup_day_runner", "day, runner, version, executor, kind", delta.RunnerDays, cancel,
            cells => cells.Select(one => one.Day).ToArray(),
            cells => cells.Select(one => one.Runner).ToArray(),
            cells => cells.Select(one => one.Version).ToArray(),
            cells => cells.Select(one => one.Executor).ToArray(),
            cells => Kinds(cells.Select(one => one.Kind)));
        await AddAsync(connection, instance, "rollup_day_project", "day, project, executor, kind, arm", delta.Projects, cancel,
            cells => cells.Select(one => one.Day).ToArray(),
            cells => cells.Select(one => one.Project).ToArray(),
            cells => cells.Select(one => one.Executor).ToArray(),
            cells => Kinds(cells.Select(one => one.Kind)),
            cells => cells.Select(_ => (short)0).ToArray());
        await AddAsync(connection, instance, "rollup_day_reason", "day, executor, reason, kind", delta.Reasons, cancel,
            cells => cells.Select(one => one.Day).ToArray(),
            cells => cells.Select(one => one.Executor).ToArray(),
            cells => cells.Select(one => one.Reason).ToArray(),
            cells => Kinds(cells.Select(one => one.Kind)));
        await AddAsync(connection, instance, "rollup_day_tags", "day, tag_set, executor, kind", delta.TagSets, cancel,
            cells => cells.Select(one => one.Day).ToArray(),
            cells => cells.Select(one => one.TagSet).ToArray(),
            cells => cells.Select(one => one.Executor).ToArray(),
            cells => Kinds(cells.Select(one => one.Kind)));
        await AddAsync(connection, instance, "rollup_day_class", "day, project, tag_set, protected", delta.Classes, cancel,
            cells => cells.Select(one => one.Day).ToArray(),
            cells => cells.Select(one => one.Project).ToArray(),
            cells => cells.Select(one => one.TagSet).ToArray(),
            cells => cells.Select(one => one.Protected).ToArray());
        await ClassDaysAsync(connection, instance, delta, cancel);
    }

    // In the same transaction: sums over days know by it that they no longer hold.
    private static async Task ClassDaysAsync(NpgsqlConnection connection, short instance, RollupDelta delta, CancellationToken cancel)
    {
        var days = delta.Classes.Where(cell => cell.Value != default).Select(cell => cell.Key.Day).Distinct().ToArray();
        if (days.Length == 0) return;
        await connection.ExecuteAsync(
            """
            INSERT INTO class_days AS old (instance, day, changes) SELECT $1, day, 1 FROM unnest($2) AS day ORDER BY day
            ON CONFLICT (instance, day) DO UPDATE SET changes = old.changes + 1
            """,
            values =>
            {
                values.AddWithValue(instance);
                values.AddWithValue(days);
            },
            cancel);
    }

    private static async Task AddAsync<TKey>(
        NpgsqlConnection connection, short instance, string table, string key, Dictionary<TKey, RollupDelta.Count> cells, CancellationToken cancel,
        params Func<IEnumerable<TKey>, Array>[] columns) where TKey : notnull
    {
        var moved = cells.Where(cell => cell.Value != default).ToList();
        if (moved.Count == 0) return;
        // Classes are of created jobs, whose attempts do not differ.
        string[] counts = table == "rollup_day_class" ? ["jobs"] : ["jobs", "retries"];
        var arrays = string.Join(", ", Enumerable.Range(2, columns.Length + counts.Length).Select(at => $"${at}"));
        var counted = string.Join(", ", counts);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO {table} AS old (instance, {key}, {counted})
            SELECT $1, {key}, {counted} FROM unnest({arrays}) AS delta ({key}, {counted}) ORDER BY {key}
            ON CONFLICT (instance, {key}) DO UPDATE SET {string.Join(", ", counts.Select(count => $"{count} = old.{count} + excluded.{count}"))}
            """,
            values =>
            {
                values.AddWithValue(instance);
                foreach (var column in columns) values.AddWithValue(column(moved.Select(cell => cell.Key)));
                values.AddWithValue(moved.Select(cell => cell.Value.Jobs).ToArray());
                if (counts.Length > 1) values.AddWithValue(moved.Select(cell => cell.Value.Retries).ToArray());
            },
            cancel);
    }

    private static async Task StartsAsync(NpgsqlConnection connection, short instance, RollupDelta delta, CancellationToken cancel)
    {
        if (delta.Starts.Count == 0) return;
        await connection.ExecuteAsync(
            """
            INSERT INTO rollup_hour_start AS old (instance, hour, executor, started, untagged, tags_unknown, queued)
            SELECT $1, hour, executor, started, untagged, tags_unknown, queued::bigint[]
            FROM unnest($2, $3, $4, $5, $6, $7) AS delta (hour, executor, started, untagged, tags_unknown, queued)
            ON CONFLICT (instance, hour, executor) DO UPDATE
            SET started = old.started + excluded.started, untagged = old.untagged + excluded.untagged,
                tags_unknown = old.tags_unknown + excluded.tags_unknown, queued = hist_add(old.queued, excluded.queued)
            """,
            values =>
            {
                values.AddWithValue(instance);
                values.AddWithValue(delta.Starts.Keys.Select(key => key.Hour).ToArray());
                values.AddWithValue(delta.Starts.Keys.Select(key => key.Executor).ToArray());
                values.AddWithValue(delta.Starts.Values.Select(cell => cell.Started).ToArray());
                values.AddWithValue(delta.Starts.Values.Select(cell => cell.Untagged).ToArray());
                values.AddWithValue(delta.Starts.Values.Select(cell => cell.TagsUnknown).ToArray());
                values.AddWithValue(delta.Starts.Values.Select(cell => Histogram(cell.Queued)).ToArray());
            },
            cancel);
    }

    private static async Task ResultsAsync(NpgsqlConnection connection, short instance, RollupDelta delta, CancellationToken cancel)
    {
        if (delta.Results.Count == 0) return;
        await connection.ExecuteAsync(
            """
            INSERT INTO rollup_hour_result AS old (instance, hour, executor, kind, jobs, retries, ran)
            SELECT $1, hour, executor, kind, jobs, retries, ran::bigint[] FROM unnest($2, $3, $4, $5, $6, $7) AS delta (hour, executor, kind, jobs, retries, ran)
            ON CONFLICT (instance, hour, executor, kind) DO UPDATE
            SET jobs = old.jobs + excluded.jobs, retries = old.retries + excluded.retries, ran = hist_add(old.ran, excluded.ran)
            """,
            values =>
            {
                values.AddWithValue(instance);
                values.AddWithValue(delta.Results.Keys.Select(key => key.Hour).ToArray());
                values.AddWithValue(delta.Results.Keys.Select(key => key.Executor).ToArray());
                values.AddWithValue(Kinds(delta.Results.Keys.Select(key => key.Kind)));
                values.AddWithValue(delta.Results.Values.Select(cell => cell.Count.Jobs).ToArray());
                values.AddWithValue(delta.Results.Values.Select(cell => cell.Count.Retries).ToArray());
                values.AddWithValue(delta.Results.Values.Select(cell => Histogram(cell.Ran)).ToArray());
            },
            cancel);
    }

    private static short[] Kinds(IEnumerable<FailureKind> kinds) => kinds.Select(kind => (short)kind).ToArray();

    // unnest would flatten an array of arrays: each histogram travels as PostgreSQL's array text.
    private static string Histogram(long[] counts) => $"{{{string.Join(',', counts)}}}";
}

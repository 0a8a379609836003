using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>The newest start of each runner and the last started job of each project, kept with the jobs in one transaction.</summary>
internal static class Activity
{
    public static async Task NoteAsync(NpgsqlConnection connection, short number, JobWords words, List<StoredJob> jobs, CancellationToken cancel)
    {
        var started = jobs.FindAll(job => job.Seen.StartedAt is not null);
        if (started.Count == 0) return;
        await RunnersAsync(connection, number, started, cancel);
        await ProjectsAsync(connection, number, words, started, cancel);
    }

    private static Task<int> RunnersAsync(NpgsqlConnection connection, short number, List<StoredJob> started, CancellationToken cancel)
    {
        var last = started.Where(job => job.Seen.RunnerNumber is not null)
            .GroupBy(job => job.Seen.RunnerNumber!.Value, job => job.Seen.StartedAt!.Value).ToDictionary(one => one.Key, one => one.Max());
        return connection.ExecuteAsync(
            """
            INSERT INTO runner_activity AS old (instance, runner, last_started_at) SELECT $1, runner, at FROM unnest($2, $3) AS seen (runner, at)
            ON CONFLICT (instance, runner) DO UPDATE SET last_started_at = excluded.last_started_at WHERE old.last_started_at < excluded.last_started_at
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(last.Keys.ToArray());
                values.AddWithValue(last.Values.Select(at => at.UtcDateTime).ToArray());
            },
            cancel);
    }

    // The job itself may have moved on, so its own number overwrites too.
    private static Task<int> ProjectsAsync(NpgsqlConnection connection, short number, JobWords words, List<StoredJob> started, CancellationToken cancel)
    {
        var last = new Dictionary<long, StoredJob>();
        foreach (var job in started)
            if (!last.TryGetValue(job.Seen.Project.Number, out var there) || there.Seen.Id.Number < job.Seen.Id.Number) last[job.Seen.Project.Number] = job;
        return connection.ExecuteAsync(
            """
            INSERT INTO project_activity AS old (instance, project, number, started_at, executor, runner)
            SELECT $1, project, number, at, executor, runner FROM unnest($2, $3, $4, $5, $6) AS seen (project, number, at, executor, runner)
            ON CONFLICT (instance, project) DO UPDATE
            SET number = excluded.number, started_at = excluded.started_at, executor = excluded.executor, runner = excluded.runner
            WHERE old.number <= excluded.number
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(last.Keys.ToArray());
                values.AddWithValue(last.Values.Select(job => job.Seen.Id.Number).ToArray());
                values.AddWithValue(last.Values.Select(job => job.Seen.StartedAt!.Value.UtcDateTime).ToArray());
                values.AddWithValue(last.Values.Select(job => words[job.Executor.ToString()]).ToArray());
                values.AddWithValue(last.Values.Select(job => job.Seen.RunnerNumber).ToArray());
            },
            cancel);
    }
}

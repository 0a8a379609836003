using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Sweeps;
using Npgsql;

namespace MigrationPortal.Bench.Scans;

/// <summary>
/// The readiness sweep over 120,000 projects under a request budget: whether it keeps up with what it is given, and never takes
/// more. Beside the figure stand what it costs to find the next projects, and predictions over all scans.
/// </summary>
internal static class ScoreBenchmark
{
    private const int Projects = 120_000;
    private const int Budget = 60;
    private const int Burst = 60;

    public static Benchmark Benchmark { get; } = new("score-120k", "projects/s", false, Goal.AtLeast(0.9), PrepareAsync)
    {
        Method = "projects scored a second by the readiness sweep, 120,000 known (MIGRATIONPORTAL_BENCH_SCORED: how many are scored), against the request budget of 60 a second, which no second may exceed by more than the burst",
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var gitlab = new StubLint();
        await gitlab.StartAsync(cancellation);
        var source = await databases.CreateAsync(cancellation);
        var services = Services(gitlab, source);
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancellation);
        await KnowAsync(source, cancellation);
        return new Contest(
            cancel => ScoreAsync(services, gitlab, source, cancel),
            _ => Task.FromResult((double)Budget),
            Repetitions: 1, Held: gitlab, WarmsUp: false);
    }

    private static ServiceProvider Services(StubLint gitlab, NpgsqlDataSource source)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Portal:GitLab:Instances:0:Name"] = BenchStore.Instance.Name,
            ["Portal:GitLab:Instances:0:Url"] = gitlab.Address,
            ["Portal:GitLab:Instances:0:ReadToken"] = "read",
            ["Portal:GitLab:Instances:0:RequestsPerSecond"] = $"{Budget}",
            ["Portal:GitLab:Instances:0:Burst"] = $"{Burst}",
        };
        return new ServiceCollection().AddLogging().AddMetrics().AddPortalStore(_ => source)
            .AddPortalGitLab(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddSingleton<ScanProjects>().BuildServiceProvider();
    }

    private static async Task<double> ScoreAsync(ServiceProvider services, StubLint gitlab, NpgsqlDataSource source, CancellationToken cancel)
    {
        var wished = int.TryParse(Environment.GetEnvironmentVariable("MIGRATIONPORTAL_BENCH_SCORED"), CultureInfo.InvariantCulture, out var some) ? some : Projects;
        var sweep = ActivatorUtilities.CreateInstance<ReadinessSweep>(services);
        var began = Stopwatch.GetTimestamp();
        while (gitlab.Requests < wished)
        {
            var report = await sweep.RunAsync(BenchStore.Instance, cancel);
            if (report.PutOff && report.Again is { } wait) await Task.Delay(wait, cancel);
        }

        var took = Stopwatch.GetElapsedTime(began);
        if (gitlab.MostInASecond > Budget + Burst) throw new InvalidOperationException($"{gitlab.MostInASecond} requests in one second are more than the budget.");
        var scored = await CountAsync(source, "SELECT count(*) FROM project_scans WHERE state = 'Read'", cancel);
        if (scored < gitlab.Requests) throw new InvalidOperationException($"{gitlab.Requests} requests, but {scored} scans: some were asked for twice.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# score-120k: {scored:n0} projects in {took.TotalSeconds:0} s, one request each, at most {gitlab.MostInASecond} in a second"));
        await TellAsync(services, source, cancel);
        return scored / took.TotalSeconds;
    }

    /// <summary>Scans for all of them, and jobs on 14 days for those that have blocked ones: what predictions and the next look cost then.</summary>
    private static async Task TellAsync(ServiceProvider services, NpgsqlDataSource source, CancellationToken cancel)
    {
        var predictions = services.GetRequiredService<IPredictedFailures>();
        // Whoever asks first is given the instance's number in the store.
        await predictions.ReadAsync(BenchStore.Instance, cancel);
        await RunAsync(source, """
            INSERT INTO project_scans SELECT s.instance, p.number, s.ref, s.at, s.state, s.problem, s.mark, s.jobs, s.findings, s.includes, s.job_count, s.blocked, s.score
            FROM projects p JOIN (SELECT *, row_number() OVER (ORDER BY project) AS place, count(*) OVER () AS many FROM project_scans LIMIT 50) s ON s.place = 1 + p.number % least(s.many, 50)
            ON CONFLICT DO NOTHING
            """, cancel);
        await RunAsync(source, """
            INSERT INTO project_scan_blocked (instance, project, job, tags, rules)
            SELECT b.instance, p.number, b.job, b.tags, b.rules FROM projects p CROSS JOIN (SELECT * FROM project_scan_blocked LIMIT 1) b WHERE p.number % 8 = 0 ON CONFLICT DO NOTHING
            """, cancel);
        await RunAsync(source, "INSERT INTO words (word) VALUES ('docker') ON CONFLICT DO NOTHING", cancel);
        await RunAsync(source, """
            INSERT INTO digest_day_job (instance, day, project, name, executor, finished, failed, infrastructure, script, timeout, ran)
            SELECT (SELECT number FROM instances LIMIT 1), day, b.project, b.job, (SELECT id FROM words WHERE word = 'docker'), 12, 1, 0, 1, 0, ARRAY[]::int[]
            FROM project_scan_blocked b CROSS JOIN generate_series(current_date - 13, current_date, interval '1 day') day ON CONFLICT DO NOTHING
            """, cancel);
        await RunAsync(source, "INSERT INTO digest_days SELECT (SELECT number FROM instances LIMIT 1), day, '', now() FROM generate_series(current_date - 13, current_date, interval '1 day') day ON CONFLICT DO NOTHING", cancel);
        await RunAsync(source, "ANALYZE", cancel);
        var scans = services.GetRequiredService<ScanProjects>();
        var found = 0;
        var due = await BestAsync(async () => found = (await scans.DueAsync(BenchStore.Instance, 500, cancel)).Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# score-120k: {found} projects that are due next found in {due:0} ms"));
        var failures = 0;
        var predicted = await BestAsync(async () => failures = (await predictions.ReadAsync(BenchStore.Instance, cancel)).Failures.Count);
        var touched = await CountAsync(source, "SELECT count(DISTINCT project) FROM project_scan_blocked", cancel);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# score-120k: predictions over {Projects:n0} scans in {predicted:0} ms ({failures:n0} jobs of {touched:n0} projects)"));
    }

    private static async Task<double> BestAsync(Func<Task> work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return best;
    }

    private static Task KnowAsync(NpgsqlDataSource source, CancellationToken cancel) => RunAsync(source, $"""
        INSERT INTO projects (instance, number, path, default_branch, archived, last_activity_at, instance_runners, group_runners, groups, read_at)
        SELECT '{BenchStore.Instance.Name}', n, 'group-' || n % 900 || '/app-' || n, 'main', false, now() - n * interval '1 minute', true, true, ARRAY[]::bigint[], now() FROM generate_series(1, {Projects}) n
        """, cancel);

    private static async Task RunAsync(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}

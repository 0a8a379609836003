using System.Globalization;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Twenty-four hours of a GitLab that loses 5 % of its webhooks, sends 5 % twice and fails two sweeps: at the end the portal
/// has every job as it really was, and its charts say exactly what is true.
/// </summary>
public sealed class DayStory(BusyWorld world) : IClassFixture<BusyWorld>
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(BusyWorld.JobsPerWorkday > 10_000 ? 5 : 60);

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    private Sweeps Sweeps => new(world, _cancel);

    [Fact]
    public async Task ADay_WithWebhooksLostAndDoubledAndSweepsFailing_EndsWithTheTruth_JobByJob()
    {
        await world.Control.HookAsync(new Uri(world.Portal.Address, "hooks/gitlab"), world.AdminToken, world.HookSecret, _cancel);
        await world.Control.DeliveriesAsync(lost: 0.05, doubled: 0.05, _cancel);
        var begin = await world.Control.NowAsync(_cancel);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(24); passed += Step)
        {
            if (passed == TimeSpan.FromHours(9)) await FailAsync("jobs", new { kind = "status", status = 500, path = "/api/graphql" });
            if (passed == TimeSpan.FromHours(15)) await FailAsync("reasons", new { kind = "drop", path = "/api/v4/*" });
            await world.Control.AdvanceAsync(Step, _cancel);
            await world.Control.DeliveredAsync(_cancel);
            await Sweeps.LookedAsync("jobs");
        }

        var webhooks = await world.Control.DeliveredAsync(_cancel);
        await CatchUpAsync();
        var truth = await world.Control.JobsAsync(_cancel);
        truth.Count.ShouldBeGreaterThan(BusyWorld.JobsPerWorkday / 2);
        webhooks["lost"]!.GetValue<long>().ShouldBeInRange((long)(webhooks["events"]!.GetValue<long>() * 0.03), (long)(webhooks["events"]!.GetValue<long>() * 0.07));
        webhooks["doubled"]!.GetValue<long>().ShouldBeGreaterThan(truth.Count / 50);
        TestContext.Current.SendDiagnosticMessage($"{truth.Count} jobs, webhooks {webhooks.ToJsonString()}");

        var recorded = await RecordedAsync();
        recorded.Except(truth.Select(Line)).Take(20).ShouldBeEmpty();
        truth.Select(Line).Except(recorded).Take(20).ShouldBeEmpty();
        await ChartsShouldSayAsync(truth, begin);
    }

    private async Task FailAsync(string sweep, object fault)
    {
        await world.Control.FaultAsync(fault, _cancel);
        await world.Control.AdvanceAsync(Step, _cancel);
        await Eventually.BeAsync(() => Sweeps.StateAsync(sweep), state => state?["Outcome"]?.GetValue<string>() == "Failed", _cancel);
        await world.Control.ClearFaultsAsync(_cancel);
    }

    // As the timer would in the minutes after; jobs that end in them are part of the truth, which is read at the end.
    private async Task CatchUpAsync()
    {
        await Eventually.BeAsync(() => Sweeps.StateAsync("history"), state => state?["Said"]?.GetValue<string>().StartsWith("All read", StringComparison.Ordinal) == true, _cancel);
        for (var look = 0; ; look++)
        {
            await world.Control.AdvanceAsync(TimeSpan.FromMinutes(1), _cancel);
            await world.Control.DeliveredAsync(_cancel);
            await Sweeps.LookedAsync("jobs");
            await Sweeps.LookedAsync("reasons");
            if (await SaidAsync("jobs") is var jobs && jobs.Contains(" 0 asked", StringComparison.Ordinal) && !jobs.Contains("more to read", StringComparison.Ordinal)
                && (await SaidAsync("reasons")).StartsWith("Every failure", StringComparison.Ordinal) && await WithoutReasonAsync() == 0) return;
            look.ShouldBeLessThan(200, $"They never came to rest: {await SaidAsync("jobs")}; {await SaidAsync("reasons")}");
        }
    }

    // Both sweeps may have looked side by side: what one brought, the other had not seen.
    private async Task<long> WithoutReasonAsync() => (await world.QueryAsync("SELECT count(*) FROM jobs WHERE status = 11 AND reason = 0", row => row.GetInt64(0))).Single();

    private async Task<string> SaidAsync(string sweep) => await Sweeps.StateAsync(sweep) is { } state && state["Outcome"]!.GetValue<string>() == "Done" ? state["Said"]!.GetValue<string>() : "";

    private async Task<HashSet<string>> RecordedAsync() => [.. await world.QueryAsync(
        """
        SELECT j.number, j.project, j.status, e.word, r.word, s.tags, j.runner, j.started_at, j.finished_at
        FROM jobs j JOIN instances i ON i.number = j.instance AND i.name = 'production' JOIN words e ON e.id = j.executor
        LEFT JOIN words r ON r.id = j.reason LEFT JOIN tag_sets s ON s.id = j.tag_set
        """,
        row => Line(
            row.GetInt64(0), row.GetInt64(1), Statuses[row.GetInt16(2)], row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? ["?"] : row.GetFieldValue<string[]>(5),
            row.IsDBNull(6) ? null : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8)))];

    // The portal's own numbers of the states, as they are stored.
    private static readonly string[] Statuses =
    [
        "other", "created", "waiting_for_resource", "preparing", "waiting_for_callback", "scheduled", "manual", "pending", "running", "canceling", "success", "failed", "canceled", "skipped",
    ];

    private static string Line(TrueJob job) =>
        Line(job.Id, job.ProjectId, job.Status, job.Executor ?? "unknown", job.FailureReason, job.Tags, job.RunnerId, job.StartedAt, job.FinishedAt);

    // Jobs that never ran are one state: GitLab moves them between skipped, manual and created when an earlier one is retried.
    private static string Line(long id, long project, string status, string executor, string? reason, IEnumerable<string> tags, long? runner, DateTimeOffset? started, DateTimeOffset? finished) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{id} of {project} {(started is null && status is "created" or "manual" or "scheduled" or "skipped" ? "not run" : status)} {executor} {(status == "failed" ? reason : null)} [{string.Join(", ", tags.Order(StringComparer.Ordinal))}] {runner} {started:HH:mm:ss} {(started is null ? null : finished):HH:mm:ss}");

    private async Task ChartsShouldSayAsync(IReadOnlyList<TrueJob> truth, DateTimeOffset begin)
    {
        var ended = truth.Where(job => job.Status is "success" or "failed" && job.FinishedAt is not null).ToList();
        var window = $"from={SimulatorControl.Words(begin)}&to={SimulatorControl.Words(await world.Control.NowAsync(_cancel))}";
        (await CellsAsync($"insights/failure-rates?by=executor&bucket=hour&{window}")).ShouldBe(
            Cells(ended.GroupBy(job => (Hour(job), Family(job.Executor)))), ignoreOrder: true);
        (await CellsAsync($"insights/failure-rates?by=reason&bucket=hour&{window}")).Select(cell => (cell.At, cell.Value, cell.Failed)).ShouldBe(
            ended.Where(job => job.Status == "failed").GroupBy(job => (Hour(job), job.FailureReason!)).Select(group => (group.Key.Item1, group.Key.Item2, (long)group.Count())), ignoreOrder: true);
    }

    private async Task<List<(string At, string Value, long Failed, long Finished)>> CellsAsync(string path) =>
    [
        .. (await world.Api.GetAsync(path, _cancel))["points"]!.AsArray().Select(point => (
            SimulatorControl.Words(point!["at"]!.GetValue<DateTimeOffset>()), point["value"]!.GetValue<string>(), point["failed"]!.GetValue<long>(), point["finished"]!.GetValue<long>())),
    ];

    private static IEnumerable<(string At, string Value, long Failed, long Finished)> Cells(IEnumerable<IGrouping<(string At, string Value), TrueJob>> groups) =>
        groups.Select(group => (group.Key.At, group.Key.Value, (long)group.Count(job => job.Status == "failed"), (long)group.Count()));

    private static string Hour(TrueJob job)
    {
        var at = job.FinishedAt!.Value;
        return SimulatorControl.Words(at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerHour)));
    }

    private static string Family(string? executor) => executor switch
    {
        "kubernetes" => "kubernetes",
        "docker" or "docker+machine" => "docker",
        null or "unknown" => "unknown",
        _ => "other",
    };
}

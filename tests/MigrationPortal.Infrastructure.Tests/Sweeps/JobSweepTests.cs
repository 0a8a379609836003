using System.Globalization;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using JobStatus = MigrationPortal.Domain.Jobs.JobStatus;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class JobSweepTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly DateTimeOffset Until = new(2026, 8, 20, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Jobs_CollectedOverSteppedHours_EqualTheTruth()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await StepAsync(portal, steps: 80, TimeSpan.FromMinutes(3));
        await CatchUpAsync(portal);

        var truth = JobTruth.Of(portal);
        truth.Count.ShouldBeGreaterThan(500);
        JobTruth.Differences(truth, await JobTruth.RecordedAsync(portal)).ShouldBeEmpty();
        truth.Values.Count(line => line.Contains("_failure", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Jobs_WithFaultsOutageAndRevokedToken_NothingIsLost()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        portal.Wire.Rate = 0.25;
        await StepAsync(portal, steps: 15, TimeSpan.FromMinutes(3));
        portal.Wire.Always = () => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        await StepAsync(portal, steps: 3, TimeSpan.FromMinutes(20));
        (await portal.RunAsync<JobSweep>()).Outcome.ShouldNotBe(SweepOutcome.Done);
        portal.Wire.Always = () => FaultyWire.Answer(401, """{"error":"invalid_token","error_description":"Token was revoked."}""");
        await StepAsync(portal, steps: 2, TimeSpan.FromMinutes(20));
        portal.Wire.Always = null;
        await StepAsync(portal, steps: 20, TimeSpan.FromMinutes(3));
        portal.Wire.Rate = 0;
        await CatchUpAsync(portal);

        output.WriteLine(string.Join(", ", portal.Wire.Injected.Select(one => $"{one.Key} {one.Value}")));
        portal.Wire.Injected.Count.ShouldBe(7);
        JobTruth.Differences(JobTruth.Of(portal), await JobTruth.RecordedAsync(portal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_PortalAwayForAWorkday_FillsTheGap()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await StepAsync(portal, steps: 5, TimeSpan.FromMinutes(3));
        await portal.Simulator.AdvanceAsync(TimeSpan.FromHours(8));
        await CatchUpAsync(portal);
        JobTruth.Differences(JobTruth.Of(portal), await JobTruth.RecordedAsync(portal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_PortalAwayForDays_AreReadOnce()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await CatchUpAsync(portal);
        var before = JobTruth.Of(portal).Count;
        await portal.Simulator.AdvanceAsync(TimeSpan.FromDays(10));

        var pages = 0;
        for (var more = true; more;)
        {
            var said = (await portal.RunAsync<JobSweep>()).Said;
            output.WriteLine(said);
            pages += int.Parse(said.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
            more = said.Contains("more to read", StringComparison.Ordinal);
        }

        await CatchUpAsync(portal);
        var truth = JobTruth.Of(portal);
        // Jobs that rest for longer than a week are not looked after.
        JobTruth.Differences(JobTruth.Ran(truth), JobTruth.Ran(await JobTruth.RecordedAsync(portal))).ShouldBeEmpty();
        ((truth.Count - before) / 100).ShouldBeGreaterThan(45, "one run does not read them");
        pages.ShouldBeLessThanOrEqualTo((truth.Count - before) / 100 + 10);
    }

    [Fact]
    public async Task Reasons_OfMoreThanOneRunReadsOfARunner_GoOnWhereTheLastRunEnded()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await CatchUpAsync(portal);
        // All failures are of one runner.
        portal.Simulator.Production.Do(world =>
        {
            foreach (var runner in world.Fleet.Runners.Where(runner => runner.Description?.StartsWith("docker-0", StringComparison.Ordinal) == true && runner.Description != "docker-02").ToList())
                _ = world.Apply(new UpdateRunner(runner.Id, Paused: true));
            return 0;
        });
        await portal.Simulator.AdvanceAsync(TimeSpan.FromDays(22));
        await UntilAsync<JobSweep>(portal, said => !said.Contains("more to read", StringComparison.Ordinal));

        var runs = 0;
        for (var said = ""; said != "Every failure has its reason."; runs++)
        {
            var state = await portal.RunAsync<ReasonSweep>();
            output.WriteLine(said = state.Said);
            runs.ShouldBeLessThan(5);
        }
    }

    [Fact]
    public async Task Walk_ThatGetsNoPage_KeepsWhatItsGapIsOf()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        portal.Wire.Always = () => FaultyWire.Answer(500, "{}", "application/json");
        var gap = new JobGap("where-it-stopped", 7, Until: Until);
        var walked = await portal.Get<JobWalk>().DownAsync(SimulatedPortal.Production, gap, Until, [], 10, default);
        walked.Left.ShouldBe(gap);
        (walked.Pages, walked.Stopped is GitLabUnavailableException).ShouldBe((0, true));
    }

    [Theory]
    [InlineData("older", true)]
    [InlineData(null, false)]
    public async Task Unread_OnceThePastIsRead_IsWhatIsOlderThanItsDays(string? cursor, bool isOlder)
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await HistoryMark.WriteAsync(portal.Get<IInstanceStore>(), SimulatedPortal.Production, new HistoryMark(cursor, Until, true), portal.Time.GetUtcNow(), default);
        (await portal.Get<IJobCollection>().ReadAsync(SimulatedPortal.Production, default)).Unread.Select(one => (one.From, one.To))
            .ShouldBe(isOlder ? [(DateTimeOffset.MinValue, Until)] : []);
    }

    [Fact]
    public async Task History_BeforeTheFirstLookAtTheJobs_LooksAgainAtOnce()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var state = await portal.RunAsync<HistorySweep>();
        (state.DueAt - portal.Time.GetUtcNow()).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Jobs_PendingInAProjectThatIsDeleted_WaitsNoMore()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<JobSweep>();
        var (job, project) = (new JobId(SimulatedPortal.Production, 7), new ProjectId(SimulatedPortal.Production, 999_999));
        var seen = JobObservation.Gone(job, project) with { Status = JobStatus.Pending, Name = "build", CreatedAt = portal.Simulator.Now };
        await portal.Get<IJobStore>().RecordAsync(SimulatedPortal.Production, [seen], default);

        await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(5));
        await portal.RunAsync<JobSweep>();

        (await portal.Get<IJobReader>().PendingAsync(SimulatedPortal.Production, 500, default)).ShouldNotContain(row => row.Id == job);
        (await portal.Get<IJobReader>().FindAsync(new JobFilter(SimulatedPortal.Production, Project: project), 5, null, default)).Single()
            .ShouldSatisfyAllConditions(row => row.Status.ShouldBe(JobStatus.Canceled), row => row.Name.ShouldBe("build"));
    }

    private static async Task StepAsync(SimulatedPortal portal, int steps, TimeSpan length)
    {
        for (var step = 0; step < steps; step++)
        {
            await portal.Simulator.AdvanceAsync(length);
            // As the timer does: not before it is due again.
            var state = await portal.RunAsync<JobSweep>();
            if (state.Outcome != SweepOutcome.Done && state.DueAt > portal.Time.GetUtcNow()) await Task.Delay(state.DueAt - portal.Time.GetUtcNow(), portal.Time);
            if (step % 5 == 4) await portal.RunAsync<ReasonSweep>();
        }
    }

    // As the timer would in the minutes after: every sweep until it has nothing left to do.
    private async Task CatchUpAsync(SimulatedPortal portal)
    {
        await UntilAsync<JobSweep>(portal, said => !said.Contains("more to read", StringComparison.Ordinal) && said.Contains(" 0 asked", StringComparison.Ordinal));
        await UntilAsync<HistorySweep>(portal, said => said.StartsWith("All read", StringComparison.Ordinal));
        await UntilAsync<ReasonSweep>(portal, said => said.StartsWith("Every failure", StringComparison.Ordinal));
    }

    private async Task UntilAsync<T>(SimulatedPortal portal, Func<string, bool> quiet) where T : ISweep
    {
        for (var run = 0; run < 200; run++)
        {
            var state = await portal.RunAsync<T>();
            output.WriteLine($"{state.Name}: {state.Outcome} {state.Said} in {state.Took.TotalMilliseconds:0} ms");
            if (state.Outcome == SweepOutcome.Done && quiet(state.Said)) return;
        }
        Assert.Fail("It never came to rest.");
    }
}

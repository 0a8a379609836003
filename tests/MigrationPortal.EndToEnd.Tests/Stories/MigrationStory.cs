using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;
using MigrationPortal.EndToEnd.Tests.Pages;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>The main job by clicking alone: an administrator takes the instance from Prepare to Retire.</summary>
public sealed class MigrationStory(World world, ChromiumFixture chromium) : BrowserStory(world, chromium), IClassFixture<World>
{
    private SortedDictionary<long, TrueRunner> atFirst = [];

    private Admin Mara => new(Page, World, Cancellation);

    private Automation Portal => new(World, Cancellation);

    [Fact]
    public async Task WholeMigration_ByClicking_MovesEveryUntaggedJobAndLeavesNobodyUnserved()
    {
        await Portal.CaughtUpAsync();
        var whole = await ServiceWatch.BeginAsync(World.Control);
        atFirst = await World.Control.RunnersAsync(Cancellation);
        await Page.SignInAsync();

        await SeesTheTrueFailureRatesAsync();
        await ConfirmsWhatIsManagedAsync();
        await WrongDecisionIsRefusedOnScreenAsync();

        await UntaggedJobsMoveAsync();
        await RollsBackAsync();
        await Mara.StepThroughAsync("Phase 3");
        await EvacuatesAndReturnsAsync();
        await Mara.StepThroughAsync("Phase 5");

        (await Mara.StepAsync()).ShouldBeNull();
        await EndsAsDesiredAsync();
        (await whole.EndAsync("the whole migration")).ShouldBeGreaterThan(10);
        PageErrors.ShouldBeEmpty();
    }

    private async Task SeesTheTrueFailureRatesAsync()
    {
        var truth = await TrueRates.ReadAsync(World.Control, await Portal.ManagedAsync());
        var overview = await OverviewPage.OpenAsync(Page);
        (await Eventually.EqualAsync(() => ChartTable.RatesAsync(overview.FailureRates), truth.Infrastructure, Cancellation)).ShouldNotBeEmpty();
        var insights = await InsightsPage.OpenAsync(Page, "14 days");
        (await Eventually.EqualAsync(() => ChartTable.RatesAsync(insights.AllFailures), truth.All, Cancellation)).ShouldNotBeEmpty();
    }

    private async Task ConfirmsWhatIsManagedAsync()
    {
        (await Mara.ConfirmRolesAsync()).ShouldBe(10);
        // Special-purpose ones refuse untagged jobs: taken in by name.
        await Mara.TakeInAsync("docker-large-05", "legacy");
        await Mara.TakeInAsync("docker-gpu-06", "legacy");
    }

    private async Task WrongDecisionIsRefusedOnScreenAsync()
    {
        await Mara.SetFallbackTagAsync("docker-fallback");
        await Mara.DecideAsync(("docker", "adopt"), ("linux", "retire"));
        var plan = await Mara.PlanAsync("3 docker fallback", "Whole phase");

        await Assertions.Expect(plan.Apply).ToBeDisabledAsync();
        var stops = await plan.Stops.AllTextContentsAsync();
        var asked = (await World.Control.JobsAsync(Cancellation)).Where(job => job.Tags.Contains("linux")).GroupBy(job => string.Join(", ", job.Tags.Order(StringComparer.Ordinal))).ToList();
        asked.Count.ShouldBe(2);
        foreach (var set in asked)
        {
            var stop = stops.Single(words => words.Contains($"[{set.Key}]", StringComparison.Ordinal));
            set.Select(job => job.Project).Distinct().ShouldAllBe(project => stop.Contains(project));
        }

        await Mara.DecideAsync(("linux", "adopt"), ("gpu", "keep"), ("large", "keep"));
        var mended = await Mara.PlanAsync("3 docker fallback", "Whole phase");
        await Assertions.Expect(mended.Apply).ToBeEnabledAsync();
    }

    private async Task UntaggedJobsMoveAsync()
    {
        var began = await World.Control.NowAsync(Cancellation);
        await Mara.StepThroughAsync("Untagged takeover: Kubernetes 100 %, docker 0 %");
        var complete = await World.Control.NowAsync(Cancellation);
        await World.Control.AdvanceAsync(TimeSpan.FromHours(3), Cancellation);

        var untagged = await UntaggedJobs.ReadAsync(World.Control, [.. await Portal.ManagedAsync("legacy"), .. await Portal.ManagedAsync("kubernetes")], Cancellation);
        var (before, after) = (untagged.Executors(DateTimeOffset.MinValue, began), untagged.Executors(complete, DateTimeOffset.MaxValue));
        before.Count.ShouldBeGreaterThan(100);
        before.ShouldNotContain("kubernetes");
        after.Count.ShouldBeGreaterThan(20);
        after.ShouldAllBe(executor => executor == "kubernetes");

        var hours = untagged.ByHour(complete);
        var insights = await InsightsPage.OpenAsync(Page, "24 h");
        await Eventually.EqualAsync(() => ShareTable.ReadAsync(insights.UntaggedShares, [.. hours.Select(hour => hour.Hour)]), hours, Cancellation);
    }

    private async Task RollsBackAsync()
    {
        var before = await World.Control.RunnersAsync(Cancellation);
        await Mara.StepThroughAsync("Phase 3");
        (await World.Control.RunnersAsync(Cancellation)).ShouldNotBe(before);
        await Mara.RollBackAsync();
        (await World.Control.RunnersAsync(Cancellation)).ShouldBe(before);
    }

    private async Task EvacuatesAndReturnsAsync()
    {
        var (before, kubernetes, legacy) = (await World.Control.RunnersAsync(Cancellation), await Portal.ManagedAsync("kubernetes"), await Portal.ManagedAsync("legacy"));
        await Mara.EvacuateAsync();
        var evacuated = await World.Control.RunnersAsync(Cancellation);
        evacuated.Values.Where(runner => kubernetes.Contains(runner.Id)).ShouldAllBe(runner => runner.Paused);
        foreach (var runner in evacuated.Values.Where(runner => legacy.Contains(runner.Id))) TookEverythingBack(runner);

        var since = await World.Control.NowAsync(Cancellation);
        await World.Control.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        var untagged = (await UntaggedJobs.ReadAsync(World.Control, [.. legacy, .. kubernetes], Cancellation)).Executors(since, DateTimeOffset.MaxValue);
        untagged.Count.ShouldBeGreaterThan(5);
        untagged.ShouldNotContain("kubernetes");

        await Mara.StepThroughAsync("Phase 3");
        (await World.Control.RunnersAsync(Cancellation)).ShouldBe(before);
    }

    /// <summary>As product.md says: untagged, opt-in and adopted tags; what it had first, and the two tags of the migration.</summary>
    private void TookEverythingBack(TrueRunner runner)
    {
        var first = atFirst[runner.Id];
        var isGeneral = first.RunUntagged;
        runner.ShouldBe(first with { TagList = isGeneral ? [.. first.TagList, "docker-fallback", "k8s-default"] : first.TagList });
    }

    private async Task EndsAsDesiredAsync()
    {
        var (now, kubernetes, legacy) = (await World.Control.RunnersAsync(Cancellation), await Portal.ManagedAsync("kubernetes"), await Portal.ManagedAsync("legacy"));
        foreach (var runner in now.Values)
        {
            if (legacy.Contains(runner.Id)) runner.Paused.ShouldBeTrue(runner.ToString());
            else if (kubernetes.Contains(runner.Id)) (runner.Paused, runner.RunUntagged, runner.TagList.Contains("docker"), runner.TagList.Contains("linux")).ShouldBe((false, true, true, true), runner.ToString());
            else runner.ShouldBe(atFirst[runner.Id]);
        }
    }
}

using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Phases;

public sealed class TagPageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly StillFleet fleet = new();
    private readonly WaitingReader reader = new();

    public TagPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IFleetStore>(fleet);
        kit.Services.AddSingleton<ITagReader>(reader);
        kit.Services.AddSingleton<IMigrationStore>(new DefaultSettings());
        kit.Services.AddSingleton<IBrownoutReader>(new OneBrownout());
        // Behind buttons that are not pressed here.
        kit.Services.AddSingleton(new PlanPhase(null!, null!, null!, null!, null!, null!, null!, null!, null!, null!, null!));
        kit.Services.AddSingleton(new ScheduleFlip(null!, null!, null!, null!, null!));
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/tags/detail?tag=gpu");
    }

    [Fact]
    public void Page_ShowsWhoServesTheTag_BeforeItsJobsAreAddedUp_AndThenSaysWhatTheyRestOn()
    {
        var page = kit.Render<TagPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Nobody has it"));
        page.Find("h1").TextContent.ShouldBe("Tag gpu");
        page.Find(".loaded").GetAttribute("aria-busy").ShouldBe("true");

        var window = CensusWindow.Until(KitContext.Now);
        var part = new TagPart("main", 30, 15, 2, DateOnly.FromDateTime(KitContext.Now.UtcDateTime));
        reader.Answer.SetResult(new TagDetail("gpu", window, 100, 80, 40, 20, [part with { Name = "push" }], [part with { Name = "[gpu]" }], 1, [part], 1, [part with { Name = "data/etl" }], KitContext.Now.AddMinutes(-20)));

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("gpu: 40\u00a0jobs of 1\u00a0project in two weeks, 50\u00a0% on docker"));
        page.Find(".lead").TextContent.ShouldContain("40 of 80 (50\u00a0%) of the jobs whose tags are known asked for it; tags are known of 80 of 100 (80\u00a0%)");
        page.Find(".lead").TextContent.ShouldContain("Counted 20\u00a0min\u00a0ago");
        page.FindAll("section.card").Count.ShouldBe(6);
        page.Find(".past").TextContent.ShouldContain("waited for the tag");
        page.FindAll("button").Single(button => button.TextContent.Contains("Plan a brownout", StringComparison.Ordinal)).HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void JobsThatCannotBeRead_LeaveTheRunnersStanding()
    {
        reader.Answer.SetException(new InvalidOperationException("no days"));

        var page = kit.Render<TagPage>();

        page.WaitForAssertion(() => page.Markup.ShouldContain("could not be read"));
        page.Markup.ShouldContain("Nobody has it");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private sealed class DefaultSettings : IMigrationStore
    {
        public Task<MigrationSettings> SettingsAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(MigrationSettings.Default(instance));

        public Task<bool> SaveSettingsAsync(MigrationSettings settings, CancellationToken cancel) => throw new NotSupportedException();

        public Task<PhaseState> StateAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> SaveStateAsync(PhaseState state, CancellationToken cancel) => throw new NotSupportedException();
    }

    private sealed class OneBrownout : IBrownoutReader
    {
        public Task<IReadOnlyList<Brownout>> WithinAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Brownout>>(
            [new Brownout(7, instance, "gpu", KitContext.Now.AddHours(-2), KitContext.Now.AddHours(-1.75), KitContext.Now.AddHours(-1.75))]);

        public Task<BrownoutWaits> WaitsAsync(Brownout brownout, DateTimeOffset now, CancellationToken cancel) =>
            Task.FromResult(new BrownoutWaits(12, 0, 0, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(9)));
    }

    private sealed class WaitingReader : ITagReader
    {
        public TaskCompletionSource<TagDetail> Answer { get; } = new();

        public Task<TagDetail> ReadAsync(InstanceId instance, string tag, TimeWindow window, int most, CancellationToken cancel) => Answer.Task;

        public Task<TagBasis> BasisAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => throw new NotSupportedException();
    }

    private sealed class StillFleet : IFleetStore
    {
        public Task<FleetSnapshot?> LatestAsync(InstanceId instance, CancellationToken cancel) =>
            Task.FromResult<FleetSnapshot?>(new FleetSnapshot(instance, KitContext.Now, []));

        public Task<FleetSnapshot> StoreAsync(InstanceId instance, DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners, CancellationToken cancel) => throw new NotSupportedException();

        public Task SetStandingAsync(RunnerId runner, RunnerStanding standing, CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveBaselinesAsync(InstanceId instance, IReadOnlyDictionary<RunnerId, RunnerAttributes> baselines, CancellationToken cancel) => throw new NotSupportedException();
    }
}

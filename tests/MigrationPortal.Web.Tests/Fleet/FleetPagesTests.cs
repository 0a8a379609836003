using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Fleet;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Fleet;

public sealed class FleetPagesTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly World world = new();

    public FleetPagesTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IFleetStore>(world);
        kit.Services.AddSingleton<IRunnerUse>(world);
        kit.Services.AddSingleton<IOwnerNames>(world);
        kit.Services.AddSingleton<IUnmanagedDays>(world);
        kit.Services.AddSingleton<IOwnerAnswers>(world);
        kit.Services.AddSingleton<IPendingReader>(world);
        kit.Services.AddSingleton<IBrownoutReader>(world);
        kit.Services.AddSingleton<ITagsAway>(world);
        kit.Services.AddSingleton<IProjectStore>(world);
        kit.Services.AddSingleton<UnmanagedFleet>();
        kit.Services.AddSingleton<DiagnosePending>();
    }

    [Fact]
    public void Unmanaged_SaysHowManyEndAndWhen_WithOwnersAndBurnDown()
    {
        var page = Read<UnmanagedPage>("/runners/unmanaged");

        page.Find("h1").TextContent.ShouldBe("1\u00a0unmanaged runner uses docker+machine, 176 days are left");
        page.Find(".lead").TextContent.ShouldContain("1 of 2\u00a0runners are unmanaged");
        page.Markup.ShouldContain("ran 70 of 700 (10\u00a0%) jobs of the last 7 days");
        page.Markup.ShouldContain("1 of 3 are left");
        page.Markup.ShouldContain("1\u00a0owner still has some, 1 is through.");
        page.FindAll("tbody tr")[0].TextContent.ShouldContain("group data");
        page.FindAll("a.shown").Select(link => link.GetAttribute("href")).ShouldBe(["stragglers?standing=unmanaged&owner=data", "runners/2"]);
    }

    /// <summary>The owner's word stands beside the runner, and what contradicts it is not hidden.</summary>
    [Theory]
    [InlineData(OwnerSays.Keep, -1, "keeps it", "1 kept")]
    [InlineData(OwnerSays.Done, 1, "done", "1 done")]
    [InlineData(OwnerSays.Done, -1, "done, but it took a job since", "1 done that still takes jobs")]
    public void Unmanaged_ShowsWhatItsOwnerSays(OwnerSays says, int hours, string chip, string owner)
    {
        var runner = new RunnerId(PageServices.Production, 2);
        world.Said[runner] = new OwnerAnswer(runner, says, "a rack of our own", Actor.Portal, KitContext.Now.AddHours(hours));

        var page = Read<UnmanagedPage>("/runners/unmanaged");

        page.FindAll("tbody tr")[0].TextContent.ShouldContain(chip);
        page.FindAll("tbody tr")[0].TextContent.ShouldContain("a rack of our own");
        page.Markup.ShouldContain(owner);
    }

    [Theory]
    [InlineData("ask=online", "No: 1 of 2\u00a0runners has not been in contact for 5\u00a0min", "docker-machine-2")]
    [InlineData("ask=online&standing=managed", "Yes: the only runner was in contact within 5\u00a0min", null)]
    [InlineData("ask=tag&tag=gpu", "1 of 2\u00a0runners has tag gpu", "docker-machine-2")]
    [InlineData("ask=versions", "1\u00a0manager on 1\u00a0version: 1 on 18.1.0", "s_2")]
    [InlineData("ask=idle&days=30", "1 of 2\u00a0runners has started no job in 30\u00a0days", "runner-1")]
    public void Questions_EachHasItsAddress_ItsSentenceAndItsCsv(string query, string sentence, string? row)
    {
        var page = Read<FleetQuestionsPage>($"/runners/questions?{query}");

        page.Find("h1").TextContent.ShouldBe(sentence);
        page.FindAll("a.ask").Count.ShouldBe(6);
        page.Find("a.btn[href^='api/']").GetAttribute("href")!.ShouldStartWith($"api/v1/runners/questions/{query.Split('&')[0][4..]}?format=csv");
        if (row is not null) page.Find("tbody").TextContent.ShouldContain(row);
        else page.FindAll("tbody").ShouldBeEmpty();
    }

    [Fact]
    public void Idle_LongerThanJobsAreRead_SaysSinceWhenTheyAreKnown()
    {
        world.CompleteSince = KitContext.Now.AddDays(-35);

        Read<FleetQuestionsPage>("/runners/questions?ask=idle&days=30").Find("h1").TextContent.ShouldBe("1 of 2\u00a0runners has started no job in 30\u00a0days");
        Read<FleetQuestionsPage>("/runners/questions?ask=idle&days=40").Find("h1").TextContent.ShouldBe("0 of 2\u00a0runners have no known job in 40\u00a0days; jobs are read whole only since 21\u00a0Oct\u00a014:20 UTC");
    }

    [Fact]
    public void Unmanaged_WeekNotAllRead_SaysSo_AndDividesByWhatWasWatched()
    {
        world.CompleteSince = KitContext.Now.AddDays(-2);

        var page = Read<UnmanagedPage>("/runners/unmanaged?instance=qa");

        page.Markup.ShouldContain("ran 70 of 700 (10\u00a0%) jobs that are known of the last 7 days; all are read only since 23\u00a0Nov\u00a014:20 UTC.");
        page.FindAll("tbody tr")[0].QuerySelector("td.num")!.TextContent.ShouldBe("35");
        var files = page.FindAll("a[href^='api/']").Select(link => link.GetAttribute("href")!).ToList();
        files.Count.ShouldBe(2);
        files.ShouldAllBe(href => href.EndsWith("&instance=qa", StringComparison.Ordinal));
    }

    [Fact]
    public void Pending_TheWorstGroupIsTheTitle_AndEachGroupHasAnAddress()
    {
        world.Pending = [new PendingClass(World.Project, TagSet.Of("arm"), false, 41, KitContext.Now.AddMinutes(-50), [12, 0]), new PendingClass(World.Project, TagSet.Empty, false, 9, KitContext.Now, [0, 0])];

        var page = Read<PendingPage>("/pending");

        page.Find("h1").TextContent.ShouldBe("41 jobs wait for tag arm, nobody serves it, 12 will be dropped within 20\u00a0min");
        page.Find(".lead").TextContent.ShouldContain("41 of 50 (82\u00a0%) pending jobs can be taken by no runner");
        page.FindAll("tbody tr")[0].QuerySelector("a")!.GetAttribute("href")!.ShouldEndWith("?reason=missingTags&tags=arm");
    }

    [Fact]
    public void Pending_WhatABrownoutMakesWait_IsExpected_AndCountedApart()
    {
        world.Pending = [new PendingClass(World.Project, TagSet.Of("arm"), false, 41, KitContext.Now.AddMinutes(-5), [0, 0]), new PendingClass(World.Project, TagSet.Of("gpux"), false, 3, KitContext.Now, [0, 0])];
        world.Away = new TagAway("arm", KitContext.Now.AddMinutes(10), 12);
        world.Jobs = [Job("arm")];

        var page = Read<PendingPage>("/pending");

        page.Find("h1").TextContent.ShouldBe("3 jobs wait for tag gpux, nobody serves it");
        page.Find(".lead").TextContent.ShouldContain("3 of 44 (6.8\u00a0%) pending jobs can be taken by no runner, 41 more wait as expected for a brownout to end");
        page.FindAll("td.why")[1].TextContent.ShouldContain("41 jobs wait as expected: brownout of tag arm until 14:30 UTC");
        page.FindAll("table")[1].TextContent.ShouldContain("expected: brownout of tag arm until 14:30 UTC");

        world.Pending = [world.Pending[0]];
        Read<PendingPage>("/pending?reason=brownout").Find("h1").TextContent.ShouldBe("41 jobs are pending, 41 as expected in a brownout, none is stuck");
    }

    [Fact]
    public void Pending_OneGroup_ShowsRunnersThatLackOneThing()
    {
        world.Pending = [new PendingClass(World.Project, TagSet.Of("arm"), false, 41, KitContext.Now.AddMinutes(-50), [12, 0]), new PendingClass(World.Project, TagSet.Empty, false, 9, KitContext.Now, [0, 0])];

        var page = Read<PendingPage>("/pending?reason=missingTags&tags=arm");

        page.Markup.ShouldContain("Runners that could take them");
        page.Markup.ShouldContain("lacks [arm]");
        page.Find(".filters").TextContent.ShouldContain("41 of 50 jobs");
    }

    [Fact]
    public void Pending_Nobody_IsEmpty() => Read<PendingPage>("/pending").Find("h1").TextContent.ShouldBe("No job is pending");

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<T> Read<T>(string address) where T : IComponent
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = kit.Render<T>();
        page.WaitForAssertion(() => page.FindAll("[aria-busy=true]").ShouldBeEmpty());
        return page;
    }

    private static JobRow Job(string tag) => new(
        new JobId(PageServices.Production, 1), World.Project, "data/etl", JobStatus.Pending, "build", null, "main", false, "push", TagSet.Of(tag), null, KitContext.Now.AddMinutes(-5), null, null, null, Executor.Unknown, FailureKind.None, null);

    private sealed class World : IFleetStore, IRunnerUse, IOwnerNames, IUnmanagedDays, IOwnerAnswers, IPendingReader, IProjectStore, IBrownoutReader, ITagsAway
    {
        public static readonly ProjectId Project = new(PageServices.Production, 7);

        private static readonly DateOnly Today = DateOnly.FromDateTime(KitContext.Now.UtcDateTime);

        private static readonly FleetSnapshot Fleet = new(PageServices.Production, KitContext.Now,
        [
            Runner(1, "runner-1", RunnerType.Instance, true, TagSet.Of("linux"), KitContext.Now),
            Runner(2, "docker-machine-2", RunnerType.Group, false, TagSet.Of("gpu"), KitContext.Now.AddMinutes(-30), new RunnerManager("s_2", Executor.DockerMachine, "18.1.0", RunnerStatus.Online, KitContext.Now)),
        ]);

        public IReadOnlyList<PendingClass> Pending { get; set; } = [];

        public Dictionary<RunnerId, OwnerAnswer> Said { get; } = [];

        public Task<IReadOnlyDictionary<RunnerId, OwnerAnswer>> ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<RunnerId, OwnerAnswer>>(Said);

        public Task SaveAsync(OwnerAnswer answer, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> RemoveAsync(RunnerId runner, CancellationToken cancel) => throw new NotSupportedException();

        public IReadOnlyList<JobRow> Jobs { get; set; } = [];

        public TagAway? Away { get; set; }

        public Task<TagsAway> ReadAsync(FleetSnapshot snapshot, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(new TagsAway(
            Away is null ? [] : [Away],
            Away is null ? snapshot : snapshot with { Runners = [.. snapshot.Runners, Runner(3, "runner-3", RunnerType.Instance, true, TagSet.Of(Away.Tag), KitContext.Now)] }));

        public Task<IReadOnlyList<Brownout>> WithinAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Brownout>>([]);

        public Task<BrownoutWaits> WaitsAsync(Brownout brownout, DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

        public DateTimeOffset? CompleteSince { get; set; }

        public Task<FleetSnapshot?> LatestAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<FleetSnapshot?>(Fleet);

        public Task<FleetUse> ReadAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => Task.FromResult(new FleetUse(window, CompleteSince is { } since && since > window.From ? since : window.From,
            new Dictionary<RunnerId, RunnerUse> { [new RunnerId(instance, 1)] = new(630, 90, KitContext.Now.AddDays(-40)), [new RunnerId(instance, 2)] = new(70, 35, KitContext.Now) }));

        public Task<IReadOnlyDictionary<long, string>> GroupsAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<long, string>>(new Dictionary<long, string> { [3] = "data" });

        public Task<IReadOnlyDictionary<long, string>> ProjectsAsync(InstanceId instance, IReadOnlyCollection<long> projects, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<long, string>>(new Dictionary<long, string>());

        public Task<IReadOnlyList<UnmanagedDay>> ReadAsync(InstanceId instance, DateOnly since, CancellationToken cancel) => Task.FromResult<IReadOnlyList<UnmanagedDay>>(
        [
            new UnmanagedDay(Today.AddDays(-20), new Dictionary<string, int> { ["group data"] = 2, ["group web"] = 1 }),
            new UnmanagedDay(Today, new Dictionary<string, int> { ["group data"] = 1 }),
        ]);

        public Task<IReadOnlyList<PendingClass>> ClassesAsync(InstanceId instance, IReadOnlyList<DateTimeOffset> since, CancellationToken cancel) => Task.FromResult(Pending);

        public Task<IReadOnlyList<JobRow>> JobsAsync(InstanceId instance, IReadOnlyCollection<PendingClass> classes, int limit, CancellationToken cancel) => Task.FromResult(Jobs);

        public Task<IReadOnlyDictionary<ProjectId, ObservedProject>> FindAsync(IReadOnlyCollection<ProjectId> ids, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<ProjectId, ObservedProject>>(new Dictionary<ProjectId, ObservedProject>());

        public Task<FleetSnapshot> StoreAsync(InstanceId instance, DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners, CancellationToken cancel) => throw new NotSupportedException();

        public Task SetStandingAsync(RunnerId runner, RunnerStanding standing, CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveBaselinesAsync(InstanceId instance, IReadOnlyDictionary<RunnerId, RunnerAttributes> baselines, CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveAsync(InstanceId instance, DateOnly day, IReadOnlyDictionary<string, int> byOwner, CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveAsync(IReadOnlyCollection<ObservedProject> projects, CancellationToken cancel) => throw new NotSupportedException();

        public Task<ObservedProject?> FindAsync(ProjectId id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ObservedProject>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ProjectId>> UnreadAsync(InstanceId instance, DateTimeOffset notSince, int limit, CancellationToken cancel) => throw new NotSupportedException();

        private static FleetRunner Runner(long number, string name, RunnerType type, bool managed, TagSet tags, DateTimeOffset contactedAt, params RunnerManager[] managers) => new(
            new ObservedRunner(
                new RunnerId(PageServices.Production, number), name, type, new RunnerAttributes(tags, true, false, RunnerAccessLevel.NotProtected), false, RunnerStatus.Online,
                contactedAt, KitContext.Now, null, managers, new HashSet<long>(), type == RunnerType.Group ? new HashSet<long> { 3 } : new HashSet<long>()),
            new RunnerStanding(managed ? RunnerRole.Kubernetes : null, managed, managed), null);
    }
}

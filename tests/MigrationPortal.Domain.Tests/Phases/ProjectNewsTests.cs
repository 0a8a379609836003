using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>What a digest tells a project's people: what moved its jobs, and nothing else. Project 1 has untagged jobs, project 2 those with linux.</summary>
public sealed class ProjectNewsTests
{
    private static readonly DigestPlan Untagged = new("data/etl", DigestEvery.Day, 6);
    private static readonly DigestPlan Linux = new("ops", DigestEvery.Day, 6);
    private static readonly TimeWindow Today = new(Make.Now.AddHours(-1), Make.Now.AddHours(1));

    private readonly World world = new();

    [Fact]
    public async Task AStep_IsToldToThoseWhoseJobsItMoves()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        await StepAsync(portal, Make.Target(Phase.UntaggedTakeover, 100, 0), announces: false);

        (await ReadAsync(portal, Untagged)).ShouldHaveSingleItem().Sentence.ShouldBe("Jobs without tags run on Kubernetes from now on.");
        (await ReadAsync(portal, Linux)).ShouldBeEmpty();
        (await ReadAsync(portal, new DigestPlan("nobody", DigestEvery.Day, 6))).ShouldBeEmpty();
        (await ReadAsync(portal, Untagged, new TimeWindow(Make.Now.AddHours(1), Make.Now.AddHours(2)))).ShouldBeEmpty("it was told before");
    }

    [Fact]
    public async Task AnAnnouncement_IsToldToAll_AndARollBackToThoseWhoseJobsItReturns()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        var step = await StepAsync(portal, Make.Target(Phase.UntaggedTakeover, 100, 0), announces: true);
        (await ReadAsync(portal, Linux)).ShouldHaveSingleItem().Sentence.ShouldStartWith("Announced in GitLab: CI jobs without tags run on Kubernetes runners from now on.");

        await portal.RollBack.RunAsync(step.Id, Make.Admin, "they fail", default);
        await portal.FinishAsync(step.Id);

        (await ReadAsync(portal, Untagged)).ShouldHaveSingleItem().Sentence.ShouldBe("What had changed at Mon 23 Nov 12:00 UTC was taken back: jobs without tags run where they ran before.");
        (await ReadAsync(portal, Linux)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnEvacuation_BringsBackToDocker()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        await StepAsync(portal, Make.Target(Phase.UntaggedTakeover, 100, 0), announces: false);
        portal.Time = Make.Now.AddHours(3);
        await portal.FinishAsync((await portal.StartAsync(new PlanTarget.Evacuate()))!.Id);

        (await ReadAsync(portal, Untagged, new TimeWindow(Make.Now.AddHours(2), Make.Now.AddHours(4)))).ShouldHaveSingleItem().Sentence.ShouldBe("Jobs without tags run on docker again.");
    }

    [Fact]
    public async Task ABrownout_IsToldToThoseWhoAskForTheTag()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        world.Brownouts = [new Brownout(9, Make.Production, "linux", Make.Now, Make.Now.AddMinutes(30), Make.Now.AddMinutes(30))];

        (await ReadAsync(portal, Linux)).ShouldHaveSingleItem().Sentence.ShouldStartWith("The tag linux was away on purpose from 12:00 to 12:30 UTC");
        (await ReadAsync(portal, Untagged)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ADigest_IsToldOnce_ToItsChannelAlone_AndNotAtAllWhereNothingHappened()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        await StepAsync(portal, Make.Target(Phase.UntaggedTakeover, 100, 0), announces: false);
        var channels = new Channels([Channel(1, Untagged), Channel(2, Linux), Channel(3, Untagged) with { IsOn = false }]);
        var tell = new TellDigests(channels, Reader(portal), portal.Notices, portal);
        portal.Time = Make.Now.AddHours(17);
        (await tell.RunAsync(Make.Production, default)).ShouldBe(0, "six o'clock is still to come: the last period ended before the step");

        portal.Time = Make.Now.AddHours(18);
        (await tell.RunAsync(Make.Production, default)).ShouldBe(1);
        for (var again = 0; again < 2; again++) (await tell.RunAsync(Make.Production, default)).ShouldBe(0);

        var (notice, channel) = portal.Notices.Alone.ShouldHaveSingleItem();
        (channel, notice.Kind, notice.Link, notice.Key).ShouldBe((1L, NoticeKind.Digest, "my-projects", "digest/1/2026-11-24T06:00:00.0000000Z"));
        notice.Sentence.ShouldBe("1 thing happened to CI jobs of data/etl from Mon 23 Nov 06:00 to Tue 24 Nov 06:00 UTC.");
        notice.Numbers.ShouldBe([new NoticeNumber("Mon 23 Nov 12:00", "Jobs without tags run on Kubernetes from now on.")]);
        channels.Until.Values.ShouldAllBe(until => until == Make.Now.AddHours(18));
    }

    private async Task<Operation> StepAsync(Portal portal, PlanTarget target, bool announces)
    {
        await portal.Migration.SaveSettingsAsync(portal.Migration.Settings with { Policies = Enum.GetValues<Phase>().ToDictionary(phase => phase, phase => PhasePolicy.Default(phase) with { AnnouncesSteps = announces }) }, default);
        return await portal.FinishAsync((await portal.StartAsync(target))!.Id);
    }

    private ReadProjectNews Reader(Portal portal) => new(world, portal.Operations, portal.Plans, world, portal.Jobs, portal.Migration, new PinNews(portal.Pins, portal.Enrollments, world), new OfferNews(new MemoryOffers(), portal.Projects), portal);

    private Task<IReadOnlyList<ProjectNews>> ReadAsync(Portal portal, DigestPlan plan, TimeWindow? time = null) => Reader(portal).OfAsync(Make.Production, plan, time ?? Today, default);

    private static NoticeChannel Channel(long id, DigestPlan plan) => new(id, $"digest {id}", ChannelKind.Digest, true, "a@example.org", NoticeRules.Usual with { Digest = plan }, 1);

    private sealed class World : IProjectStore, IBrownoutReader, ICohortFacts
    {
        private static readonly (long Id, string Path)[] Known = [(1, "data/etl"), (2, "ops/tools")];

        public IReadOnlyList<Brownout> Brownouts { get; set; } = [];

        Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new MigrationFacts(2, false, 7, 7, 0.005, 0.025, 0.8, new Rate(29, 10_000), true, []));

        public Task<IReadOnlyList<ObservedProject>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ObservedProject>>(
        [
            .. Known.Where(one => one.Path.Contains(search!, StringComparison.Ordinal))
                .Select(one => new ObservedProject(new ProjectAccess(new ProjectId(instance, one.Id), one.Path, true, true, new HashSet<long>()), "main", false, Make.Now, [], [], Make.Now)),
        ]);

        public Task<IReadOnlyList<Brownout>> WithinAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => Task.FromResult(Brownouts);

        public Task<BrownoutWaits> WaitsAsync(Brownout brownout, DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveAsync(IReadOnlyCollection<ObservedProject> projects, CancellationToken cancel) => throw new NotSupportedException();

        public Task<ObservedProject?> FindAsync(ProjectId id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<ProjectId, ObservedProject>> FindAsync(IReadOnlyCollection<ProjectId> ids, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ProjectId>> UnreadAsync(InstanceId instance, DateTimeOffset notSince, int limit, CancellationToken cancel) => throw new NotSupportedException();
    }

    private sealed class Channels(IReadOnlyList<NoticeChannel> all) : IChannelStore
    {
        public Dictionary<long, DateTimeOffset> Until { get; } = [];

        public Task<IReadOnlyList<NoticeChannel>> ListAsync(CancellationToken cancel) => Task.FromResult(all);

        public Task<DateTimeOffset?> DigestedAsync(long id, CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(Until.TryGetValue(id, out var until) ? until : null);

        public Task SaveDigestedAsync(long id, DateTimeOffset until, CancellationToken cancel)
        {
            Until[id] = until;
            return Task.CompletedTask;
        }

        public Task<NoticeChannel?> FindAsync(long id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<ChannelTarget?> TargetAsync(long id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<NoticeChannel?> AddAsync(NoticeChannel channel, ChannelTarget target, CancellationToken cancel) => throw new NotSupportedException();

        public Task<NoticeChannel?> SaveAsync(NoticeChannel channel, ChannelTarget? target, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> RemoveAsync(long id, CancellationToken cancel) => throw new NotSupportedException();
    }
}

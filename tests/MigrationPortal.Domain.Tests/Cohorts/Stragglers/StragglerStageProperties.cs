using CsCheck;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Stragglers;

/// <summary>Stages go forward only, each once, with one mail a person, whatever order of looks, of administrators' words and of restarts.</summary>
public sealed class StragglerStageProperties : IWorldClock, IPortalEvents
{
    private const int Projects = 4;
    private DateTimeOffset time = Make.Now;

    private enum Act
    {
        Tick,
        TickTwiceAtOnce,
        HandleWhileItTicks,
        Handle,
        Postpone,
        End,
    }

    private static readonly Gen<(Act What, int Days, int Project)> Step = Gen.Select(Gen.Frequency((6, Gen.Const(Act.Tick)), (2, Gen.Const(Act.TickTwiceAtOnce)), (1, Gen.Const(Act.HandleWhileItTicks)), (1, Gen.Const(Act.Handle)), (1, Gen.Const(Act.Postpone)), (1, Gen.Const(Act.End))), Gen.Int[0, 9], Gen.Int[1, Projects]);

    [Fact]
    public async Task AnyOrder() => await Gen.Select(Step.Array[1, 40], Gen.Int[1, 9]).SampleAsync(async drawn =>
    {
        var (steps, days) = drawn;
        time = Make.Now;
        var (store, mails, notices) = (new MemoryStragglers(), new MemoryPersonMails(), new MemoryNotices());
        var campaign = await store.AddAsync(new StragglerCampaign(0, Make.Production, days, Make.Now.AddDays(3 * days), 14, 5, "a test", Make.Admin, Make.Now), default);
        for (var project = 1; project <= Projects; project++)
            await store.AddAsync(new StragglerCase(0, campaign, Id(project), StragglerStage.Selected, Ladder(project), campaign.FinalAt, null, Make.Admin, Make.Now, 0), default);
        var change = new ChangeStraggler(store, Steps(store), this);
        foreach (var (what, later, project) in steps)
        {
            time += TimeSpan.FromDays(later);
            var before = store.Cases.ToDictionary(one => one.Id);
            switch (what)
            {
                case Act.Tick:
                    await Advance(store, mails, notices).RunAsync(Make.Production, Cases(store), new HashSet<long>(), default);
                    break;
                case Act.TickTwiceAtOnce:
                    // Two replicas saw the same.
                    var seen = Cases(store);
                    await Advance(store, mails, notices).RunAsync(Make.Production, seen, new HashSet<long>(), default);
                    await Advance(store, mails, notices).RunAsync(Make.Production, seen, new HashSet<long>(), default);
                    break;
                case Act.HandleWhileItTicks:
                    // An administrator was quicker than what was read before.
                    var old = Cases(store);
                    await change.RunAsync(Id(project), null, "talked to them", Make.Admin, default);
                    await Advance(store, mails, notices).RunAsync(Make.Production, old, new HashSet<long>(), default);
                    break;
                case Act.Handle:
                    await change.RunAsync(Id(project), null, "talked to them", Make.Admin, default);
                    break;
                case Act.Postpone:
                    await change.RunAsync(Id(project), time.AddDays(1 + later), "they asked", Make.Admin, default);
                    break;
                case Act.End:
                    await new FollowStragglers(store, null!, Steps(store)).EndAsync(store.Cases[project - 1], null, true, default);
                    break;
            }

            foreach (var one in store.Cases)
            {
                (one.Stage >= before[one.Id].Stage).ShouldBeTrue($"{before[one.Id].Stage} → {one.Stage}");
                if (one.Stage == StragglerStage.FinalDate && before[one.Id].Stage != one.Stage) (one.FinalAt - one.Since).ShouldBeGreaterThanOrEqualTo(campaign.Between, "whoever hears of a last day has time until then");
            }
        }

        foreach (var of in store.Steps.GroupBy(one => one.Case))
        {
            of.Select(one => one.Step.Stage).ShouldBeUnique();
            var times = of.Where(one => one.Step.Stage is StragglerStage.Asked or StragglerStage.Reminded or StragglerStage.FinalDate).Select(one => one.Step.At).ToList();
            times.Zip(times.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= campaign.Between);
        }

        // Each mail names what came into its stage at that moment: none twice, none missing.
        foreach (var stage in (StragglerStage[])[StragglerStage.Asked, StragglerStage.Reminded, StragglerStage.FinalDate])
        {
            var told = mails.All.Where(mail => mail.Mail.Key.Contains($"/{stage.Word()}/", StringComparison.Ordinal)).SelectMany(mail => mail.Mail.Text.Split('\n').Where(line => line.StartsWith("- project", StringComparison.Ordinal)).Select(line => (mail.Mail.Person, line.Split(':')[0]))).ToList();
            told.ShouldBeUnique();
            told.Count.ShouldBe(store.Steps.Where(one => one.Step.Stage == stage).Sum(one => Ladder((int)one.Case).At(stage).Count));
        }
    }, iter: 300, threads: 1);

    [Fact]
    public async Task ThePeopleOfManyProjects_GetOneMailAStage_WithEveryProjectInIt()
    {
        var (store, mails, notices) = (new MemoryStragglers(), new MemoryPersonMails(), new MemoryNotices());
        var campaign = await store.AddAsync(new StragglerCampaign(0, Make.Production, 7, Make.Now.AddDays(30), 14, 5, "a test", Make.Admin, Make.Now), default);
        for (var project = 1; project <= Projects; project++)
            await store.AddAsync(new StragglerCase(0, campaign, Id(project), StragglerStage.Selected, project == 4 ? null : Ladder(1), campaign.FinalAt, null, Make.Admin, Make.Now, 0), default);

        // Nobody is asked while it is not known whom to ask for all of them, for a day at most.
        await Advance(store, mails, notices).RunAsync(Make.Production, Cases(store), new HashSet<long>(), default);
        mails.All.ShouldBeEmpty();
        time = Make.Now.AddDays(1);
        await Advance(store, mails, notices).RunAsync(Make.Production, Cases(store), new HashSet<long> { campaign.Id }, default);

        var mail = mails.All.ShouldHaveSingleItem().Mail;
        mail.Subject.ShouldBe("CI jobs of 3 of your projects still run on docker");
        mail.Text.ShouldContain("- project 1: release/1 (schedule)\n- project 2: release/1 (schedule)\n- project 3: release/1 (schedule)\n");
        mail.Text.ShouldContain($"The docker runners end for them on {StragglerWords.Day(campaign.FinalAt)}.");
        (mail.Link, store.Cases[3].Stage).ShouldBe(("my-projects", StragglerStage.Selected));
        var told = notices.Told.ShouldHaveSingleItem();
        (told.Kind, told.Sentence).ShouldBe((NoticeKind.StragglersAsked, "The people of 3 projects are asked about their jobs that still run on docker."));
    }

    [Fact]
    public async Task PastTheLastDay_AdministratorsAreToldOnce()
    {
        var (store, mails, notices) = (new MemoryStragglers(), new MemoryPersonMails(), new MemoryNotices());
        var campaign = await store.AddAsync(new StragglerCampaign(0, Make.Production, 7, Make.Now.AddDays(14), 14, 5, "a test", Make.Admin, Make.Now), default);
        await store.AddAsync(new StragglerCase(0, campaign, Id(1), StragglerStage.Selected, new ContactLadder([]), campaign.FinalAt, null, Make.Admin, Make.Now, 0), default);
        for (var day = 0; day < 40; day++)
        {
            time = Make.Now.AddDays(day);
            await Advance(store, mails, notices).RunAsync(Make.Production, Cases(store), new HashSet<long>(), default);
        }

        mails.All.ShouldBeEmpty("nobody can be asked");
        store.Steps.Select(one => (one.Step.Stage, (one.Step.At - Make.Now).TotalDays)).ShouldBe([(StragglerStage.Selected, 0), (StragglerStage.Asked, 0), (StragglerStage.Reminded, 7), (StragglerStage.FinalDate, 14)]);
        notices.Told.Where(one => one.Kind == NoticeKind.StragglersOverdue).Select(one => one.Key).Distinct().ShouldHaveSingleItem().ShouldBe($"stragglers/1/overdue/{Make.Now.AddDays(21):yyyyMMdd}");
    }

    private AdvanceStragglers Advance(MemoryStragglers store, MemoryPersonMails mails, MemoryNotices notices) => new(store, mails, new MemoryWordings(), notices, new MemoryAudit(), this, this);

    private StragglerSteps Steps(MemoryStragglers store) => new(store, new MemoryAudit(), this, this);

    private static ContactLadder Ladder(int project) => new([new(LadderRung.Committers, [Person(10 + project)]), new(LadderRung.Maintainers, [Person(1), Person(20 + project)]), new(LadderRung.Owners, [Person(2)])]);

    private static IReadOnlyList<(StragglerCase Case, StragglingProject Found)> Cases(MemoryStragglers store) =>
        [.. store.Cases.Where(one => one.Stage != StragglerStage.Gone).Select(one => (one, new StragglingProject(one.Project, $"project {one.Project.Number}", [new JudgedPlace(new StragglerPlace(one.Project, null, "release/1", "schedule", TagSet.Of("old"), true, 3, default), PlaceStanding.Straggles, null)])))];

    private static ProjectId Id(int number) => new(Make.Production, number);

    private static UserId Person(int number) => new(Make.Production, number);

    DateTimeOffset IWorldClock.Now(InstanceId instance) => time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task IPortalEvents.PublishAsync(PortalEvent told, CancellationToken cancel) => Task.CompletedTask;

    IDisposable IPortalEvents.Subscribe(Func<PortalEvent, Task> handler) => throw new NotSupportedException();
}

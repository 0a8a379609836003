using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Graduation;

/// <summary>Phase docker fallback: Kubernetes takes untagged jobs and linux, which it adopted; docker is kept on legacy.</summary>
public sealed class GraduationTests : IWorldClock, ICohortFacts, IMoveTags, IPortalHand, IPortalEvents, IMoveWay
{
    private static readonly MoveTags Tags = new("k8s-default", "docker-fallback", new Dictionary<string, string?>(), new HashSet<string> { "linux", "adopted-in-vain" });

    private readonly MemoryEnrollments enrollments = new();
    private readonly MemoryScans scans = new();
    private readonly MemoryProjects projects = new();
    private readonly MemoryAudit audit = new();
    private readonly MemoryGraduations orders = new();
    private readonly Dictionary<ProjectId, JobTags[]> stood = [];
    private readonly List<ProjectId> undone = [];
    private MigrationFacts facts = CohortPortal.OptIn with { Phase = 3 };
    private PersonToken? hand = new("the portal's");
    private DateTimeOffset time = Make.Now;
    private Func<ProjectId, Outcome<MoveProgress>> answer = _ => new MoveProgress.Open("https://gitlab.example/mr/1", "open", "{}");

    /// <summary>What a job had before, and whether a finding blocks it.</summary>
    [Theory]
    [InlineData("", false, null)]
    [InlineData("linux", false, null)]
    [InlineData("docker", false, "build asked for docker before, which Kubernetes does not take: adopt that tag, or change the job.")]
    [InlineData("linux,docker", false, "build asked for docker before, which Kubernetes does not take: adopt that tag, or change the job.")]
    [InlineData("adopted-in-vain", false, "No Kubernetes runner takes jobs with the tags [adopted-in-vain] at the moment, as build would be.")]
    [InlineData("", true, "build will not work on Kubernetes as it is: mend it first.")]
    public async Task AJob_GraduatesToWhatKubernetesTakes(string before, bool blocked, string? why)
    {
        await MoveAsync(1, before, blocked);
        var plan = (await Reader().RunAsync(Make.Production, default)).Moved.ShouldHaveSingleItem();
        (plan.CanGraduate, plan.WhyNot is [var first, ..] ? first : null, plan.Jobs).ShouldBe((why is null, why, 1));
    }

    [Fact]
    public async Task AProjectWhoseFileIsNotKnown_DoesNotGraduate()
    {
        await MoveAsync(1, "");
        scans.All.Clear();
        (await Reader().RunAsync(Make.Production, default)).Moved.ShouldHaveSingleItem().WhyNot.ShouldHaveSingleItem().ShouldStartWith("Its CI file could not be read");
    }

    [Fact]
    public async Task Refusals_ChangeNothing()
    {
        await MoveAsync(1, "docker");
        No(await GraduateAsync(9)).ShouldBe("not-moved");
        No(await GraduateAsync(1)).ShouldBe("cannot-graduate");
        await MoveAsync(2, "");
        facts = facts with { Phase = 2 };
        No(await GraduateAsync(2)).ShouldBe("not-in-phase");
        facts = facts with { Phase = 3, Evacuated = true };
        No(await GraduateAsync(2)).ShouldBe("not-in-phase");
        facts = facts with { Evacuated = false };
        answer = _ => Refusal.Of(DeskCode.Forbidden, "GitLab says no.");
        No(await GraduateAsync(2)).ShouldBe(DeskCode.Forbidden);

        enrollments.All.ShouldAllBe(one => one.Target == EnrollmentTarget.Kubernetes && (one.State == EnrollmentState.Verified || one.State == EnrollmentState.Moved));
    }

    [Fact]
    public async Task WhatIsDoneAtOnce_IsGraduated_AndLeavesNothingActive()
    {
        await MoveAsync(1, "");
        answer = _ => new MoveProgress.Done("The variable is empty.");
        (await GraduateAsync(1)).ShouldBeOfType<Outcome<Enrollment>.Done>().Result.State.ShouldBe(EnrollmentState.Graduated);
        (await enrollments.ActiveAsync(Id(1), default)).ShouldBeNull();
        (await Reader().RunAsync(Make.Production, default)).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task Started_ItGoesOnAFewAtATime_AndNotWithoutItsOrderHandPhaseOrAutomation()
    {
        foreach (var project in new[] { 1, 2, 3, 4 }) await MoveAsync(project, project == 4 ? "docker" : "");
        (await Run().RunAsync(Make.Production, default)).ShouldBe(0, "nobody has started it");
        (await Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default)).ShouldBeOfType<Outcome<GraduationOrder>.Done>();
        facts = facts with { AutomationOn = false };
        (await Run().RunAsync(Make.Production, default)).ShouldBe(0, "the one switch");
        facts = facts with { AutomationOn = true, Phase = 2 };
        (await Run().RunAsync(Make.Production, default)).ShouldBe(0, "back before the phase");
        facts = facts with { Phase = 3 };

        (await Run().RunAsync(Make.Production, default)).ShouldBe(2);
        (await Run().RunAsync(Make.Production, default)).ShouldBe(0, "two merge requests are open");
        undone.Select(one => one.Number).ShouldBe([1, 2]);
        var leaving = (await enrollments.ActiveAsync(Id(1), default))!;
        (leaving.Target, leaving.State, leaving.By).ShouldBe((EnrollmentTarget.Default, EnrollmentState.Returning, Actor.Portal));

        // The one is merged; the other is closed by its people, who are not asked again until an admin starts anew.
        await enrollments.SaveAsync(leaving.Go(EnrollmentState.Graduated, Actor.Portal, time, "merged"), EnrollmentState.Returning, default);
        var closed = (await enrollments.ActiveAsync(Id(2), default))!;
        time = time.AddHours(1);
        await enrollments.SaveAsync(closed.Go(EnrollmentState.Moved, Actor.Portal, time, "closed") with { Target = EnrollmentTarget.Kubernetes }, EnrollmentState.Returning, default);
        (await Run().RunAsync(Make.Production, default)).ShouldBe(1);
        (await Run().RunAsync(Make.Production, default)).ShouldBe(0);
        undone.Select(one => one.Number).ShouldBe([1, 2, 3]);
        time = time.AddHours(1);
        await Run().StartAsync(Make.Production, 5, "once more", Make.Admin, default);
        (await Run().RunAsync(Make.Production, default)).ShouldBe(1);
        undone[^1].Number.ShouldBe(2);

        No(await Run().StopAsync(Make.Production, Make.Admin, default)).ShouldBeEmpty();
        No(await Run().StopAsync(Make.Production, Make.Admin, default)).ShouldBe("not-started");
        audit.Entries.Select(entry => entry.What).Where(what => what.StartsWith("graduation.", StringComparison.Ordinal)).ShouldBe(["graduation.start", "graduation.start", "graduation.stop"]);
    }

    /// <summary>Stored is that the project leaves; then GitLab was silent, or the portal was killed.</summary>
    [Fact]
    public async Task WhatWasCutOff_GoesOn_AfterAWhile()
    {
        await MoveAsync(1, "");
        await Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default);
        answer = _ => throw new Domain.Instances.GitLabUnavailableException(Make.Production, "GitLab does not answer.", null);
        await Should.ThrowAsync<Domain.Instances.GitLabUnavailableException>(Run().RunAsync(Make.Production, default));
        (await enrollments.ActiveAsync(Id(1), default))!.State.ShouldBe(EnrollmentState.Returning);

        answer = _ => new MoveProgress.Done("taken out");
        time = time.AddMinutes(9);
        await Run().RunAsync(Make.Production, default);
        (await enrollments.ActiveAsync(Id(1), default))!.State.ShouldBe(EnrollmentState.Returning, "the answer may still come");
        time = time.AddMinutes(1);
        await Run().RunAsync(Make.Production, default);
        (await enrollments.NewestAsync(Id(1), default))!.State.ShouldBe(EnrollmentState.Graduated);
    }

    [Fact]
    public async Task Start_NeedsThePhaseAndAHand()
    {
        hand = null;
        No(await Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default)).ShouldBe("observe-mode");
        facts = facts with { Phase = 2 };
        No(await Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default)).ShouldBe("not-in-phase");
        orders.Order.ShouldBeNull();
    }

    private async Task MoveAsync(long project, string before, bool blocked = false)
    {
        stood[Id(project)] = [new JobTags("build", before.Split(',', StringSplitOptions.RemoveEmptyEntries), ["k8s-default"], false)];
        projects.All[Id(project)] = new ObservedProject(new ProjectAccess(Id(project), $"team/app-{project}", true, true, new HashSet<long>()), "main", false, Make.Now, [], [], Make.Now);
        scans.All[Id(project)] = new ProjectScan(Id(project), "main", Make.Now, ScanState.Read, null, [new ScannedJob("build", ["k8s-default"])], blocked ? [new Finding("R01", Severity.Blocks, "build", 1, "It fails.", "Mend it.", null)] : [], []);
        await enrollments.AddAsync(
            new Enrollment(0, Id(project), EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, EnrollmentWay.MergeRequest, EnrollmentState.Verified, null, null, Make.Admin, Make.Now.AddDays(-50 + project), 0) { Original = "{}" }, default);
    }

    private ReadGraduation Reader() => new(
        orders, enrollments, scans, this, new MemoryFleet(Make.Fleet(Make.Kubernetes(11, "k8s-default linux", untagged: true), Make.Legacy(1, "docker docker-fallback", untagged: false))), projects, [this]);

    private GraduateProject Graduate() => new(Reader(), [this], enrollments, scans, this, new EnrollmentSteps(enrollments, audit, this, this));

    private RunGraduation Run() => new(orders, Reader(), Graduate(), enrollments, this, this, audit, this, this);

    private Task<Outcome<Enrollment>> GraduateAsync(long project) => Graduate().RunAsync(Id(project), null, new PersonToken("mine"), Make.Admin, default);

    private static string No<T>(Outcome<T> outcome) => outcome is Outcome<T>.Refused { Refusal: var no } ? no.Code : "";

    private static ProjectId Id(long number) => new(Make.Production, number);

    DateTimeOffset IWorldClock.Now(InstanceId instance) => time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(facts);

    Task<MoveTags> IMoveTags.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Tags);

    PersonToken? IPortalHand.Of(InstanceId instance) => hand;

    Task IPortalEvents.PublishAsync(PortalEvent changed, CancellationToken cancel) => Task.CompletedTask;

    IDisposable IPortalEvents.Subscribe(Func<PortalEvent, Task> handler) => throw new NotSupportedException();

    EnrollmentWay IMoveWay.Way => EnrollmentWay.MergeRequest;

    IReadOnlyList<JobTags> IMoveWay.WhatStood(Enrollment enrollment, IReadOnlyList<ScannedJob> jobs) => stood[enrollment.Project];

    WayOffer IMoveWay.Offer(MovePlan plan) => throw new NotSupportedException();

    Task<Outcome<string>> IMoveWay.LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<MoveProgress>> IMoveWay.ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<MoveProgress>> IMoveWay.UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        undone.Add(enrollment.Project);
        return Task.FromResult(answer(enrollment.Project));
    }

    Task<MoveProgress?> IMoveWay.FollowAsync(Enrollment enrollment, CancellationToken cancel) => throw new NotSupportedException();
}

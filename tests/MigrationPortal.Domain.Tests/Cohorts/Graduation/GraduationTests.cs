using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Graduation;

public sealed class GraduationTests
{
    private readonly GraduationPortal portal = new();

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
        await portal.MoveAsync(1, before, blocked);
        var plan = (await portal.Reader().RunAsync(Make.Production, default)).Moved.ShouldHaveSingleItem();
        (plan.CanGraduate, plan.WhyNot is [var first, ..] ? first : null, plan.Jobs).ShouldBe((why is null, why, 1));
    }

    [Fact]
    public async Task AProjectWhoseFileIsNotKnown_DoesNotGraduate()
    {
        await portal.MoveAsync(1, "");
        portal.Scans.All.Clear();
        (await portal.Reader().RunAsync(Make.Production, default)).Moved.ShouldHaveSingleItem().WhyNot.ShouldHaveSingleItem().ShouldStartWith("Its CI file could not be read");
    }

    [Fact]
    public async Task Refusals_ChangeNothing()
    {
        await portal.MoveAsync(1, "docker");
        No(await portal.GraduateAsync(9)).ShouldBe("not-moved");
        No(await portal.GraduateAsync(1)).ShouldBe("cannot-graduate");
        await portal.MoveAsync(2, "");
        portal.Facts = portal.Facts with { Phase = 2 };
        No(await portal.GraduateAsync(2)).ShouldBe("not-in-phase");
        portal.Facts = portal.Facts with { Phase = 3, Evacuated = true };
        No(await portal.GraduateAsync(2)).ShouldBe("not-in-phase");
        portal.Facts = portal.Facts with { Evacuated = false };
        portal.Answer = _ => Refusal.Of(DeskCode.Forbidden, "GitLab says no.");
        No(await portal.GraduateAsync(2)).ShouldBe(DeskCode.Forbidden);

        portal.Enrollments.All.ShouldAllBe(one => one.Target == EnrollmentTarget.Kubernetes && (one.State == EnrollmentState.Verified || one.State == EnrollmentState.Moved));
    }

    [Fact]
    public async Task WhatIsDoneAtOnce_IsGraduated_AndLeavesNothingActive()
    {
        await portal.MoveAsync(1, "");
        portal.Answer = _ => new MoveProgress.Done("The variable is empty.");
        (await portal.GraduateAsync(1)).ShouldBeOfType<Outcome<Enrollment>.Done>().Result.State.ShouldBe(EnrollmentState.Graduated);
        (await portal.Enrollments.ActiveAsync(GraduationPortal.Id(1), default)).ShouldBeNull();
        (await portal.Reader().RunAsync(Make.Production, default)).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task Started_ItGoesOnAFewAtATime_AndNotWithoutItsOrderHandPhaseOrAutomation()
    {
        foreach (var project in new[] { 1, 2, 3, 4 }) await portal.MoveAsync(project, project == 4 ? "docker" : "");
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(0, "nobody has started it");
        (await portal.Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default)).ShouldBeOfType<Outcome<GraduationOrder>.Done>();
        portal.Facts = portal.Facts with { AutomationOn = false };
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(0, "the one switch");
        portal.Facts = portal.Facts with { AutomationOn = true, Phase = 2 };
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(0, "back before the phase");
        portal.Facts = portal.Facts with { Phase = 3 };

        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(2);
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(0, "two merge requests are open");
        portal.Undone.Select(one => one.Number).ShouldBe([1, 2]);
        var leaving = (await portal.Enrollments.ActiveAsync(GraduationPortal.Id(1), default))!;
        (leaving.Target, leaving.State, leaving.By).ShouldBe((EnrollmentTarget.Default, EnrollmentState.Returning, Actor.Portal));

        // The one is merged; the other is closed by its people, who are not asked again until an admin starts anew.
        await portal.Enrollments.SaveAsync(leaving.Go(EnrollmentState.Graduated, Actor.Portal, portal.Time, "merged"), EnrollmentState.Returning, default);
        var closed = (await portal.Enrollments.ActiveAsync(GraduationPortal.Id(2), default))!;
        portal.Time = portal.Time.AddHours(1);
        await portal.Enrollments.SaveAsync(closed.Go(EnrollmentState.Moved, Actor.Portal, portal.Time, "closed") with { Target = EnrollmentTarget.Kubernetes }, EnrollmentState.Returning, default);
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(1);
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(0);
        portal.Undone.Select(one => one.Number).ShouldBe([1, 2, 3]);
        portal.Time = portal.Time.AddHours(1);
        await portal.Run().StartAsync(Make.Production, 5, "once more", Make.Admin, default);
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(1);
        portal.Undone[^1].Number.ShouldBe(2);

        No(await portal.Run().StopAsync(Make.Production, Make.Admin, default)).ShouldBeEmpty();
        No(await portal.Run().StopAsync(Make.Production, Make.Admin, default)).ShouldBe("not-started");
        portal.Audit.Entries.Select(entry => entry.What).Where(what => what.StartsWith("graduation.", StringComparison.Ordinal)).ShouldBe(["graduation.start", "graduation.start", "graduation.stop"]);
    }

    [Fact]
    public async Task AskedForFewerRequests_ItLeavesTheOthers_AndGoesOnWithTheSame_LessLater()
    {
        foreach (var project in new[] { 1, 2 }) await portal.MoveAsync(project, "");
        await portal.Run().StartAsync(Make.Production, 5, "at last", Make.Admin, default);
        portal.Answer = _ => Refusal.Of(DeskCode.RateLimited, "Too many requests.");
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(0);
        portal.Undone.Select(one => one.Number).ShouldBe([1]);
        (await portal.Enrollments.ActiveAsync(GraduationPortal.Id(1), default))!.State.ShouldBe(EnrollmentState.Returning);

        portal.Answer = _ => new MoveProgress.Done("taken out");
        portal.Time = portal.Time.AddMinutes(10);
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(1);
        foreach (var project in new[] { 1, 2 }) (await portal.Enrollments.NewestAsync(GraduationPortal.Id(project), default))!.State.ShouldBe(EnrollmentState.Graduated);
    }

    [Fact]
    public async Task OneProjectThatGitLabDoesNotAnswerFor_KeepsNobodyElse()
    {
        foreach (var project in new[] { 1, 2 }) await portal.MoveAsync(project, "");
        await portal.Run().StartAsync(Make.Production, 5, "at last", Make.Admin, default);
        portal.Answer = project => project.Number == 1 ? throw new Domain.Instances.GitLabUnavailableException(Make.Production, "no answer") : new MoveProgress.Done("taken out");

        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(1);

        (await portal.Enrollments.NewestAsync(GraduationPortal.Id(2), default))!.State.ShouldBe(EnrollmentState.Graduated);
    }

    /// <summary>Stored is that the project leaves; then GitLab was silent, or the portal was killed.</summary>
    [Fact]
    public async Task WhatWasCutOff_GoesOn_AfterAWhile()
    {
        await portal.MoveAsync(1, "");
        await portal.Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default);
        portal.Answer = _ => throw new Domain.Instances.GitLabUnavailableException(Make.Production, "GitLab does not answer.", null);
        (await portal.Run().RunAsync(Make.Production, default)).ShouldBe(0);
        (await portal.Enrollments.ActiveAsync(GraduationPortal.Id(1), default))!.State.ShouldBe(EnrollmentState.Returning);

        portal.Answer = _ => new MoveProgress.Done("taken out");
        portal.Time = portal.Time.AddMinutes(9);
        await portal.Run().RunAsync(Make.Production, default);
        (await portal.Enrollments.ActiveAsync(GraduationPortal.Id(1), default))!.State.ShouldBe(EnrollmentState.Returning, "the answer may still come");
        portal.Time = portal.Time.AddMinutes(1);
        await portal.Run().RunAsync(Make.Production, default);
        (await portal.Enrollments.NewestAsync(GraduationPortal.Id(1), default))!.State.ShouldBe(EnrollmentState.Graduated);
    }

    [Fact]
    public async Task TheLastStep_IsToldWhatIsLeft_AndNoOther_NorWhereTheTagStaysForGood()
    {
        await portal.MoveAsync(1, "");
        await portal.MoveAsync(2, "docker");
        await portal.MoveAsync(3, "");
        portal.Enrollments.All[2] = portal.Enrollments.All[2] with { Target = EnrollmentTarget.Docker };
        var last = new PlanTarget.ToPhase(Phase.RetireOptInTag, null, null);

        (await FactsAsync(last)).ShouldBe(new GraduationFacts(2, 1, 0, 1, 0, false));
        (await FactsAsync(new PlanTarget.ToPhase(Phase.Decommission, null, null))).ShouldBeNull();
        (await FactsAsync(last, keep: true)).ShouldBeNull();
    }

    private async Task<GraduationFacts?> FactsAsync(PlanTarget.ToPhase target, bool keep = false)
    {
        var migration = new MemoryMigration(Make.Settings() with { KeepOptInTag = keep }, Make.State(Phase.Decommission), new Touches());
        return (await new GraduationOfStep(portal.Reader(), migration).AddAsync(GateWorld.Facts(7), Make.Production, PhasePolicy.Default(Phase.Decommission), target, default)).Graduation;
    }

    [Fact]
    public async Task Start_NeedsThePhaseAndAHand()
    {
        portal.Hand = null;
        No(await portal.Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default)).ShouldBe("observe-mode");
        portal.Facts = portal.Facts with { Phase = 2 };
        No(await portal.Run().StartAsync(Make.Production, 2, "at last", Make.Admin, default)).ShouldBe("not-in-phase");
        portal.Orders.Order.ShouldBeNull();
    }

    private static string No<T>(Outcome<T> outcome) => outcome is Outcome<T>.Refused { Refusal: var no } ? no.Code : "";
}

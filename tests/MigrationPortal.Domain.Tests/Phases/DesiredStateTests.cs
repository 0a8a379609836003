using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>product.md, "The phases and what they desire", row by row.</summary>
public class DesiredStateTests
{
    private static readonly RunnerAttributes LegacyBefore = Make.Attributes("docker linux", true);

    [Theory]
    // phase            K: tags, untagged, paused                      L: tags, untagged, paused
    [InlineData(Phase.Prepare, "arm k8s-default", false, true, "docker docker-fallback linux", true, false)]
    [InlineData(Phase.OptIn, "arm k8s-default", false, false, "docker docker-fallback linux", true, false)]
    [InlineData(Phase.UntaggedTakeover, "arm k8s-default", true, false, "docker docker-fallback linux", false, false)]
    [InlineData(Phase.DockerFallback, "arm docker k8s-default", true, false, "docker-fallback linux", false, false)]
    [InlineData(Phase.Decommission, "arm docker k8s-default", true, false, "docker linux", true, true)]
    [InlineData(Phase.RetireOptInTag, "arm docker", true, false, "docker linux", true, true)]
    public void Of_EachPhase_DesiresWhatTheTableSays(Phase phase, string k, bool kUntagged, bool kPaused, string l, bool lUntagged, bool lPaused)
    {
        var context = Context([Make.Legacy(1, "docker linux", baseline: LegacyBefore), Make.Kubernetes(11, "arm", paused: true)],
            Make.Settings("docker-fallback", ("docker", TagDecision.Adopt), ("linux", TagDecision.Keep)), Make.Class("docker"));
        var desired = Desired(Make.Target(phase), context);
        desired[11].ShouldBe(Make.Attributes(k, kUntagged, kPaused));
        desired[1].ShouldBe(Make.Attributes(l, lUntagged, lPaused));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(50, 2, 2)]
    [InlineData(51, 3, 3)]
    [InlineData(75, 3, 3)]
    [InlineData(100, 4, 4)]
    public void Of_Ramps_CoverPercentOfRunnersRoundedUp_InOrderOfId(int percent, int k, int l)
    {
        var fleet = Enumerable.Range(1, 4).Select(id => Make.Legacy(id, "docker")).Concat(Enumerable.Range(11, 4).Select(id => Make.Kubernetes(id, "k8s-default"))).ToArray();
        var desired = Desired(Make.Target(Phase.UntaggedTakeover, percent, percent), Context(fleet, Make.Settings()));
        desired.Where(one => one.Key > 10 && one.Value.RunUntagged).Select(one => one.Key).ShouldBe(Enumerable.Range(11, k).Select(id => (long)id));
        desired.Where(one => one.Key < 10 && one.Value.RunUntagged).Select(one => one.Key).ShouldBe(Enumerable.Range(1, l).Select(id => (long)id));
    }

    [Fact]
    public void Ramp_OnePercentOfManyRunners_IsOneRunner_AndStepsAreNested()
    {
        Ramp.Count(1000, 1).ShouldBe(1);
        Ramp.Count(0, 1).ShouldBe(0);
        for (var percent = 1; percent <= 100; percent++) Ramp.Count(37, percent).ShouldBeGreaterThanOrEqualTo(Ramp.Count(37, percent - 1));
    }

    [Fact]
    public void Of_BackFromTakeover_LegacyTakesUntaggedAsBefore()
    {
        var never = Make.Legacy(2, "gpu", false, baseline: Make.Attributes("gpu"));
        var context = Context([Make.Legacy(1, "docker docker-fallback", false, baseline: LegacyBefore), never], Make.Settings());
        var desired = Desired(Make.Target(Phase.OptIn), context);
        desired[1].RunUntagged.ShouldBeTrue();
        desired[1].Tags.ShouldBe(Make.Tags("docker docker-fallback linux"));
        desired[2].ShouldBe(never.Attributes);
    }

    [Fact]
    public void Of_MixedTagSet_StaysWholeOnLegacy_AndThePlanSaysSo()
    {
        var settings = Make.Settings("docker-fallback", ("linux", TagDecision.Adopt), ("gpu", TagDecision.Keep));
        var fleet = new[] { Make.Legacy(1, "linux gpu"), Make.Legacy(2, "linux"), Make.Kubernetes(11, "k8s-default") };
        var desire = DesiredState.Of(Make.Target(Phase.DockerFallback), Context(fleet, settings, Make.Class("linux gpu"), Make.Class("linux")));
        Tags(desire, 1).ShouldBe(Make.Tags("docker-fallback linux gpu"));
        Tags(desire, 2).ShouldBe(Make.Tags("docker-fallback"));
        Tags(desire, 11).ShouldBe(Make.Tags("k8s-default linux"));
        desire.Warnings.Single(one => one.Code == "mixed-tag-set").Message.ShouldContain("[gpu, linux]");
    }

    [Fact]
    public void Of_UndecidedTag_IsKeptWithAWarning_RetiredIsDropped()
    {
        var settings = Make.Settings("docker-fallback", ("old", TagDecision.Retire));
        var desire = DesiredState.Of(Make.Target(Phase.DockerFallback), Context([Make.Legacy(1, "old new")], settings));
        Tags(desire, 1).ShouldBe(Make.Tags("docker-fallback new"));
        desire.Warnings.Single(one => one.Code == "undecided-tags").Message.ShouldContain("new");
    }

    [Fact]
    public void Of_RunnerThatWouldHaveNoTag_GetsTheStandIn_AndLosesItOnTheWayBack()
    {
        var gpu = Make.Legacy(1, "gpu", false, baseline: Make.Attributes("gpu"));
        var settings = Make.Settings("docker-fallback", ("gpu", TagDecision.Adopt));
        var there = Desired(Make.Target(Phase.DockerFallback), Context([gpu], settings))[1];
        there.ShouldBe(Make.Attributes("idle-legacy"));
        var back = gpu with { Observed = gpu.Observed with { Attributes = there } };
        Desired(Make.Target(Phase.UntaggedTakeover), Context([back], settings))[1].ShouldBe(Make.Attributes("gpu"));
    }

    [Fact]
    public void Of_Evacuate_LegacyTakesEverythingBack_KubernetesIsPaused()
    {
        var settings = Make.Settings("docker-fallback", ("linux", TagDecision.Adopt)) with { Translations = new Dictionary<string, string?> { ["large"] = "k8s-large", ["gpu"] = null } };
        var before = Make.Attributes("docker linux large gpu", true);
        var context = Context([Make.Legacy(1, "docker docker-fallback gpu", false, true, before), Make.Kubernetes(11, "k8s-default linux", true)], settings);
        var desired = Desired(new PlanTarget.Evacuate(), context);
        desired[1].ShouldBe(Make.Attributes("docker linux large gpu docker-fallback k8s-default k8s-large", true));
        desired[11].ShouldBe(Make.Attributes("k8s-default linux", true, true));

        var evacuated = context.Fleet.With(desired.ToDictionary(one => Make.Id(one.Key), one => (RunnerAttributes?)one.Value));
        var after = Desired(Make.Target(Phase.DockerFallback), context with { Fleet = evacuated, State = Make.State(Phase.DockerFallback, evacuated: true) });
        after[1].Tags.ShouldBe(Make.Tags("docker docker-fallback gpu large"));
        after[11].Paused.ShouldBeFalse();
    }

    [Fact]
    public void Of_LegacyPausedByAnAdmin_StaysPaused_ButDecommissionIsUndone()
    {
        var paused = Make.Legacy(1, "docker", paused: true, baseline: LegacyBefore);
        Desired(Make.Target(Phase.UntaggedTakeover), Context([paused], Make.Settings()))[1].Paused.ShouldBeTrue();
        var drained = Context([paused], Make.Settings()) with { State = Make.State(Phase.Decommission) };
        Desired(Make.Target(Phase.DockerFallback), drained)[1].Paused.ShouldBeFalse();
    }

    [Fact]
    public void Of_UnconfirmedRole_BlocksPhases_NotEvacuation()
    {
        var open = Make.Runner(1, RunnerRole.Legacy, Make.Attributes("docker", true), confirmed: false);
        var context = Context([open, Make.Kubernetes(11, "k8s-default")], Make.Settings());
        DesiredState.Of(Make.Target(Phase.Prepare), context).Blockers.ShouldContain(one => one.Code == "roles-unconfirmed" && one.Override == null);
        var evacuation = DesiredState.Of(new PlanTarget.Evacuate(), context);
        evacuation.Blockers.ShouldBeEmpty();
        evacuation.Runners.ShouldNotContain(one => one.Runner == Make.Id(1));
    }

    [Fact]
    public void Of_FallbackTagThatJobsAskFor_IsBlockedUnlessNamed_UntilItIsOurs()
    {
        var settings = Make.Settings("docker");
        var context = Context([Make.Legacy(1, "linux", baseline: Make.Attributes("linux", true))], settings, Make.Class("docker"));
        DesiredState.Of(Make.Target(Phase.Prepare), context).Blockers.Single().Override.ShouldBe("fallback-tag:docker");
        var ours = Context([Make.Legacy(1, "linux docker", baseline: Make.Attributes("linux", true))], settings, Make.Class("docker"));
        DesiredState.Of(Make.Target(Phase.Prepare), ours).Blockers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "docker")]
    [InlineData("docker", "docker-fallback")]
    [InlineData("docker docker-fallback", "docker-fallback-2")]
    public void FallbackTag_ProposesOneThatNobodyAsksFor(string asked, string proposed) =>
        FallbackTag.Propose(Make.Census(Make.Class(asked))).ShouldBe(proposed);

    [Fact]
    public void Of_TooManyTagsOnTheWay_IsABlocker()
    {
        var many = Make.Legacy(1, string.Join(' ', Enumerable.Range(0, 50).Select(n => $"t{n}")));
        DesiredState.Of(Make.Target(Phase.Prepare), Context([many], Make.Settings())).Blockers.Single().Code.ShouldBe("too-many-tags");
    }

    [Fact]
    public void Of_EditsAndDeletions_OnlyOfManagedRunners_DeletionsOnlyOfPausedOnes()
    {
        var context = Context([Make.Legacy(1, "docker"), Make.Legacy(2, "docker", paused: true), Make.Runner(3, null, Make.Attributes("a", true), false)], Make.Settings());
        DesiredState.Of(new PlanTarget.EditRunners([new RunnerEdit(3, null, null, true), new RunnerEdit(9, null, null, true)]), context)
            .Blockers.Select(one => one.Code).ShouldBe(["unmanaged-runner", "unknown-runner"]);
        DesiredState.Of(new PlanTarget.EditRunners([new RunnerEdit(1, Domain.Shared.TagSet.Empty, false, null)]), context).Blockers.Single().Code.ShouldBe("no-tags-left");
        var deletion = DesiredState.Of(new PlanTarget.DeleteRunners([1, 2]), context);
        deletion.Blockers.Single().Code.ShouldBe("not-paused");
        deletion.Deletes.ShouldBe([Make.Id(2)]);
    }

    [Fact]
    public void Of_DecideTag_PlansTheCurrentPhaseWithThatDecision()
    {
        var context = Context([Make.Legacy(1, "docker-fallback linux", false, baseline: Make.Attributes("linux", true)), Make.Kubernetes(11, "k8s-default", true)], Make.Settings(), Make.Class("linux"))
            with
        { State = Make.State(Phase.DockerFallback) };
        var desired = Desired(new PlanTarget.DecideTag("linux", TagDecision.Adopt), context);
        desired[1].Tags.ShouldBe(Make.Tags("docker-fallback"));
        desired[11].Tags.ShouldBe(Make.Tags("k8s-default linux"));
    }

    [Fact]
    public void Drift_NamesWhatDiffersFromTheReachedPhase()
    {
        var context = Context([Make.Legacy(1, "docker docker-fallback"), Make.Kubernetes(11, "k8s-default", true)], Make.Settings()) with { State = Make.State(Phase.OptIn) };
        Drift.Of(context).Single().Words.ShouldBe("stops taking untagged jobs");
    }

    private static DesireContext Context(FleetRunner[] runners, MigrationSettings settings, params JobClass[] classes) =>
        new(Make.Fleet(runners), settings, Make.State(), Make.Census(classes));

    private static Dictionary<long, RunnerAttributes> Desired(PlanTarget target, DesireContext context) =>
        DesiredState.Of(target, context).Runners.ToDictionary(one => one.Runner.Number, one => one.Attributes);

    private static Domain.Shared.TagSet Tags(Desire desire, long id) => desire.Runners.Single(one => one.Runner.Number == id).Attributes.Tags;
}

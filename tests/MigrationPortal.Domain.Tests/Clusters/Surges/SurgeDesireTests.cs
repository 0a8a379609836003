using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Clusters.Surges;

public sealed class SurgeDesireTests
{
    [Theory]
    [InlineData(null, null, "k8s-default", false)]
    [InlineData(Phase.Prepare, null, "k8s-default", false)]
    [InlineData(Phase.OptIn, null, "k8s-default", false)]
    [InlineData(Phase.UntaggedTakeover, 0, "k8s-default", false)]
    [InlineData(Phase.UntaggedTakeover, 1, "k8s-default", true)]
    [InlineData(Phase.UntaggedTakeover, null, "k8s-default", true)]
    [InlineData(Phase.DockerFallback, null, "k8s-default linux", true)]
    [InlineData(Phase.Decommission, null, "k8s-default linux", true)]
    [InlineData(Phase.RetireOptInTag, null, "linux", true)]
    public void Kubernetes_IsWhatThePhaseWantsOfANewOne(Phase? phase, int? percent, string tags, bool untagged) =>
        Of(RunnerRole.Kubernetes, null, Make.State(phase, percent)).ShouldBe(Make.Attributes(tags, untagged));

    [Theory]
    [InlineData(null, null, "docker linux", true)]
    [InlineData(Phase.OptIn, null, "docker docker-fallback linux", true)]
    [InlineData(Phase.UntaggedTakeover, 50, "docker docker-fallback linux", true)]
    [InlineData(Phase.UntaggedTakeover, 0, "docker docker-fallback linux", false)]
    [InlineData(Phase.DockerFallback, null, "docker docker-fallback", false)]
    public void Legacy_IsWhatThePhaseWantsOfTheFirstGeneralPurposeOne(Phase? phase, int? percent, string tags, bool untagged) =>
        Of(RunnerRole.Legacy, null, Make.State(phase, 100, percent)).ShouldBe(Make.Attributes(tags, untagged));

    [Fact]
    public void Like_CopiesItsTags_AndNeverItsPause() =>
        Of(RunnerRole.Kubernetes, 12, Make.State(Phase.OptIn)).ShouldBe(Make.Attributes("gpu k8s-default"));

    [Theory]
    [InlineData(RunnerRole.Kubernetes, null, Phase.OptIn, true, "evacuated")]
    [InlineData(RunnerRole.Legacy, null, Phase.Decommission, false, "legacy-ended")]
    [InlineData(RunnerRole.Legacy, 11L, Phase.OptIn, false, "no-model")]
    [InlineData(RunnerRole.Kubernetes, 1L, Phase.OptIn, false, "no-model")]
    public void Refuses(RunnerRole role, long? like, Phase phase, bool evacuated, string code) =>
        SurgeDesire.Of(role, like, Context(Make.State(phase, evacuated: evacuated))).ShouldBeOfType<Outcome<RunnerAttributes>.Refused>().Refusal.Code.ShouldBe(code);

    [Fact]
    public void ALentRunner_ShiftsNoRamp()
    {
        var context = Context(Make.State(Phase.UntaggedTakeover, 50, 50));
        var lent = Make.Runner(99, RunnerRole.Kubernetes, Make.Attributes("k8s-default", true), managed: false);
        var with = context with { Fleet = context.Fleet with { Runners = [.. context.Fleet.Runners, lent] } };

        DesiredState.OfReached(with).Runners.Select(one => (one.Runner, one.Attributes)).ShouldBe(DesiredState.OfReached(context).Runners.Select(one => (one.Runner, one.Attributes)));
    }

    private static RunnerAttributes Of(RunnerRole role, long? like, PhaseState state) => SurgeDesire.Of(role, like, Context(state)).Match(one => one, no => throw new ShouldAssertException(no.Code));

    private static DesireContext Context(PhaseState state) => new(
        Make.Fleet(Make.Legacy(1, "docker linux"), Make.Legacy(2, "gpu-free", untagged: false), Make.Kubernetes(11, "k8s-default"), Make.Kubernetes(12, "k8s-default gpu", paused: true)),
        Make.Settings("docker-fallback", ("linux", TagDecision.Adopt)), state, Make.Census(Make.Class("docker"), Make.Class("")));
}

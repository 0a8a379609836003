using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class PodSignsTests
{
    private static readonly PodCondition Scheduled = new("PodScheduled", true, null, null);

    [Theory]
    [InlineData("Unschedulable", "0/3 nodes are available", WaitKind.Unschedulable)]
    [InlineData("SchedulingGated", "blocked", WaitKind.SchedulingGated)]
    [InlineData(null, null, WaitKind.Unscheduled)]
    public void Unscheduled_SaysWhatTheSchedulerSays(string? reason, string? message, WaitKind kind) =>
        Signs(PodPhase.Pending, [new PodCondition("PodScheduled", false, reason, message)]).Wait().ShouldBe(new PodWait(kind, message));

    [Theory]
    [InlineData("ErrImagePull", WaitKind.ImagePull)]
    [InlineData("ImagePullBackOff", WaitKind.ImagePull)]
    [InlineData("InvalidImageName", WaitKind.ImagePull)]
    [InlineData("ErrImageNeverPull", WaitKind.ImagePull)]
    [InlineData("CreateContainerConfigError", WaitKind.ContainerConfig)]
    [InlineData("RunContainerError", WaitKind.ContainerConfig)]
    [InlineData("CrashLoopBackOff", WaitKind.CrashLoop)]
    [InlineData("SomethingNew", WaitKind.Other)]
    public void WaitingContainer_IsNamedWithItsWords(string reason, WaitKind kind) =>
        Signs(PodPhase.Pending, [Scheduled], new ContainerWaiting("PodInitializing", null), new ContainerWaiting(reason, "said")).Wait().ShouldBe(new PodWait(kind, $"{reason}: said"));

    [Fact]
    public void Creating_Initializing_AndNothingSaid_AreTold()
    {
        Signs(PodPhase.Pending, [Scheduled], new ContainerWaiting("ContainerCreating", null)).Wait()!.Kind.ShouldBe(WaitKind.ContainerCreating);
        Signs(PodPhase.Pending, [Scheduled], new ContainerWaiting("PodInitializing", null)).Wait()!.Kind.ShouldBe(WaitKind.Initializing);
        Signs(PodPhase.Pending, [Scheduled]).Wait()!.Kind.ShouldBe(WaitKind.ContainerCreating);
        Signs(PodPhase.Pending, []).Wait()!.Kind.ShouldBe(WaitKind.Unscheduled);
    }

    [Fact]
    public void RunningAndDone_WaitForNothing_UnlessTheClusterTookThemAway()
    {
        Signs(PodPhase.Running, [Scheduled]).Wait().ShouldBeNull();
        Signs(PodPhase.Succeeded, [Scheduled]).Wait().ShouldBeNull();
        Signs(PodPhase.Failed, [Scheduled]).Wait().ShouldBeNull();
        (Signs(PodPhase.Failed, [Scheduled]) with { StatusReason = "Evicted", StatusMessage = "low on memory" }).Wait().ShouldBe(new PodWait(WaitKind.Disrupted, "Evicted: low on memory"));
        Signs(PodPhase.Running, [new PodCondition("DisruptionTarget", true, "PreemptionByScheduler", "preempting")]).Wait()!.Kind.ShouldBe(WaitKind.Disrupted);
        (Signs(PodPhase.Running, [Scheduled]) with { IsDeleting = true }).Wait()!.Kind.ShouldBe(WaitKind.Terminating);
    }

    [Theory]
    [InlineData("FailedMount", WaitKind.Mount)]
    [InlineData("FailedAttachVolume", WaitKind.Mount)]
    [InlineData("FailedCreatePodSandBox", WaitKind.Sandbox)]
    public void Warning_SaysMoreThanBeingCreated(string reason, WaitKind kind) => PodSigns.FromEvent(reason, "said").ShouldBe(new PodWait(kind, "said"));

    [Fact]
    public void LongMessages_AreCut_AndOtherWarningsAreNone()
    {
        PodSigns.FromEvent("FailedMount", new string('x', 1000))!.Message!.Length.ShouldBe(PodWait.LongestMessage);
        PodSigns.FromEvent("BackOff", "said").ShouldBeNull();
    }

    private static PodSigns Signs(PodPhase phase, PodCondition[] conditions, params ContainerWaiting[] containers) => new(phase, false, null, null, conditions, containers);
}

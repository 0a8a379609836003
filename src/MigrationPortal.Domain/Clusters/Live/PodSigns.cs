namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>What of a pod's status tells why it waits.</summary>
/// <param name="StatusReason">Of the pod itself, such as <c>Evicted</c>.</param>
/// <param name="Containers">Waiting ones, init containers first.</param>
public sealed record PodSigns(
    PodPhase Phase,
    bool IsDeleting,
    string? StatusReason,
    string? StatusMessage,
    IReadOnlyList<PodCondition> Conditions,
    IReadOnlyList<ContainerWaiting> Containers)
{
    /// <returns>Null when it runs or is done.</returns>
    public PodWait? Wait()
    {
        if (Phase is PodPhase.Succeeded) return null;
        if (Conditions.FirstOrDefault(one => one is { Type: "DisruptionTarget", IsTrue: true }) is { } disrupted) return Of(WaitKind.Disrupted, Joined(disrupted.Reason, disrupted.Message));
        if (StatusReason is "Evicted" or "Preempting" or "Shutdown" or "NodeLost" or "Terminated") return Of(WaitKind.Disrupted, Joined(StatusReason, StatusMessage));
        if (Phase is PodPhase.Failed) return null;
        if (IsDeleting) return Of(WaitKind.Terminating, null);
        if (Phase is not PodPhase.Pending) return null;
        var scheduled = Conditions.FirstOrDefault(one => one.Type == "PodScheduled");
        if (scheduled is null) return Of(WaitKind.Unscheduled, null);
        if (!scheduled.IsTrue) return Of(scheduled.Reason == "SchedulingGated" ? WaitKind.SchedulingGated : scheduled.Reason == "Unschedulable" ? WaitKind.Unschedulable : WaitKind.Unscheduled, scheduled.Message);
        // The worst of several: a sidecar that is merely being created says nothing of the one that never will be.
        var worst = Containers.Select(one => (Kind: KindOf(one.Reason), one)).OrderBy(one => Rank(one.Kind)).FirstOrDefault();
        return worst.one is null ? Of(WaitKind.ContainerCreating, null) : Of(worst.Kind, worst.Kind is WaitKind.ContainerCreating or WaitKind.Initializing ? worst.one.Message : Joined(worst.one.Reason, worst.one.Message));
    }

    /// <summary>A Warning event says more than the status of a pod that is being created.</summary>
    public static PodWait? FromEvent(string? reason, string? message) => reason switch
    {
        "FailedMount" or "FailedAttachVolume" => Of(WaitKind.Mount, message),
        "FailedCreatePodSandBox" or "NetworkNotReady" => Of(WaitKind.Sandbox, message),
        _ => null,
    };

    private static WaitKind KindOf(string? reason) => reason switch
    {
        "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "ImageInspectError" or "RegistryUnavailable" or "SignatureValidationFailed" => WaitKind.ImagePull,
        "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" or "PreCreateHookError" or "PreStartHookError" or "PostStartHookError" or "StartError" => WaitKind.ContainerConfig,
        "CrashLoopBackOff" => WaitKind.CrashLoop,
        "PodInitializing" => WaitKind.Initializing,
        "ContainerCreating" or null => WaitKind.ContainerCreating,
        _ => WaitKind.Other,
    };

    private static int Rank(WaitKind kind) => kind switch
    {
        WaitKind.ContainerConfig => 0,
        WaitKind.ImagePull => 1,
        WaitKind.CrashLoop => 2,
        WaitKind.Other => 3,
        WaitKind.ContainerCreating => 4,
        _ => 5,
    };

    private static PodWait Of(WaitKind kind, string? message) =>
        new(kind, string.IsNullOrWhiteSpace(message) ? null : message.Length > PodWait.LongestMessage ? $"{message[..(PodWait.LongestMessage - 1)]}…" : message);

    private static string? Joined(string? reason, string? message) => message is null ? reason : reason is null ? message : $"{reason}: {message}";
}

public sealed record PodCondition(string Type, bool IsTrue, string? Reason, string? Message);

public sealed record ContainerWaiting(string? Reason, string? Message);

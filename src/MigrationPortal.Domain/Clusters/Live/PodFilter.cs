namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>Which job pods are meant; null takes all.</summary>
/// <param name="Runner">Short token.</param>
/// <param name="Text">In the pod's name, project path, node or job id, whatever the case.</param>
public sealed record PodFilter(string? Namespace = null, PodPhase? Phase = null, WaitKind? Reason = null, string? Runner = null, long? Project = null, string? Text = null)
{
    public bool Takes(JobPod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return (Namespace is null || pod.Namespace == Namespace)
            && (Phase is null || pod.Phase == Phase)
            && (Reason is null || pod.Waits?.Kind == Reason)
            && (Runner is null || pod.Runner == Runner)
            && (Project is null || pod.Project == Project)
            && (Text is null || Holds(pod.Name, Text) || Holds(pod.ProjectPath, Text) || (pod.Node is { } node && Holds(node, Text)) || pod.Job.ToString(System.Globalization.CultureInfo.InvariantCulture) == Text);
    }

    private static bool Holds(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}

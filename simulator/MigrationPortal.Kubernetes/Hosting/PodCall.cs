namespace MigrationPortal.Kubernetes;

/// <summary>A call on a pod through the API server, such as a scrape of its metrics.</summary>
/// <param name="Port">Empty: the only one.</param>
/// <param name="Path">With a leading slash.</param>
public sealed record PodCall(string Namespace, string Pod, string Port, string Path);

/// <summary>Where such calls go.</summary>
internal sealed class PodProxy
{
    /// <summary>Text in the form of Prometheus, or null where nobody listens.</summary>
    public Func<PodCall, string?>? Answer { get; set; }
}

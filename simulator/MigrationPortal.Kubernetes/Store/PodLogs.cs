using System.Collections.Concurrent;

namespace MigrationPortal.Kubernetes;

/// <summary>What containers have written; put there by whoever plays them.</summary>
internal sealed class PodLogs
{
    private readonly ConcurrentDictionary<(string Namespace, string Pod, string Container), string> texts = [];

    public void Write(string space, string pod, string container, string text) =>
        texts.AddOrUpdate((space, pod, container), text, (_, known) => known + text);

    public string Read(string space, string pod, string container, long? tail)
    {
        var text = texts.GetValueOrDefault((space, pod, container), "");
        if (tail is null)
        {
            return text;
        }

        var lines = text.TrimEnd('\n').Split('\n');
        return string.Concat(lines.TakeLast((int)Math.Min(tail.Value, lines.Length)).Select(line => line + "\n"));
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>Warnings about pods as <c>Event</c> objects, which a cluster forgets after an hour.</summary>
internal sealed class PodEvents(ClusterObjects objects)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly Queue<(DateTimeOffset At, string Space, string Name)> written = new();
    private int number;

    public void Warn(string space, string pod, string reason, string message, DateTimeOffset now)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{pod}.{++number:x}");
        var stamp = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        objects.Play(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
            ["involvedObject"] = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["namespace"] = space, ["name"] = pod },
            ["reason"] = reason,
            ["message"] = message,
            ["type"] = "Warning",
            ["count"] = 1,
            ["firstTimestamp"] = stamp,
            ["lastTimestamp"] = stamp,
            ["source"] = new JsonObject { ["component"] = reason == "FailedScheduling" ? "default-scheduler" : "kubelet" },
        });
        written.Enqueue((now, space, name));
    }

    public void Forget(DateTimeOffset now)
    {
        while (written.TryPeek(out var oldest) && now - oldest.At > Kept)
        {
            written.Dequeue();
            objects.Remove("events", oldest.Space, oldest.Name);
        }
    }
}

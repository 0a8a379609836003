using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>Amounts of CPU and memory as Kubernetes writes them.</summary>
internal static class Amounts
{
    /// <summary>Milli-CPU and MiB that all containers of a pod ask for.</summary>
    public static (long Cpu, long Memory) RequestedBy(JsonObject pod)
    {
        var requests = pod.Items("spec", "containers").Select(container => container.Map("resources", "requests")).ToList();
        return (requests.Sum(one => Millis(one.Text("cpu"))), requests.Sum(one => Mebis(one.Text("memory"))));
    }

    public static long Millis(string? text) => text is null ? 0 : text.EndsWith('m') ? Number(text[..^1], 1) : Number(text, 1000);

    public static long Mebis(string? text) => text switch
    {
        null => 0,
        _ when text.EndsWith("Gi", StringComparison.Ordinal) => Number(text[..^2], 1024),
        _ when text.EndsWith("Mi", StringComparison.Ordinal) => Number(text[..^2], 1),
        _ => Number(text, 1) >> 20,
    };

    private static long Number(string text, int factor) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (long)(number * factor) : 0;
}

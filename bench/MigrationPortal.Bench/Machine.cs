using System.Globalization;
using System.Runtime.InteropServices;

namespace MigrationPortal.Bench;

/// <summary>What the figures were measured on: a figure without its machine means nothing.</summary>
public static class Machine
{
    public static IEnumerable<string> Describe(DateTimeOffset now, string server)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"# {now:yyyy-MM-dd HH:mm} UTC");
        yield return $"# {Environment.ProcessorCount} cores, {Processor()}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"# {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB memory, {RuntimeInformation.OSDescription}");
        yield return $"# {RuntimeInformation.FrameworkDescription}, PostgreSQL {server}, on the same machine, durable";
        yield return "# name measured limit ratio goal ok|short";
    }

    /// <summary>Processes that ran or wanted to over the last minute, on average; empty where the system does not say.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(one => one.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

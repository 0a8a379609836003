using System.Globalization;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed partial class MemoryRule : ReadinessRule
{
    /// <summary>kubernetes-executor.md 5.2: from three quarters of the limit on.</summary>
    private const double MostOfLimit = 0.75;

    /// <summary>Below this a heap fits into every usual pod.</summary>
    private const long Small = 1L << 30;

    public override string Id => "R21";

    public override string Title => "more memory than the pod has";

    public override string Why => "A container that uses more memory than its limit is killed at once.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "reason: 'OOMKilled'";

    public override RuleSigns Signs { get; } = new() { Words = ["-Xmx", "-XX:Max", "--max-old", "--max_old"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var memory = Limit(job, profile);
        foreach (var word in job.UsedWords)
        {
            foreach (var match in Heap().Matches(word.Text).Cast<Match>())
            {
                var bytes = Bytes(match);
                if (memory is { } limit ? bytes < limit * MostOfLimit : bytes < Small) continue;
                var size = memory is { } known ? $"the container has {known / (double)(1 << 30):0.#} GiB" : "a pod may have less";
                yield return Found(job, Usual, word.Line, $"{match.Value} asks for {bytes / (double)(1 << 30):0.#} GiB of memory, and {size}.", $"variables:\n  KUBERNETES_MEMORY_REQUEST: {Wanted(bytes)}Mi\n  KUBERNETES_MEMORY_LIMIT: {Wanted(bytes)}Mi\nWhere the runner does not allow it, make the heap smaller.");
            }
        }
    }

    /// <summary>What the job asks for, where the runner lets it; else what the runner gives.</summary>
    private static double? Limit(JobView job, RunnerProfile profile)
    {
        const string name = "KUBERNETES_MEMORY_LIMIT";
        return profile.OverwriteLimits.TryGetValue(name, out var most) && Quantity.Read(most) is { } limit && job.Variables.Of(name).FirstOrDefault() is { } own && Quantity.Read(own.Value) is { } asked && asked <= limit
            ? asked
            : profile.MemoryLimit;
    }

    private static long Bytes(Match match)
    {
        var number = double.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
        var unit = match.Groups["u"].Value.ToLowerInvariant();
        return (long)(number * (unit switch { "g" => 1L << 30, "m" => 1L << 20, "k" => 1L << 10, "t" => 1L << 40, _ => match.Value.StartsWith("--max", StringComparison.Ordinal) ? 1L << 20 : 1 }));
    }

    private static long Wanted(long bytes) => (bytes / MostOfLimitBytes) switch { < 256 => 256, var mib => mib };

    private const long MostOfLimitBytes = (long)((1 << 20) * MostOfLimit);

    [GeneratedRegex(@"(?:-Xmx|-XX:MaxHeapSize=|-XX:MaxRAM=|--max[-_]old[-_]space[-_]size[= ])(?<n>\d{1,9})(?<u>[kKmMgGtT]?)")]
    private static partial Regex Heap();
}

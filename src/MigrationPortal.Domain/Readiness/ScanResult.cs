using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Readiness;

/// <param name="Findings">By line, then by rule; worst first on one line.</param>
public sealed record ScanResult(CiConfiguration Configuration, IReadOnlyList<Finding> Findings)
{
    /// <summary>Jobs that were looked at.</summary>
    public int Jobs => Configuration.Jobs.Count;

    /// <summary>Jobs with a finding that blocks.</summary>
    public IReadOnlySet<string> Blocked { get; } =
        Findings.Where(finding => finding is { Severity: Severity.Blocks, Job: not null }).Select(finding => finding.Job!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Jobs that nothing blocks; null when the file could not be read.</summary>
    public int? Ready => Configuration.Problems.Any(problem => problem.Stops) ? null : Jobs - Blocked.Count;
}

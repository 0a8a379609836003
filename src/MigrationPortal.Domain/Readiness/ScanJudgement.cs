namespace MigrationPortal.Domain.Readiness;

/// <summary>A job that will fail on Kubernetes.</summary>
/// <param name="Tags">As its CI file writes them.</param>
/// <param name="Rules">That block it and that nobody acknowledged, in their order.</param>
public sealed record BlockedJob(string Name, IReadOnlyList<string> Tags, IReadOnlyList<string> Rules);

/// <summary>
/// What a scan means once its people have had their word: a finding that somebody acknowledged blocks nothing. The one place
/// where both are put together, for cards, lists, moves and predictions alike. Pure.
/// </summary>
public sealed class ScanJudgement
{
    private readonly HashSet<string> _blocked;

    private ScanJudgement(int jobs, IReadOnlyList<BlockedJob> blocked, int likely)
    {
        Blocked = blocked;
        _blocked = blocked.Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        Ready = jobs - blocked.Count;
        Score = jobs == 0 ? 100 : (int)Math.Floor(100.0 * (Ready - (likely / 2.0)) / jobs);
    }

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<BlockedJob> Blocked { get; }

    /// <summary>Jobs that nothing blocks.</summary>
    public int Ready { get; }

    /// <summary>0 to 100: a job that nothing touches counts whole, one that will likely fail half, a blocked one not. 100 without jobs.</summary>
    public int Score { get; }

    public IReadOnlySet<string> BlockedNames => _blocked;

    public bool IsBlocked(string job) => _blocked.Contains(job);

    /// <param name="said">Also of other projects: those are passed over.</param>
    public static ScanJudgement Of(ProjectScan scan, IEnumerable<Acknowledgement> said)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var known = said.Where(one => one.Project == scan.Project).Select(one => (one.Rule, one.Job)).ToHashSet();
        var open = scan.Findings.Where(finding => finding.Job is { } job && !known.Contains((finding.Rule, job))).ToLookup(finding => finding.Job!, StringComparer.Ordinal);
        var jobs = scan.Jobs.Concat(open.Select(job => job.Key).Except(scan.Jobs.Select(job => job.Name), StringComparer.Ordinal).Select(name => new ScannedJob(name, []))).ToList();
        var blocked = jobs.Select(job => new BlockedJob(job.Name, job.Tags, [.. open[job.Name].Where(finding => finding.Severity == Severity.Blocks).Select(finding => finding.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))
            .Where(job => job.Rules.Count > 0).ToList();
        var likely = open.Where(job => job.Any(finding => finding.Severity == Severity.Likely)).Select(job => job.Key).Except(blocked.Select(job => job.Name), StringComparer.Ordinal).Count();
        return new ScanJudgement(scan.Jobs.Count, blocked, likely);
    }
}

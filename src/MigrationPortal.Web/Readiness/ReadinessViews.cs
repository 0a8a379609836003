using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Web.Readiness;

/// <param name="Ready">No finding blocks it, but those that were acknowledged.</param>
public sealed record JobReadinessView(string Name, IReadOnlyList<string> Tags, bool Ready);

public sealed record AcknowledgementView(string Rule, string Job, string Reason, DateTimeOffset At);

/// <param name="ScannedAt">Null: not looked at yet.</param>
/// <param name="Problem">GitLab's own words where the file cannot be read.</param>
/// <param name="Score">0 to 100: a job that nothing touches counts whole, one that will likely fail half, a blocked one not.</param>
/// <param name="Findings">Their lines are those of the merged configuration.</param>
/// <param name="Acknowledged">By maintainers: such a finding no more counts as a predicted failure.</param>
public sealed record ProjectReadinessView(
    long ProjectId, string FullPath, string? Ref, DateTimeOffset? ScannedAt, ScanState? State, string? Problem, int? Score, int? Ready,
    IReadOnlyList<JobReadinessView> Jobs, IReadOnlyList<FindingView> Findings, IReadOnlyList<AcknowledgementView> Acknowledged)
{
    public static ProjectReadinessView Of(long id, string path, ProjectScan? scan, IReadOnlyList<Acknowledgement> acknowledged)
    {
        if (scan is null) return new(id, path, null, null, null, null, null, null, [], [], []);
        var (judged, isRead) = (ScanJudgement.Of(scan, acknowledged), scan.State == ScanState.Read);
        return new(
            id, path, scan.Ref, scan.At, scan.State, scan.Problem, isRead ? judged.Score : null, isRead ? judged.Ready : null,
            [.. scan.Jobs.Select(job => new JobReadinessView(job.Name, job.Tags, !judged.IsBlocked(job.Name)))],
            [.. scan.Findings.Select(ScanEndpoint.View)],
            [.. acknowledged.Select(one => new AcknowledgementView(one.Rule, one.Job, one.Reason, one.At))]);
    }
}

/// <param name="Reason">Why the job will work all the same; needed to acknowledge.</param>
public sealed record AcknowledgeBody(string? Rule, string? Job, string? Reason);

/// <param name="Off">Not asked.</param>
/// <param name="Counts">What its findings count as.</param>
/// <param name="Projects">That it hits.</param>
/// <param name="Jobs">That it hits.</param>
public sealed record RuleView(string Id, string Title, string Why, Severity Usual, string? SeenAs, string Link, bool Off, Severity Counts, int Projects, long Jobs)
{
    /// <summary>How often it was right here; null while none of its jobs ran on Kubernetes.</summary>
    public RulePrecisionView? Precision { get; init; }

    public static IReadOnlyList<RuleView> All(ReadinessSettings settings, ReadinessCounts counts, IReadOnlyList<RulePrecision> precision) =>
    [
        .. ReadinessRules.All.Select(rule => new RuleView(
            rule.Id, rule.Title, rule.Why, rule.Usual, rule.SeenAs, rule.Link, settings.Off.Contains(rule.Id), settings.Weights.TryGetValue(rule.Id, out var weight) ? weight : rule.Usual,
            counts.ByRule.Where(one => one.Rule == rule.Id).Sum(one => one.Projects), counts.ByRule.Where(one => one.Rule == rule.Id).Sum(one => one.Jobs))
        {
            Precision = precision.Where(one => one.Rule == rule.Id).Select(RulePrecisionView.Of).SingleOrDefault(),
        }),
    ];
}

/// <param name="CameTrue">Jobs that it named and that fail on Kubernetes more than on docker (Fisher's exact test, 0.05).</param>
/// <param name="CameOtherwise">Jobs that it named and that work on Kubernetes more often than not.</param>
/// <param name="Open">Jobs that it named and that ran there too seldom to say, or fail on docker too.</param>
/// <param name="Value">Fraction that came true of those that came either way; null without any.</param>
/// <param name="Low">Lower limit at 95 % (Wilson).</param>
public sealed record RulePrecisionView(int CameTrue, int CameOtherwise, int Open, double? Value, double? Low, double? High)
{
    public static RulePrecisionView Of(RulePrecision of)
    {
        ArgumentNullException.ThrowIfNull(of);
        return new(of.CameTrue, of.CameOtherwise, of.Open, of.Value, of.Limits?.Low, of.Limits?.High);
    }
}

/// <param name="Counts">What its findings count as instead; null: as the rule says.</param>
public sealed record RuleBody(bool? Off, Severity? Counts);

/// <param name="Rules">Those that hit, worst first.</param>
public sealed record ScannedProjectView(long ProjectId, string FullPath, DateTimeOffset ScannedAt, ScanState State, string? Problem, int Jobs, int Blocked, int Score, IReadOnlyList<string> Rules);

/// <param name="Projects">Not archived.</param>
/// <param name="Read">With a CI file that could be read.</param>
/// <param name="Ready">Of those, without a blocked job.</param>
public sealed record ReadinessView(int Projects, int Scanned, int Read, int Ready, long Jobs, long BlockedJobs);

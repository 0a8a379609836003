using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>How many projects and jobs are ready, which rules hit most, and each project that was looked at.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ReadinessPage
{
    private const string PageKey = "page";
    private const string RuleKey = "rule";
    private const int Step = 50;

    private static readonly KeyValuePair<string, string?>[] Nothing = [new(RuleKey, null), new("q", null), new(PageKey, null)];

    private ReadinessCounts? counts;
    private IReadOnlyList<ScannedProject> rows = [];
    private int page = 1;
    private bool hasMore;
    private (string? Rule, string? Search)? _asked;

    [Inject]
    private IScanStore Scans { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Readiness];

    private string? Rule => Url[RuleKey];

    private IReadOnlyList<FilterDef> Filters =>
    [
        new(RuleKey, "rule", [.. (counts?.ByRule ?? []).Select(one => one.Rule).Distinct().Order(StringComparer.Ordinal).Select(rule => new FilterOption(rule, FindingLook.Name(rule)))]) { OnlyOne = true },
    ];

    private string Headline => counts switch
    {
        null or { Scanned: 0 } => "Readiness",
        { Read: 0 } => "No CI file could be read yet",
        { BlockedJobs: 0 } => $"{Words.Count(counts.Ready)} of {Words.Count(counts.Read, "project")} {(counts.Ready == 1 ? "is" : "are")} ready: none of {Words.Count(counts.Jobs, "job")} is predicted to fail",
        _ => $"{Words.Count(counts.Ready)} of {Words.Count(counts.Read, "project")} {(counts.Ready == 1 ? "is" : "are")} ready: {Words.Count(counts.BlockedJobs, "job")} of {Words.Count(counts.Jobs)} will fail",
    };

    private string Said => counts is not { Scanned: > 0 }
        ? "What in projects' CI files will not run on Kubernetes as it does on docker."
        : "What in projects' CI files will not run on Kubernetes as it does on docker, as of their default branches. A prediction: what a file does not tell, nobody can read in it.";

    private string Span => rows.Count == 0 ? "none" : $"{Words.Count(((page - 1) * Step) + 1)} to {Words.Count(((page - 1) * Step) + rows.Count)}, most jobs that will fail first";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var asked = (Rule, Url["q"]);
        page = int.TryParse(Url[PageKey], NumberStyles.None, CultureInfo.InvariantCulture, out var wished) ? Math.Clamp(wished, 1, 10_000) : 1;
        // Another question begins at its first page.
        if (page > 1 && _asked is { } before && asked != before)
        {
            _asked = asked;
            Url.Set(PageKey, null);
            return;
        }

        _asked = asked;
        var found = await Scans.ListAsync(Instance, asked.Rule, asked.Item2, Step + 1, (page - 1) * Step, cancel);
        (rows, hasMore) = ([.. found.Take(Step)], found.Count > Step);
        counts = await Scans.CountsAsync(Instance, cancel);
    }

    private void PickRule(string rule) => Url.Set([new(RuleKey, Rule == rule ? null : rule), new(PageKey, null)]);

    private static string Number(int page) => page.ToString(CultureInfo.InvariantCulture);
}

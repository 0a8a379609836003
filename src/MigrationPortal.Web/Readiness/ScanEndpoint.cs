using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <param name="Yaml">A CI file, or the merged configuration of GitLab's CI lint.</param>
/// <param name="Profile">The Kubernetes runner to judge by; null: the executor's defaults.</param>
public sealed record ScanBody(string? Yaml, ProfileBody? Profile);

/// <param name="Rule"><c>R01</c> to <c>R45</c>; <c>syntax</c>, <c>limit</c>, <c>extends</c> or <c>reference</c> where the file itself cannot be read.</param>
/// <param name="Job">Null: the whole file.</param>
/// <param name="Line">From 1; 0 when no single line is at fault.</param>
public sealed record FindingView(string Rule, Severity Severity, string? Job, int Line, string Message, string Remedy, string? Link);

/// <param name="Jobs">Jobs that were looked at; hidden jobs and trigger jobs are none.</param>
/// <param name="Ready">Jobs that nothing blocks; null when the file could not be read.</param>
/// <param name="Includes">What the file includes: not followed, so not in this answer.</param>
public sealed record ScanView(IReadOnlyList<FindingView> Findings, int Jobs, int? Ready, IReadOnlyList<string> Includes);

/// <summary>Stateless: what in a CI file will not run on Kubernetes as it does on docker?</summary>
internal static class ScanEndpoint
{
    /// <summary>Bytes; GitLab itself takes 2 MB of YAML.</summary>
    private const long LongestBody = 8 * 1024 * 1024;

    private static readonly CiLimits Limits = new(Characters: 4 * 1024 * 1024, Nodes: 2_000_000);

    public static void MapScan(this IEndpointRouteBuilder api) =>
        api.MapPost("/readiness/scan", Scan).RequireScope(TokenScope.SelfService, TokenScope.Read).WithTags("Readiness").WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .WithSummary("What in a CI file will not run on Kubernetes as it does on docker: each finding with rule, job, line, reason and remedy");

    private static Results<Ok<ScanView>, ProblemHttpResult> Scan(ScanBody body)
    {
        var errors = new RequestErrors();
        if (string.IsNullOrWhiteSpace(body.Yaml)) errors.Add("yaml", "Needed: the text of a CI file.");
        var profile = body.Profile?.Read(errors) ?? RunnerProfile.Default;
        if (errors.Any) return errors.ToProblem();
        var result = ReadinessScanner.Default.Scan(body.Yaml!, profile, Limits);
        return TypedResults.Ok(new ScanView([.. result.Findings.Select(View)], result.Jobs, result.Ready, result.Configuration.Includes));
    }

    internal static FindingView View(Finding finding) => new(finding.Rule, finding.Severity, finding.Job, finding.Line, finding.Message, finding.Remedy, finding.Link);
}

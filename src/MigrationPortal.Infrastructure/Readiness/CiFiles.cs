using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Infrastructure.Readiness;

/// <summary>GitLab's CI lint, asked for the default branch as the portal: one request a project.</summary>
internal sealed class CiFiles(IProjectReader projects) : ICiFiles
{
    private static readonly GitLabCaller.Portal Caller = new(RequestPurpose.Readiness);

    public async Task<CiReading> ReadAsync(ScanSubject subject, CancellationToken cancel) =>
        (await projects.LintAsync(Caller, subject.Project, subject.Ref, dryRun: false, cancel)).Match(
            lint => lint.Valid && lint.MergedYaml is not null
                ? new CiReading(ScanState.Read, lint.MergedYaml, null, [.. lint.Includes.Select(one => ScannedInclude.Of(one.Type, one.Location, one.Project, one.Ref))])
                : new CiReading(IsAbsent(lint) ? ScanState.NoFile : ScanState.Invalid, null, string.Join(" ", lint.Errors), []),
            // A scan that says nothing would take the place of one that says something.
            refusal => refusal.Code == DeskCode.RateLimited ? throw new GitLabUnavailableException(subject.Project.Instance, string.Join(" ", refusal.Reasons)) { Status = 429, RetryAfter = refusal.RetryAfter } : new CiReading(refusal.Code == DeskCode.NotFound ? ScanState.NoFile : ScanState.Refused, null, string.Join(" ", refusal.Reasons), []));

    /// <summary>What GitLab says where there is no file.</summary>
    private static bool IsAbsent(CiLint lint) => lint.Errors is [var only] && only.StartsWith("Please provide content of", StringComparison.Ordinal);
}

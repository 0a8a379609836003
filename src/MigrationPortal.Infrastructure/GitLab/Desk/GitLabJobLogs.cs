using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabJobLogs(DeskCalls calls) : IJobLogs
{
    private const string TooLong = "log-too-long";

    public async Task<Outcome<JobLog>> ReadAsync(GitLabCaller caller, JobId job, ProjectId project, CancellationToken cancel)
    {
        try
        {
            var asked = await calls.As(project.Instance, caller).AskAsync(
                (api, person, purpose) => api.TraceAsync(project.Number, job.Number, person, purpose, JobLog.Longest, true, cancel),
                (string tail) => tail.Length == 0 ? JobLog.Without(LogState.Empty) : new JobLog(LogState.Read, tail),
                said => said == LogTail.TooLongMessage ? TooLong : null);
            return asked.Match<Outcome<JobLog>>(log => log, no => no.Code switch
            {
                TooLong => JobLog.Without(LogState.TooLong),
                DeskCode.NotFound => JobLog.Without(LogState.Missing),
                _ => no,
            });
        }
        catch (BudgetSpentException spent)
        {
            return Refusal.Of(DeskCode.RateLimited, $"The portal has asked GitLab as much as it may for now. Try again in {Math.Ceiling(spent.ComesBackIn.TotalSeconds):0} seconds.") with { RetryAfter = spent.ComesBackIn };
        }
    }
}

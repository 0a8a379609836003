using System.Security.Claims;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Cohorts;

/// <summary>
/// Reads a failed job's log in the name of whoever asks, so that GitLab itself says whether they may. Without a GitLab session
/// (an API token), or with one that may not read logs, the portal's own token reads it: the caller has shown that they maintain
/// the project, or that they may read everything.
/// </summary>
public sealed class FailureActs
{
    private readonly ExplainFailures _explain;
    private readonly UserSessions _sessions;

    internal FailureActs(ExplainFailures explain, UserSessions sessions) => (_explain, _sessions) = (explain, sessions);

    /// <returns>Refuses as <see cref="ExplainFailures.RunAsync"/>.</returns>
    public async Task<Outcome<FailedJob>> ExplainAsync(ClaimsPrincipal person, ProjectId project, long job, CancellationToken cancel)
    {
        if (person.User()?.Instance == project.Instance && await _sessions.AccessTokenAsync(person, cancel) is { } token)
        {
            var told = await _explain.RunAsync(new PersonToken(token), project, job, cancel);
            if (told is not Outcome<FailedJob>.Refused { Refusal.Code: DeskCode.ConsentNeeded }) return told;
        }

        return await _explain.RunAsync(new GitLabCaller.Portal(RequestPurpose.Logs), project, job, cancel);
    }
}

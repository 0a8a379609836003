using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Takes back a runner that the portal has just made, because the rest did not come about. Runners that have worked leave by a
/// plan, which knows whose jobs they serve.
/// </summary>
public sealed class WithdrawRunner(IRunnerGateway gitlab, IAuditTrail audit, IWorldClock clock)
{
    /// <param name="isTold">It was tried before for the same reason, and the audit trail has that.</param>
    /// <returns>True once it is gone. Refuses <c>runner-busy</c>, <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<bool>> RunAsync(RunnerId runner, Actor who, string? reason, bool isTold, CancellationToken cancel)
    {
        if (await BusyAsync(runner, cancel) is { } busy) return busy;
        if (!isTold) await audit.AppendAsync(new AuditEntry(clock.Now(runner.Instance), runner.Instance, who, "runner.withdraw", $"runner/{runner.Number}", reason, null, null), cancel);
        return await gitlab.DeleteAsync(runner, cancel) switch
        {
            GitLabAnswer.Gone => true,
            GitLabAnswer.Refused(var status, var message) => Refusal.Of("gitlab-refused", $"GitLab does not delete runner {runner.Number} ({status}): {message}"),
            GitLabAnswer.Unavailable(var message, var again) => Refusal.Of("gitlab-unavailable", message) with { RetryAfter = again },
            _ => throw new InvalidOperationException("An answer that deleting does not give."),
        };
    }

    /// <summary>It takes no further job; those that it has go on.</summary>
    /// <returns>Whether it is there. Refuses <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<bool>> PauseAsync(RunnerId runner, Actor who, string? reason, CancellationToken cancel)
    {
        var answer = (await gitlab.ReadAsync([runner], cancel))[0];
        if (answer is GitLabAnswer.Runner { Attributes: { Paused: false } attributes })
        {
            await audit.AppendAsync(new AuditEntry(clock.Now(runner.Instance), runner.Instance, who, "runner.pause", $"runner/{runner.Number}", reason, null, null), cancel);
            answer = await gitlab.WriteAsync(runner, attributes with { Paused = true }, null, cancel);
        }

        return answer switch
        {
            GitLabAnswer.Runner => true,
            GitLabAnswer.Gone or GitLabAnswer.Refused(404, _) => false,
            GitLabAnswer.Refused(var status, var message) => Refusal.Of("gitlab-refused", $"GitLab does not pause runner {runner.Number} ({status}): {message}"),
            GitLabAnswer.Unavailable(var message, var again) => Refusal.Of("gitlab-unavailable", message) with { RetryAfter = again },
            _ => throw new InvalidOperationException("An answer without a case."),
        };
    }

    /// <returns>Why it may not go: <c>runner-busy</c> or <c>gitlab-unavailable</c>; null: it may.</returns>
    public async Task<Refusal?> BusyAsync(RunnerId runner, CancellationToken cancel)
    {
        try
        {
            return await gitlab.RunningJobsAsync(runner, cancel) is > 0 and var running ? Refusal.Of("runner-busy", $"Runner {runner.Number} is running {running} jobs: drain it first.") : null;
        }
        catch (GitLabUnavailableException fault)
        {
            return Refusal.Of("gitlab-unavailable", fault.Message) with { RetryAfter = fault.RetryAfter };
        }
    }
}

using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Single runners that no plan holds: those that a surge lends, and QA's that rest meanwhile. What is already so is not written;
/// what is written is audited before GitLab is asked.
/// </summary>
public sealed class TendRunner(IRunnerGateway gitlab, IAuditTrail audit, IWorldClock clock)
{
    /// <returns>Null: there is no such runner. Refuses <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<RunnerAttributes?>> ReadAsync(RunnerId runner, CancellationToken cancel) =>
        (await gitlab.ReadAsync([runner], cancel))[0] switch
        {
            GitLabAnswer.Runner seen => (Outcome<RunnerAttributes?>)seen.Attributes,
            GitLabAnswer.Gone => new Outcome<RunnerAttributes?>.Done(null),
            var no => No(runner, no),
        };

    /// <param name="change">From what GitLab shows to what it is to be.</param>
    /// <returns>False: there is no such runner. Refuses <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<bool>> SetAsync(RunnerId runner, Func<RunnerAttributes, RunnerAttributes> change, string? reason, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (!(await ReadAsync(runner, cancel)).TryGet(out var before, out var no)) return no;
        if (before is null) return false;
        var after = change(before);
        if (after == before) return true;
        await audit.AppendAsync(new AuditEntry(clock.Now(runner.Instance), runner.Instance, Actor.Portal, "runner.tend", $"runner/{runner.Number}", reason, Shown(before), Shown(after)), cancel);
        return await gitlab.WriteAsync(runner, after, null, cancel) switch
        {
            GitLabAnswer.Runner => true,
            GitLabAnswer.Gone => false,
            var other => No(runner, other),
        };
    }

    /// <summary>Gone already is as good.</summary>
    /// <param name="isTold">The wish stands in the audit trail already.</param>
    /// <returns>True. Refuses <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<bool>> RemoveAsync(RunnerId runner, string? reason, bool isTold, CancellationToken cancel)
    {
        if (!isTold)
            await audit.AppendAsync(new AuditEntry(clock.Now(runner.Instance), runner.Instance, Actor.Portal, "runner.remove", $"runner/{runner.Number}", reason, null, null), cancel);
        return await gitlab.DeleteAsync(runner, cancel) is var answer and not GitLabAnswer.Gone ? No(runner, answer) : true;
    }

    /// <returns>Jobs that it runs, as GitLab itself counts. Refuses <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<long>> RunningAsync(RunnerId runner, CancellationToken cancel)
    {
        try
        {
            return await gitlab.RunningJobsAsync(runner, cancel);
        }
        catch (GitLabUnavailableException fault)
        {
            return Refusal.Of("gitlab-unavailable", fault.Message) with { RetryAfter = fault.RetryAfter };
        }
    }

    private static Refusal No(RunnerId runner, GitLabAnswer answer) => answer switch
    {
        GitLabAnswer.Refused(var status, var message) => Refusal.Of("gitlab-refused", $"GitLab refuses a change of runner {runner.Number} ({status}): {message}"),
        GitLabAnswer.Unavailable(var message, var again) => Refusal.Of("gitlab-unavailable", message) with { RetryAfter = again },
        _ => throw new InvalidOperationException("An answer without a case."),
    };

    private static string Shown(RunnerAttributes one) => JsonSerializer.Serialize(new { tags = one.Tags, untagged = one.RunUntagged, paused = one.Paused });
}

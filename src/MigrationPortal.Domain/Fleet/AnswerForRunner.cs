using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>
/// An owner says what becomes of a runner of theirs; whoever calls has proved that it is theirs. Nothing of the runner is changed.
/// </summary>
public sealed class AnswerForRunner(IFleetStore fleet, IOwnerAnswers answers, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <param name="says">Null takes the answer back.</param>
    /// <returns>Refuses <c>unknown-runner</c>, <c>no-owner</c> (the instance's own runners are moved by plans) and <c>reason-missing</c> (kept without a reason).</returns>
    public async Task<Outcome<OwnerAnswer?>> RunAsync(RunnerId runner, OwnerSays? says, string? reason, Actor who, CancellationToken cancel)
    {
        var known = (await fleet.LatestAsync(runner.Instance, cancel))?.Runners.FirstOrDefault(one => one.Id == runner);
        if (known is null) return Refusal.Of("unknown-runner", $"Runner {runner.Number} is not in the last snapshot of {runner.Instance}: wait for the next fleet sweep.");
        if (known.Observed.Type == RunnerType.Instance) return Refusal.Of("no-owner", $"Runner {runner.Number} belongs to the whole instance: plans decide on it, not an owner.");
        if (says == OwnerSays.Keep && string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why the runner stays, so that those who run GitLab can help or plan for it.");
        var (now, before) = (clock.Now(runner.Instance), (await answers.ReadAsync(runner.Instance, cancel)).GetValueOrDefault(runner));
        var after = says is { } word ? new OwnerAnswer(runner, word, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), who, now) : null;
        if (before is null && after is null) return new Outcome<OwnerAnswer?>.Done(null);
        await audit.ChangeAsync<bool>(
            async () =>
            {
                if (after is null) await answers.RemoveAsync(runner, cancel);
                else await answers.SaveAsync(after, cancel);
                return (true, new AuditEntry(now, runner.Instance, who, "runner.answer", $"runner/{runner.Number}", after?.Reason, Json(before), Json(after)));
            },
            cancel);
        await events.PublishAsync(new PortalEvent(PortalTopic.Fleet, runner.Instance, null), cancel);
        return new Outcome<OwnerAnswer?>.Done(after);
    }

    private static string? Json(OwnerAnswer? answer) => answer is null ? null : JsonSerializer.Serialize(new { answer = answer.Word });
}

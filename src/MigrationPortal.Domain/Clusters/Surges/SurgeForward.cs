using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>The way there, one lent runner after the other: QA's runner held, production's made, its token delivered, its manager up. Nothing takes a job before all are.</summary>
public sealed class SurgeForward(SurgeSteps steps, TendRunner tend, RegisterRunner register, RenewToken renew, MarkedRunner marked, IFleetStore fleet, IClusterSecrets secrets, SurgeManager manager, IWorldClock clock, TimeProvider time)
{
    /// <summary>After it GitLab is asked again for a runner that it does not show: a request that was on its way has arrived by then, or never will.</summary>
    internal static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    internal async Task<SurgeTurn> RunAsync(Surge of, CancellationToken cancel)
    {
        var waits = new List<string>();
        for (var index = 0; index < of.Lent.Count; index++)
        {
            while (of.Lent[index].State < LentState.Up)
            {
                if (of.Lent[index] is { NextTry: { } again, Trouble: { } trouble } && again > time.GetUtcNow())
                {
                    waits.Add(trouble);
                    break;
                }

                var turn = await StepAsync(of, index, cancel);
                if (turn is SurgeTurn.Wait(var why, var seen, var failed))
                {
                    waits.Add(why!);
                    of = seen;
                    if (failed is null) break;
                    if (await steps.KeepAsync(of.With(index, of.Lent[index].Fails(why!, failed.RetryAfter, time.GetUtcNow())), cancel) is not { } kept) return new SurgeTurn.Went(null);
                    of = kept;
                    break;
                }

                if (((SurgeTurn.Went)turn).Now is not { State: SurgeState.Starting } next) return turn;
                of = next;
            }
        }

        return waits.Count > 0 ? new SurgeTurn.Wait(string.Join(" ", waits.Distinct()), of) : new SurgeTurn.Went(await steps.GoAsync(of, SurgeState.Lending, Actor.Portal, null, cancel));
    }

    private async Task<SurgeTurn> StepAsync(Surge of, int index, CancellationToken cancel) => of.Lent[index].State switch
    {
        LentState.Planned => await HoldAsync(of, index, cancel),
        LentState.Held => await CreateAsync(of, index, cancel),
        LentState.Made => await DeliverAsync(of, index, null, cancel),
        LentState.Delivered => await ApplyAsync(of, index, cancel),
        LentState.Applied => await HearAsync(of, index, cancel),
        _ => throw new InvalidOperationException("A lent runner that is up already."),
    };

    private async Task<SurgeTurn> HoldAsync(Surge of, int index, CancellationToken cancel)
    {
        var lent = of.Lent[index];
        if (lent.WasPaused is null)
        {
            // What it was is written down before it is changed: it goes back to that.
            if (!(await tend.ReadAsync(lent.Qa, cancel)).TryGet(out var seen, out var no)) return await WaitOrUndoAsync(of, no, cancel);
            if (seen is null) return await UndoAsync(of, $"QA's runner {lent.Name} does not exist any more.", cancel);
            return new SurgeTurn.Went(await steps.KeepAsync(of.With(index, lent with { WasPaused = seen.Paused }), cancel));
        }

        if (!(await tend.SetAsync(lent.Qa, now => now with { Paused = true }, $"lent to production, surge {of.Id}", cancel)).TryGet(out var isThere, out var refused)) return await WaitOrUndoAsync(of, refused, cancel);
        return isThere ? new SurgeTurn.Went(await steps.KeepAsync(of.With(index, lent with { State = LentState.Held }), cancel)) : await UndoAsync(of, $"QA's runner {lent.Name} does not exist any more.", cancel);
    }

    private async Task<SurgeTurn> CreateAsync(Surge of, int index, CancellationToken cancel)
    {
        var lent = of.Lent[index];
        if (lent.AskedGitLabAt is { } asked)
        {
            if (!(await marked.FindAsync(of.Instance, lent.Note, cancel)).TryGet(out var found, out var silent)) return new SurgeTurn.Wait(string.Join(" ", silent.Reasons), of, silent);
            if (found.Number is { } number) return new SurgeTurn.Went(await steps.KeepAsync(of.With(index, lent with { Runner = number, State = LentState.Made }), cancel));
            if (time.GetUtcNow() - asked < OnItsWay) return new SurgeTurn.Wait("Whether GitLab has made the runner is not known yet.", of);
        }

        lent = lent with { AskedGitLabAt = time.GetUtcNow() };
        if (await steps.KeepAsync(of.With(index, lent), cancel) is not { } written) return new SurgeTurn.Went(null);
        of = written;
        var wanted = new NewRunner($"surge {of.Id}: {lent.Name} of {lent.ClusterName}", of.Role, TagSet.Of(of.Tags), of.RunUntagged) { Paused = true, Managed = false, Note = lent.Note };
        if (!(await register.RunAsync(of.Instance, wanted, of.AskedBy, $"surge {of.Id}: {of.Reason}", cancel)).TryGet(out var made, out var no))
            return no.Code == "gitlab-unavailable" ? new SurgeTurn.Wait("Whether GitLab has made the runner is not known yet.", of) : await UndoAsync(of, string.Join(" ", no.Reasons), cancel);
        var there = await steps.KeepAsync(of.With(index, lent with { Runner = made.Id.Number, State = LentState.Made }), cancel);
        return there is null ? new SurgeTurn.Went(null) : await DeliverAsync(there, index, made.Token, cancel);
    }

    /// <param name="token">Null: it died with the process that had it.</param>
    private async Task<SurgeTurn> DeliverAsync(Surge of, int index, string? token, CancellationToken cancel)
    {
        var lent = of.Lent[index];
        // Whichever way it was found: without it the fleet's sweep takes it for one of its own.
        await fleet.SetStandingAsync(new RunnerId(of.Instance, lent.Runner!.Value), of.Standing, cancel);
        if (token is null)
        {
            // A cluster that does not take it would cost a token each turn.
            if (await secrets.TryAsync(lent.Cluster, lent.Place, cancel) is var would and not SecretAnswer.Done) return await PutAsync(of, index, would, cancel);
            if (!(await renew.RunAsync(new RunnerId(of.Instance, lent.Runner.Value), Actor.Portal, $"its token was lost before surge {of.Id} delivered it", cancel)).TryGet(out var renewed, out var no)) return await WaitOrUndoAsync(of, no, cancel);
            token = renewed.Token;
        }

        return await PutAsync(of, index, await secrets.PutAsync(lent.Cluster, lent.Place, token, cancel), cancel);
    }

    private async Task<SurgeTurn> PutAsync(Surge of, int index, SecretAnswer answer, CancellationToken cancel)
    {
        var lent = of.Lent[index];
        return answer switch
        {
            SecretAnswer.Done => new SurgeTurn.Went(await steps.KeepAsync(of.With(index, lent with { State = LentState.Delivered }), cancel)),
            SecretAnswer.Foreign => await UndoAsync(of, $"Secret {lent.Place.Namespace}/{lent.Place.Name} is in {lent.ClusterName} already, and the surge did not make it.", cancel),
            SecretAnswer.Refused(var message) => await UndoAsync(of, $"{lent.ClusterName} refuses the Secret: {message}", cancel),
            SecretAnswer.Unknown(var why, var again) => new SurgeTurn.Wait($"{lent.ClusterName}: {why}", of, Refusal.Of("cluster-unavailable", why) with { RetryAfter = again }),
            _ => throw new InvalidOperationException("An answer without a case."),
        };
    }

    private async Task<SurgeTurn> ApplyAsync(Surge of, int index, CancellationToken cancel)
    {
        var lent = of.Lent[index];
        return (await manager.ApplyAsync(lent, cancel)).TryGet(out _, out var no)
            ? new SurgeTurn.Went(await steps.KeepAsync(of.With(index, lent with { State = LentState.Applied, ContactAfter = clock.Now(of.Instance) }), cancel))
            : await WaitOrUndoAsync(of, no, cancel);
    }

    private async Task<SurgeTurn> HearAsync(Surge of, int index, CancellationToken cancel)
    {
        var lent = of.Lent[index];
        return (await manager.HeardAsync(of, lent, cancel)).TryGet(out var heard, out var no)
            ? new SurgeTurn.Went(await steps.KeepAsync(of.With(index, lent with { State = LentState.Up, ContactAt = heard }), cancel))
            : await WaitOrUndoAsync(of, no, cancel);
    }

    private async Task<SurgeTurn> WaitOrUndoAsync(Surge of, Refusal no, CancellationToken cancel) =>
        no.Code is "gitlab-unavailable" or "cluster-unavailable" or "waiting" ? new SurgeTurn.Wait(string.Join(" ", no.Reasons), of, no.Code == "waiting" ? null : no) : await UndoAsync(of, string.Join(" ", no.Reasons), cancel);

    private async Task<SurgeTurn> UndoAsync(Surge of, string why, CancellationToken cancel) => new SurgeTurn.Went(await steps.GoAsync(of, SurgeState.Pausing, Actor.Portal, why, cancel));
}

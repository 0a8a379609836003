using System.Text.Json.Nodes;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Does one step of an application; done twice, it changes nothing the second time.</summary>
public sealed class DoStep(IClusterObjects objects, IManagerContacts contacts)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <param name="sent">The object as it is to be, of a step that applies one.</param>
    internal Task<StepResult> RunAsync(Application of, ApplyStep step, AppliedObject? sent, CancellationToken cancel) => step.Kind switch
    {
        ApplyStepKind.Apply => ApplyAsync(of, sent!, cancel),
        ApplyStepKind.Remove => RemoveAsync(of, step, cancel),
        ApplyStepKind.RollOut => RollOutAsync(of, step, cancel),
        ApplyStepKind.Contact => ContactAsync(of, cancel),
        _ => throw new InvalidOperationException("A step that is done elsewhere."),
    };

    private async Task<StepResult> ApplyAsync(Application of, AppliedObject sent, CancellationToken cancel)
    {
        var body = JsonNode.Parse(sent.Body)!.AsObject();
        switch (await objects.ApplyAsync(of.Cluster, sent.Key, body, sent.Force, dryRun: false, cancel))
        {
            case ObjectAnswer.Seen { Object.IsGoing: true }:
                return new StepResult.Wait($"{sent.Key} is being deleted: it is made again when it has gone.", Look);
            case ObjectAnswer.Seen seen when PrunedFields.Of(body, seen.Object.Body) is { Count: > 0 } pruned:
                return new StepResult.Failed($"{sent.Key} was written, but the cluster dropped {string.Join(", ", pruned)}.");
            case ObjectAnswer.Seen seen:
                return new StepResult.Ended(seen.Warnings.Count == 0 ? null : string.Join(" ", seen.Warnings), seen.Object.Uid);
            case ObjectAnswer.Conflict conflict:
                return new StepResult.Failed($"Of {sent.Key}, {string.Join(", ", conflict.Fields.Select(one => $"{one.Path} belongs to {one.Manager}"))}: somebody took it since the preview.");
            case ObjectAnswer.Refused no:
                return new StepResult.Failed($"{sent.Key} was refused: {no.Message}");
            case ObjectAnswer.Unknown(var why, var again):
                return new StepResult.Wait(why, again);
            default:
                return new StepResult.Wait($"{sent.Key} is not there after it was written.", Look);
        }
    }

    private async Task<StepResult> RemoveAsync(Application of, ApplyStep step, CancellationToken cancel)
    {
        var key = step.Object!;
        switch (await objects.GetAsync(of.Cluster, key, cancel))
        {
            case ObjectAnswer.Missing:
                return new StepResult.Ended("It is gone.");
            case ObjectAnswer.Unknown(var why, var again):
                return new StepResult.Wait(why, again);
            case ObjectAnswer.Refused no:
                return new StepResult.Failed($"{key} cannot be removed: {no.Message}");
            case ObjectAnswer.Seen { Object: var live } when live.Label(Rendering.ManagedBy) != IClusterObjects.FieldManager || live.OtherConfiguration(of.Configuration) is not null || (step.Uid is { } known && known != live.Uid):
                return new StepResult.Ended($"{key} is another one than the portal made: it stays.", null, ApplyStepState.Skipped);
            case ObjectAnswer.Seen { Object: { IsGoing: true } live }:
                return Going(key, live);
            case ObjectAnswer.Seen { Object: var live }:
                return await objects.DeleteAsync(of.Cluster, key, live.Uid, cancel) switch
                {
                    ObjectAnswer.Unknown(var why, var again) => new StepResult.Wait(why, again),
                    ObjectAnswer.Refused { Status: 409 } => new StepResult.Wait($"{key} changed while it was removed.", Look),
                    ObjectAnswer.Refused no => new StepResult.Failed($"{key} cannot be removed: {no.Message}"),
                    ObjectAnswer.Seen { Object: var going } => Going(key, going),
                    _ => new StepResult.Ended(null),
                };
            default:
                throw new InvalidOperationException("An answer that reading does not give.");
        }
    }

    private static StepResult.Wait Going(ObjectKey key, LiveObject live) =>
        new($"{key} is being deleted{(live.Finalizers.Count > 0 ? $": {string.Join(", ", live.Finalizers)} must let it go first" : "")}.", Look);

    private async Task<StepResult> RollOutAsync(Application of, ApplyStep step, CancellationToken cancel)
    {
        var key = step.Object!;
        switch (await objects.GetAsync(of.Cluster, key, cancel))
        {
            case ObjectAnswer.Seen { Object: var live } when key.Kind == "Runner":
                var found = await objects.ListAsync(of.Cluster, new ObjectKey("apps/v1", "Deployment", key.Namespace, ""), "", cancel);
                if (found is [ObjectAnswer.Unknown(var silent, var later)]) return new StepResult.Wait(silent, later);
                if (found is [ObjectAnswer.Refused refused]) return new StepResult.Failed($"Whether the manager runs cannot be seen: {refused.Message}");
                var made = found.OfType<ObjectAnswer.Seen>().Select(one => one.Object).FirstOrDefault(one => one.IsOwnedBy(live.Uid));
                var written = of.Steps.LastOrDefault(one => one.Kind == ApplyStepKind.Apply && one.Object == key && one.IsRollBack == step.IsRollBack);
                return Of(RollOutVerdict.Of(live, made, written?.Notes), made);
            case ObjectAnswer.Seen { Object: var live }:
                return Of(RollOutVerdict.Of(live), live);
            case ObjectAnswer.Unknown(var why, var again):
                return new StepResult.Wait(why, again);
            case ObjectAnswer.Refused no:
                return new StepResult.Failed($"Whether {key} runs cannot be seen: {no.Message}");
            default:
                return new StepResult.Failed($"{key} is not there any more: somebody removed it.");
        }
    }

    private static StepResult Of(RollOutVerdict verdict, LiveObject? deployment) => verdict switch
    {
        RollOutVerdict.Well(var what) => new StepResult.Ended(what, Template: StepNotes.Of(deployment)),
        RollOutVerdict.Broken(var why) => new StepResult.Failed(why),
        RollOutVerdict.Waits(var why) => new StepResult.Wait(why, Look),
        _ => throw new InvalidOperationException("A verdict without a case."),
    };

    private async Task<StepResult> ContactAsync(Application of, CancellationToken cancel)
    {
        if (of.Runner is not { } number) return new StepResult.Ended("Which runner it is was not known: whether GitLab hears from its manager was not looked at.", State: ApplyStepState.Skipped);
        try
        {
            if (await contacts.ReadAsync(new RunnerId(of.Instance, number), cancel) is not { } managers) return new StepResult.Failed($"Runner {number} does not exist in GitLab any more.");
            var heard = managers.Where(one => one.ContactedAt > of.ContactAfter).ToList();
            var known = OldManagers(of);
            return heard.Where(one => !known.Contains(one.SystemId)).MaxBy(one => one.ContactedAt) switch
            {
                null when heard.Count > 0 => new StepResult.Wait($"GitLab hears from managers of runner {number} that were there before alone ({string.Join(", ", heard.Select(one => one.SystemId))}), which end their jobs: not yet from a new one.", Look),
                null => new StepResult.Wait($"GitLab has not heard from a manager of runner {number} since the change.", Look),
                { Status: RunnerStatus.Offline } one => new StepResult.Wait($"Manager {one.SystemId} of runner {number} is offline.", Look),
                var one => new StepResult.Ended($"GitLab heard from manager {one.SystemId}{(one.Version is { } version ? $" (gitlab-runner {version})" : "")}."),
            };
        }
        catch (GitLabUnavailableException fault)
        {
            return new StepResult.Wait(fault.Message, fault.RetryAfter);
        }
    }

    /// <summary>
    /// Managers that ran before and are not the new pods': those end their jobs for an hour and more, and GitLab hears from them
    /// meanwhile. Where the pods are as they were, their managers are the ones that count.
    /// </summary>
    private static HashSet<string> OldManagers(Application of)
    {
        var before = of.Steps.Where(one => one is { Kind: ApplyStepKind.Apply, IsRollBack: false, Notes: not null }).ToList();
        bool IsSame(ApplyStep one) => one.Notes!.Template is { } template && of.Steps.Any(now => now.Kind == ApplyStepKind.RollOut && !now.IsRollBack && now.Object == one.Object && now.Notes?.Template == template);
        if (before.Any(one => one.Notes!.Managers.Count > 0 && IsSame(one))) return [];
        // One that is made of the machine's own id may be the same in the new pod.
        return [.. before.SelectMany(one => one.Notes!.Managers).Where(one => !one.StartsWith("s_", StringComparison.Ordinal))];
    }
}

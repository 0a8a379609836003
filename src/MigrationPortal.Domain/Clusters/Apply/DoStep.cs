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
        ApplyStepKind.RollOut => RollOutAsync(of, step.Object!, cancel),
        ApplyStepKind.Contact => ContactAsync(of, cancel),
        _ => throw new InvalidOperationException("A step that is done elsewhere."),
    };

    /// <summary>Whether the object is there already, before it is written; null: it cannot be said now.</summary>
    internal async Task<bool?> IsThereAsync(Application of, ObjectKey key, CancellationToken cancel) => await objects.GetAsync(of.Cluster, key, cancel) switch
    {
        ObjectAnswer.Unknown => null,
        ObjectAnswer.Missing => false,
        // One that may not be read counts as somebody's: a roll back does not remove it.
        _ => true,
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
            case ObjectAnswer.Seen { Object: var live } when live.Label(Rendering.ManagedBy) != IClusterObjects.FieldManager || (step.Uid is { } known && known != live.Uid):
                return new StepResult.Ended($"{key} is another one than the portal made: it stays.", null, ApplyStepState.Skipped);
            case ObjectAnswer.Seen { Object: var live }:
                return await objects.DeleteAsync(of.Cluster, key, live.Uid, cancel) switch
                {
                    ObjectAnswer.Unknown(var why, var again) => new StepResult.Wait(why, again),
                    ObjectAnswer.Refused { Status: 409 } => new StepResult.Wait($"{key} changed while it was removed.", Look),
                    ObjectAnswer.Refused no => new StepResult.Failed($"{key} cannot be removed: {no.Message}"),
                    _ => new StepResult.Ended(null),
                };
            default:
                throw new InvalidOperationException("An answer that reading does not give.");
        }
    }

    private async Task<StepResult> RollOutAsync(Application of, ObjectKey key, CancellationToken cancel)
    {
        switch (await objects.GetAsync(of.Cluster, key, cancel))
        {
            case ObjectAnswer.Seen { Object: var live } when key.Kind == "Runner":
                var found = await objects.ListAsync(of.Cluster, new ObjectKey("apps/v1", "Deployment", key.Namespace, ""), "", cancel);
                return found is [ObjectAnswer.Unknown(var silent, var later)] ? new StepResult.Wait(silent, later)
                    : found is [ObjectAnswer.Refused refused] ? new StepResult.Failed($"Whether the manager runs cannot be seen: {refused.Message}")
                    : Of(RollOutVerdict.Of(live, found.OfType<ObjectAnswer.Seen>().Select(one => one.Object)));
            case ObjectAnswer.Seen { Object: var live }:
                return Of(RollOutVerdict.Of(live));
            case ObjectAnswer.Unknown(var why, var again):
                return new StepResult.Wait(why, again);
            case ObjectAnswer.Refused no:
                return new StepResult.Failed($"Whether {key} runs cannot be seen: {no.Message}");
            default:
                return new StepResult.Failed($"{key} is not there any more: somebody removed it.");
        }
    }

    private static StepResult Of(RollOutVerdict verdict) => verdict switch
    {
        RollOutVerdict.Well(var what) => new StepResult.Ended(what),
        RollOutVerdict.Broken(var why) => new StepResult.Failed(why),
        RollOutVerdict.Waits(var why) => new StepResult.Wait(why, Look),
        _ => throw new InvalidOperationException("A verdict without a case."),
    };

    private async Task<StepResult> ContactAsync(Application of, CancellationToken cancel)
    {
        try
        {
            if (await contacts.ReadAsync(new RunnerId(of.Instance, of.Runner!.Value), cancel) is not { } managers) return new StepResult.Failed($"Runner {of.Runner} does not exist in GitLab any more.");
            var heard = managers.Where(one => one.ContactedAt > of.ContactAfter).MaxBy(one => one.ContactedAt);
            if (heard is null) return new StepResult.Wait($"GitLab has not heard from a manager of runner {of.Runner} since the change.", Look);
            return heard.Status == RunnerStatus.Offline ? new StepResult.Wait($"Manager {heard.SystemId} of runner {of.Runner} is offline.", Look)
                : new StepResult.Ended($"GitLab heard from manager {heard.SystemId}{(heard.Version is { } version ? $" (gitlab-runner {version})" : "")}.");
        }
        catch (GitLabUnavailableException fault)
        {
            return new StepResult.Wait(fault.Message, fault.RetryAfter);
        }
    }
}

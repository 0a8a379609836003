using System.Text.Json.Nodes;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Looks at what is there before an object is written for the first time, for the way back and for whoever waits for new pods.</summary>
public sealed class NoteBefore(IClusterObjects objects, IManagerContacts contacts)
{
    internal async Task<NotedBefore> OfAsync(Application of, AppliedObject sent, CancellationToken cancel)
    {
        LiveObject? live = null;
        switch (await objects.GetAsync(of.Cluster, sent.Key, cancel))
        {
            case ObjectAnswer.Unknown(var why, var again):
                return NotedBefore.Stopped(new StepResult.Wait(why, again));
            case ObjectAnswer.Seen { Object: { IsGoing: true } }:
                return NotedBefore.Stopped(new StepResult.Wait($"{sent.Key} is being deleted: it is made again when it has gone.", null));
            case ObjectAnswer.Seen { Object: var seen } when seen.OtherConfiguration(of.Configuration) is { } other:
                return NotedBefore.Stopped(new StepResult.Failed($"{sent.Key} is of configuration {other} by now: two configurations of one release would write over each other."));
            case ObjectAnswer.Seen { Object: var seen } when of.IsGoingBack && !seen.Owners.Any(one => one.IsPortal) && of.Steps.Any(one => one is { IsRollBack: false, State: ApplyStepState.Failed } && one.Object == sent.Key):
                return NotedBefore.Stopped(new StepResult.Ended("Nothing of it was written.", State: ApplyStepState.Skipped));
            case ObjectAnswer.Seen { Object: var seen }:
                live = seen;
                break;
            case ObjectAnswer.Missing:
                return await PodsAsync(of, sent, null, isThere: false, cancel);
        }

        // One that may not be read counts as somebody's: a roll back does not remove it.
        return await PodsAsync(of, sent, live, isThere: true, cancel);
    }

    private async Task<NotedBefore> PodsAsync(Application of, AppliedObject sent, LiveObject? live, bool isThere, CancellationToken cancel)
    {
        var fields = live is null || of.IsGoingBack ? null : FieldsBefore.Of(live, JsonNode.Parse(sent.Body)!.AsObject()).ToJsonString();
        if (sent.Key.Kind is not ("Deployment" or "Runner")) return new NotedBefore(isThere, new StepNotes(fields, live?.Generation, null, []), null);
        var deployment = live;
        if (sent.Key.Kind == "Runner")
        {
            var found = live is null ? [] : await objects.ListAsync(of.Cluster, new ObjectKey("apps/v1", "Deployment", sent.Key.Namespace, ""), "", cancel);
            if (found is [ObjectAnswer.Unknown(var why, var again)]) return NotedBefore.Stopped(new StepResult.Wait(why, again));
            deployment = found.OfType<ObjectAnswer.Seen>().Select(one => one.Object).FirstOrDefault(one => one.IsOwnedBy(live!.Uid));
        }

        try
        {
            var managers = of is { Runner: { } number, IsGoingBack: false } ? await contacts.ReadAsync(new RunnerId(of.Instance, number), cancel) ?? [] : [];
            return new NotedBefore(isThere, new StepNotes(fields, live?.Generation, StepNotes.Of(deployment), [.. managers.Select(one => one.SystemId)]), null);
        }
        catch (GitLabUnavailableException fault)
        {
            return NotedBefore.Stopped(new StepResult.Wait(fault.Message, fault.RetryAfter));
        }
    }
}

/// <param name="Stop">Why the step cannot begin, or need not; else null.</param>
internal sealed record NotedBefore(bool IsThere, StepNotes? Notes, StepResult? Stop)
{
    public static NotedBefore Nothing { get; } = new(true, null, null);

    public static NotedBefore Stopped(StepResult why) => new(true, null, why);
}

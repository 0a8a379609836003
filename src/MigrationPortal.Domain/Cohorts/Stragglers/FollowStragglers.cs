using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>Follows what people do with the merge requests, and ends a project's case once what ran proves it. Run twice it changes nothing the second time.</summary>
public sealed class FollowStragglers(IStragglerStore store, TemplateRequests requests, StragglerSteps steps)
{
    /// <returns>How many went on.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = 0;
        foreach (var branch in (await store.BranchesAsync(instance, null, cancel)).Where(one => one.State is BranchState.Open or BranchState.Opening))
        {
            if (branch.Request is not { } wanted || await requests.SeenAsync(branch.Project, wanted, cancel) is not var (request, state)) continue;
            var after = state switch
            {
                MergeRequestState.Merged => branch with { State = BranchState.Merged, Request = request },
                MergeRequestState.Closed => branch with { State = BranchState.Declined, Request = request, Why = $"merge request !{request.Number} was closed" },
                _ => branch with { State = BranchState.Open, Request = request },
            };
            if (after != branch && await steps.BranchAsync(branch, after, Actor.Portal, cancel) is not null) went++;
        }

        return went;
    }

    /// <param name="found">Where jobs ran in the campaign's quiet time; null: none of the project's did.</param>
    /// <param name="isComplete">All jobs of that time are counted: silence of what nobody read proves nothing.</param>
    public async Task<bool> EndAsync(StragglerCase one, StragglingProject? found, bool isComplete, CancellationToken cancel)
    {
        if (!isComplete || found is { Straggles: true } || one.Stage == StragglerStage.Gone) return false;
        var why = found?.Places.FirstOrDefault(place => place.Standing is PlaceStanding.Pinned or PlaceStanding.KeptTag or PlaceStanding.KeptByOwner)?.Why is { } stays ? $"What still runs on docker may: {stays}" : $"No such job ran for {one.Campaign.QuietDays} days.";
        return await steps.GoAsync(one, StragglerStage.Gone, Actor.Portal, why, "straggler.gone", cancel) is not null;
    }
}

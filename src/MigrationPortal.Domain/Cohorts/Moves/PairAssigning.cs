using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// Brings runners of a pair to a project and takes them away: as its maintainer where they may, else by the portal's write
/// token, because the pair belongs to a project of the administrators.
/// </summary>
public sealed class PairAssigning(IRunnerDesk desk, IPortalHand hand)
{
    /// <summary>All of them, seen to be there, or none that was not there before.</summary>
    /// <returns>Those that were not there before. <see cref="DeskCode.PartlyDone"/> when GitLab does not let go one that came.</returns>
    public async Task<Outcome<IReadOnlyList<long>>> AssignAsync(ProjectId project, IReadOnlyList<long> runners, PersonToken person, CancellationToken cancel)
    {
        // Only a maintainer is told this: whoever passes here may be lent a runner.
        if (!(await desk.AssignedAsync(person, project, cancel)).TryGet(out var there, out var no)) return no;
        var brought = new List<long>();
        foreach (var runner in runners.Where(runner => there.All(one => one.Id.Number != runner)))
        {
            if (await OneAsync(project, new RunnerId(project.Instance, runner), person, cancel) is { } refused)
            {
                return await WithoutAsync(project, brought, refused, person, cancel);
            }

            brought.Add(runner);
        }

        if (brought.Count == 0) return brought;
        if (!(await desk.AssignedAsync(person, project, cancel)).TryGet(out var now, out var unread)) return await WithoutAsync(project, brought, unread, person, cancel);
        if (runners.All(runner => now.Any(one => one.Id.Number == runner && !one.Paused))) return brought;
        return await WithoutAsync(project, brought, Refusal.Of("pair-not-ready", "The runner that is kept ready for this takes no jobs at the moment, so nothing was changed. Tell those who run your GitLab."), person, cancel);
    }

    /// <returns>Null when none of them is there any more; else why, in GitLab's words.</returns>
    public async Task<Refusal?> UnassignAsync(ProjectId project, IReadOnlyList<long> runners, PersonToken person, CancellationToken cancel)
    {
        foreach (var runner in runners)
        {
            var gone = await desk.UnassignAsync(person, project, new RunnerId(project.Instance, runner), cancel);
            if (gone is Outcome<bool>.Refused { Refusal.Code: DeskCode.Forbidden } && hand.Of(project.Instance) is { } portal) gone = await desk.UnassignAsync(portal, project, new RunnerId(project.Instance, runner), cancel);
            if (gone is Outcome<bool>.Refused { Refusal: { Code: not DeskCode.NotFound } no }) return no with { Reasons = [.. no.Reasons.Select(reason => $"GitLab does not let runner {runner} go from the project: {reason}")] };
        }

        return null;
    }

    private async Task<Refusal> WithoutAsync(ProjectId project, IReadOnlyList<long> brought, Refusal why, PersonToken person, CancellationToken cancel) =>
        await UnassignAsync(project, brought, person, cancel) is { } stays ? Refusal.Of(DeskCode.PartlyDone, [.. why.Reasons, .. stays.Reasons]) : why;

    private async Task<Refusal?> OneAsync(ProjectId project, RunnerId runner, PersonToken person, CancellationToken cancel)
    {
        var answer = await desk.AssignAsync(person, project, runner, cancel);
        if (answer is Outcome<AssignedRunner>.Refused { Refusal.Code: DeskCode.Forbidden or DeskCode.NotFound }) answer = await desk.LendAsync(project, runner, cancel);
        return answer is not Outcome<AssignedRunner>.Refused { Refusal: var no } ? null
            : no.Code == "observe-mode" ? Refusal.Of("observe-mode", "The portal may only look at the moment, so it cannot lend your project a runner. Ask those who run your GitLab to give the portal its write token.")
            : no with { Reasons = [.. no.Reasons.Select(reason => $"GitLab does not let the project use runner {runner.Number}: {reason}. Tell those who run your GitLab.")] };
    }
}

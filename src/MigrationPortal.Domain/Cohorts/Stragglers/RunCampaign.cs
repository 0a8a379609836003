using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>What one turn did.</summary>
/// <param name="Opened">Merge requests.</param>
/// <param name="Followed">Merge requests that were merged or closed.</param>
/// <param name="Gone">Projects without such jobs.</param>
/// <param name="Went">Projects that came into their next stage.</param>
public sealed record CampaignTurn(int Opened, int Followed, int Gone, int Went);

/// <summary>One turn of all campaigns. Called by a sweep; cut off anywhere it goes on next time. What begins something needs the phase, and automation on.</summary>
public sealed class RunCampaign(
    IStragglerStore store, ReadStragglers read, ReadLadder ladder, OpenStragglerRequests requests, FollowStragglers follow, AdvanceStragglers advance, ICohortFacts facts)
{
    private const int MostLadders = 20;

    public async Task<CampaignTurn> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (followed, active) = (await follow.RunAsync(instance, cancel), await store.ActiveAsync(instance, cancel));
        if (active.Count == 0) return new(0, followed, 0, 0);
        var known = await facts.ReadAsync(instance, cancel);
        var (gone, left) = (0, new List<(StragglerCase Case, StragglingProject Found)>());
        foreach (var days in active.GroupBy(one => one.Campaign.QuietDays))
        {
            var reading = await read.RunAsync(instance, days.Key, null, null, cancel);
            var found = reading.Projects.ToDictionary(one => one.Project);
            foreach (var one in days)
            {
                if (await follow.EndAsync(one, found.GetValueOrDefault(one.Project), reading.IsComplete, cancel)) gone++;
                else if (found.GetValueOrDefault(one.Project) is { Straggles: true } straggling) left.Add((one, straggling));
            }
        }

        if (!known.AutomationOn || StragglerPhase.WhyNot(known) is not null) return new(0, followed, gone, 0);
        var cases = await ReachAsync([.. left.OrderBy(one => one.Case.Id)], cancel);
        var turn = await requests.RunAsync(instance, cases, cancel);
        return new(turn.Opened, followed, gone, await advance.RunAsync(instance, cases, turn.Unfinished, cancel));
    }

    /// <summary>Finds out whom to ask, a few projects at a time, and keeps it: mails of later stages go to the same people and more.</summary>
    private async Task<IReadOnlyList<(StragglerCase Case, StragglingProject Found)>> ReachAsync(List<(StragglerCase Case, StragglingProject Found)> cases, CancellationToken cancel)
    {
        var looked = 0;
        for (var at = 0; at < cases.Count && looked < MostLadders; at++)
        {
            var (one, found) = cases[at];
            if (one is not { Stage: StragglerStage.Selected, Ladder: null }) continue;
            looked++;
            if (await LadderAsync(one, found, cancel) is { } kept) cases[at] = (kept, found);
        }

        return cases;
    }

    private async Task<StragglerCase?> LadderAsync(StragglerCase one, StragglingProject found, CancellationToken cancel)
    {
        try
        {
            var asked = await ladder.RunAsync(one.Project, found.Refs.Select(at => at.Name), cancel);
            if (asked is Outcome<ContactLadder>.Refused { Refusal.Code: DeskCode.RateLimited }) return null;
            // A project that GitLab does not show to the portal is an administrator's from the beginning.
            return await store.SaveAsync(one with { Ladder = asked.Match(steps => steps, _ => new ContactLadder([])) }, one.Stage, cancel);
        }
        catch (GitLabUnavailableException fault) when (fault.Status >= 500)
        {
            return null;
        }
    }
}

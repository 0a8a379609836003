using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <param name="State">What became of an earlier merge request; null: there was none.</param>
/// <param name="Finding">What the file says now; null: an earlier answer stands.</param>
public sealed record PreviewedRef(StragglingRef Ref, BranchState? State, BranchFinding? Finding, string? Why);

/// <param name="Ladder">Null: not looked at, or GitLab did not tell.</param>
/// <param name="Refs">Empty: not looked at.</param>
/// <param name="Trouble">Why it could not be looked at; null: it was, or was left for later.</param>
public sealed record PreviewedProject(StragglingProject Of, ContactLadder? Ladder, IReadOnlyList<PreviewedRef> Refs, string? Trouble)
{
    public int Requests => Refs.Count(one => one.Finding is BranchFinding.Fixable);
}

/// <param name="Looked">Of <see cref="CampaignChoice.Chosen"/>, those with most jobs: looked at in GitLab.</param>
/// <param name="CanOpen">False in observe mode: people are asked, and no merge request is opened.</param>
public sealed record CampaignPreview(CampaignChoice Choice, IReadOnlyList<PreviewedProject> Looked, bool CanOpen)
{
    public IReadOnlyList<UserId> People => [.. Looked.SelectMany(one => one.Ladder?.At(StragglerStage.Asked) ?? []).Distinct()];

    public int Requests => CanOpen ? Looked.Sum(one => one.Requests) : 0;
}

/// <summary>Says what a campaign would do before anybody hears of it. Reads only: the projects with most jobs on docker are looked at, the others counted.</summary>
public sealed class PreviewCampaign(ChooseStragglers choose, ReadLadder ladder, LookAtBranch look, IStragglerStore store, IPortalHand hands)
{
    public const int MostLooked = 25;
    private const int MostRefs = 10;
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);

    /// <returns>Refuses as <see cref="ChooseStragglers"/>.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer, or the request budget is spent.</exception>
    public async Task<Outcome<CampaignPreview>> RunAsync(CampaignWish wish, CancellationToken cancel)
    {
        if (!(await choose.RunAsync(wish, cancel)).TryGet(out var choice, out var no)) return no;
        var looked = choice.Chosen.Take(MostLooked).ToList();
        var known = (await store.BranchesAsync(wish.Instance, [.. looked.Select(one => one.Project)], cancel)).ToDictionary(one => (one.Project, one.Ref));
        var seen = new List<PreviewedProject>();
        foreach (var one in looked) seen.Add(await ProjectAsync(one, known, cancel));
        return new CampaignPreview(choice, seen, hands.Of(wish.Instance) is not null);
    }

    private async Task<PreviewedProject> ProjectAsync(StragglingProject of, Dictionary<(ProjectId, string), StragglerBranch> known, CancellationToken cancel)
    {
        if (!(await ladder.RunAsync(of.Project, of.Refs.Select(one => one.Name), cancel)).TryGet(out var steps, out var no)) return new(of, null, [], string.Join(" ", no.Reasons));
        var refs = new List<PreviewedRef>();
        foreach (var at in of.Refs.Take(MostRefs))
        {
            var before = known.GetValueOrDefault((of.Project, at.Name));
            if (before?.State is BranchState.Open or BranchState.Opening or BranchState.Declined) refs.Add(new(at, before.State, null, before.Why ?? before.Request?.Address));
            else if (await look.RunAsync(of.Project, at, Portal, cancel) is var finding) refs.Add(new(at, before?.State, finding, (finding as BranchFinding.Not)?.Why));
        }

        return new(of, steps, refs, null);
    }
}

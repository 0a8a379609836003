using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <param name="ProjectIds">Left out: all that straggle and pass the filter.</param>
/// <param name="Owner">Top-level group.</param>
/// <param name="Q">Part of the path.</param>
/// <param name="RemindAfterDays">Whole days between two mails; left out: 7.</param>
/// <param name="FinalAt">The last day on docker; at least two such times ahead.</param>
/// <param name="QuietDays">So many days without such a job end it for a project; also how far back jobs count. Left out: 14.</param>
/// <param name="MostOpen">Merge requests of the portal's open at one time; left out: 50.</param>
public sealed record CampaignBody(IReadOnlyList<long>? ProjectIds, string? Owner, string? Q, int? RemindAfterDays, DateTimeOffset? FinalAt, int? QuietDays, int? MostOpen, string? Reason);

/// <summary>Either of the first two.</summary>
/// <param name="Stage"><c>handled</c>: an administrator takes the project on, and nobody is written to any more.</param>
/// <param name="FinalAt">Another last day.</param>
public sealed record StragglerBody(string? Stage, DateTimeOffset? FinalAt, string? Reason);

/// <param name="Rung"><c>committers</c>, <c>maintainers</c> or <c>owners</c>.</param>
/// <param name="UserIds">GitLab's numbers.</param>
public sealed record RungView(string Rung, IReadOnlyList<long> UserIds)
{
    internal static IReadOnlyList<RungView> Of(ContactLadder? ladder) => [.. (ladder?.Steps ?? []).Select(step => new RungView(step.Rung.ToString().ToLowerInvariant(), [.. step.People.Select(person => person.Number)]))];
}

/// <param name="Ref"><c>refs/merge-requests/*</c> stands for those of all merge requests.</param>
/// <param name="Jobs">That ended on docker in the campaign's quiet time.</param>
/// <param name="State"><c>opening</c>, <c>open</c>, <c>merged</c>, <c>declined</c>, <c>right</c>, <c>notFixable</c>; null: nobody has looked yet.</param>
/// <param name="Request">Address of its merge request.</param>
/// <param name="Why">Why there is none, or none any more.</param>
public sealed record StragglerRefView(string Ref, IReadOnlyList<string> Sources, long Jobs, DateOnly? LastDay, BranchState? State, string? Request, string? Why)
{
    internal static StragglerRefView Of((string Name, StragglingRef? Ran, StragglerBranch? Looked) one) =>
        new(one.Name, one.Ran?.Sources ?? [], one.Ran?.Jobs ?? 0, one.Ran?.LastDay, one.Looked?.State, one.Looked?.Request?.Address, one.Looked?.Why);
}

public sealed record StragglerStepView(string Stage, DateTimeOffset At, string By, string? Reason);

/// <param name="Stage"><c>selected</c>, <c>asked</c>, <c>reminded</c>, <c>final-date</c>, <c>handled</c> or <c>gone</c>.</param>
/// <param name="Overdue">The last day has passed: an administrator's turn.</param>
/// <param name="Ladder">Whom to ask, from those who know best; null: nobody has looked yet. Empty: only administrators are left.</param>
/// <param name="Asked">Of those, who has had a mail; GitLab's numbers.</param>
public sealed record StragglerCaseView(
    long ProjectId, string FullPath, long Campaign, string Stage, DateTimeOffset Since, string By, string? Reason, DateTimeOffset FinalAt, bool Overdue, IReadOnlyList<RungView>? Ladder, IReadOnlyList<long> Asked,
    IReadOnlyList<StragglerRefView> Refs, IReadOnlyList<StragglerStepView> Steps)
{
    internal static StragglerCaseView Of(CampaignLook one, DateTimeOffset now) => new(
        one.Case.Project.Number, one.Path, one.Case.Campaign.Id, one.Case.Stage.Word(), one.Case.Since, one.Case.By.ToString(), one.Case.Reason, one.Case.FinalAt, one.Case.IsOverdue(now),
        one.Case.Ladder is null ? null : RungView.Of(one.Case.Ladder), [.. one.Asked.Select(person => person.Number)],
        [.. one.Refs.Select(StragglerRefView.Of)], [.. one.Steps.Select(step => new StragglerStepView(step.Stage.Word(), step.At, step.By.ToString(), step.Reason))]);
}

/// <param name="Fix"><c>request</c> (one would be opened), <c>right</c> (nothing to change), <c>none</c> (the reason says why), or the state of an earlier one.</param>
/// <param name="Jobs">Whose tags it would change.</param>
/// <param name="Staying">Jobs that keep their tags, with the reason.</param>
public sealed record CampaignRefView(string Ref, IReadOnlyList<string> Sources, long FinishedOnDocker, string Fix, IReadOnlyList<string> Jobs, IReadOnlyDictionary<string, string?> Staying, string? Why)
{
    internal static CampaignRefView Of(PreviewedRef one) => new(
        one.Ref.Name, one.Ref.Sources, one.Ref.Jobs, one.Finding switch { BranchFinding.Fixable => "request", BranchFinding.Right => "right", BranchFinding.Not => "none", _ => one.State?.ToString().ToLowerInvariant() ?? "none" },
        one.Finding is BranchFinding.Fixable fix ? [.. fix.Change.Jobs.Select(job => job.Job)] : [], one.Finding is BranchFinding.Fixable { Staying: var staying } ? staying.ToDictionary(job => job.Name, job => job.Why) : new Dictionary<string, string?>(), one.Why);
}

/// <param name="Why">Why these are the ones who are asked first.</param>
/// <param name="Apart">What else of it runs on docker and may.</param>
/// <param name="Trouble">Why it could not be looked at; null: it was.</param>
public sealed record CampaignProjectView(long ProjectId, string FullPath, long FinishedOnDocker, IReadOnlyList<RungView> Ladder, string? Why, IReadOnlyList<CampaignRefView> Refs, IReadOnlyList<string> Apart, string? Trouble)
{
    internal static CampaignProjectView Of(PreviewedProject one) => new(
        one.Of.Project.Number, one.Of.Path, one.Of.Jobs, RungView.Of(one.Ladder), one.Ladder is { } ladder ? StragglerWords.Why(ladder.First) : null, [.. one.Refs.Select(CampaignRefView.Of)],
        [.. one.Of.Places.Select(place => place.Why).OfType<string>().Distinct()], one.Trouble);
}

/// <param name="Projects">That would be taken in.</param>
/// <param name="Looked">Of those, the ones with most jobs, which were looked at in GitLab: <paramref name="Items"/>, people and merge requests are of them.</param>
/// <param name="People">Who would have the first mail, each counted once.</param>
/// <param name="Requests">Merge requests that would be opened.</param>
/// <param name="CanOpen">False: the portal has no write token, so people are asked and no merge request is opened.</param>
/// <param name="Already">Named ones that are in a campaign.</param>
/// <param name="NotStraggling">Named ones of which no such job ran.</param>
public sealed record CampaignPreviewView(
    int Projects, int Looked, int People, int Requests, bool CanOpen, IReadOnlyList<long> Already, IReadOnlyList<long> NotStraggling, IReadOnlyList<CampaignProjectView> Items)
{
    internal static CampaignPreviewView Of(CampaignPreview one) => new(
        one.Choice.Chosen.Count, one.Looked.Count, one.People.Count, one.Requests, one.CanOpen, Numbers(one.Choice.Already), Numbers(one.Choice.NotStraggling), [.. one.Looked.Select(CampaignProjectView.Of)]);

    private static IReadOnlyList<long> Numbers(IEnumerable<ProjectId> projects) => [.. projects.Select(project => project.Number)];
}

/// <param name="ProjectIds">That were taken in.</param>
public sealed record CampaignStartedView(long Campaign, IReadOnlyList<long> ProjectIds);

using System.Globalization;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <param name="Opened">Merge requests.</param>
/// <param name="Unfinished">Campaigns with a ref that nobody has looked at yet.</param>
public sealed record RequestsTurn(int Opened, IReadOnlySet<long> Unfinished);

/// <summary>
/// Opens one merge request for each live branch whose jobs still run on docker, by the portal's own hand, a few at a time. What is
/// changed is stored before GitLab is asked; cut off, it goes on where it was.
/// </summary>
public sealed class OpenStragglerRequests(IStragglerStore store, LookAtBranch look, TemplateRequests requests, IPortalHand hands, IEnrollmentStore enrollments, IProjectStore projects, StragglerSteps steps, IWorldClock clock)
{
    private const int MostLooks = 20;
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);

    /// <param name="cases">With where their jobs ran.</param>
    public async Task<RequestsTurn> RunAsync(InstanceId instance, IReadOnlyList<(StragglerCase Case, StragglingProject Found)> cases, CancellationToken cancel)
    {
        if (hands.Of(instance) is not { } hand || cases.Count == 0) return new(0, new HashSet<long>());
        var (now, known) = (clock.Now(instance), (await store.BranchesAsync(instance, null, cancel)).ToDictionary(one => (one.Project, one.Ref)));
        var (open, looks, opened, unfinished) = (known.Values.Count(one => one.State is BranchState.Open or BranchState.Opening), 0, 0, new HashSet<long>());
        foreach (var (one, found) in cases.Where(one => one.Case.Stage.IsOpen()))
        {
            foreach (var at in found.Refs)
            {
                var before = known.GetValueOrDefault((one.Project, at.Name));
                if (before is not null && !before.IsDue(now, at.LastDay)) continue;
                if (before?.State != BranchState.Opening && open >= one.Campaign.MostOpen) break;
                if (looks == MostLooks)
                {
                    if (before is null) unfinished.Add(one.Campaign.Id);
                    continue;
                }

                looks++;
                switch (await TryAsync(one, at, before, hand, cancel))
                {
                    case Try.Open:
                        (open, opened) = (before?.State == BranchState.Opening ? open : open + 1, opened + 1);
                        break;
                    case Try.Unsaid:
                        unfinished.Add(one.Campaign.Id);
                        break;
                    case Try.Elsewhere:
                        // Another replica is at it, and what is open is more than was read here: two together would open more than the cap.
                        unfinished.Add(one.Campaign.Id);
                        return new(opened, unfinished);
                }
            }
        }

        return new(opened, unfinished);
    }

    private enum Try
    {
        Open,
        Not,

        /// <summary>GitLab did not say.</summary>
        Unsaid,

        /// <summary>Somebody else changed what is known of the branch at this moment.</summary>
        Elsewhere,
    }

    private async Task<Try> TryAsync(StragglerCase one, StragglingRef at, StragglerBranch? before, PersonToken hand, CancellationToken cancel)
    {
        try
        {
            return await OneAsync(one, at, before, hand, cancel);
        }
        catch (GitLabUnavailableException fault) when (fault.Status is 429 or >= 500)
        {
            // One project that GitLab cannot show now holds up nobody else.
            return Try.Unsaid;
        }
    }

    private async Task<Try> OneAsync(StragglerCase one, StragglingRef at, StragglerBranch? before, PersonToken hand, CancellationToken cancel)
    {
        var begun = before;
        IReadOnlyList<JobChange> staying = [];
        if (before?.State != BranchState.Opening)
        {
            var found = await OwnRequestAsync(one.Project, at.Name, cancel) is { } own ? new BranchFinding.Not(own) : await look.RunAsync(one.Project, at, Portal, cancel);
            var fresh = new StragglerBranch(one.Project, at.Name, BranchState.Right, null, null, null, default, before?.Version ?? 0);
            switch (found)
            {
                case BranchFinding.Right:
                    await steps.BranchAsync(before, fresh, Actor.Portal, cancel);
                    return Try.Not;
                case BranchFinding.Not { Why: var why }:
                    await steps.BranchAsync(before, fresh with { State = BranchState.NotFixable, Why = why }, Actor.Portal, cancel);
                    return Try.Not;
                case BranchFinding.Fixable fixable:
                    var request = TemplateRequests.Named("off-docker", at.Name, string.Join('\0', fixable.Change.After.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => new[] { file.Key, file.Value })));
                    if (await steps.BranchAsync(before, fresh with { State = BranchState.Opening, Change = fixable.Change, Request = request }, Actor.Portal, cancel) is not { } opening) return Try.Elsewhere;
                    begun = opening;
                    staying = fixable.Staying;
                    break;
            }
        }

        if (begun is not { Change: { } change, Request: { } wanted }) return Try.Not;
        var title = string.Create(CultureInfo.InvariantCulture, $"Run CI jobs of {at.Name} on Kubernetes");
        var made = await requests.OpenAsync(one.Project, at.Name, wanted, change, title, StragglerWords.Describe(at.Name, change, staying, one.FinalAt), hand, cancel);
        if (made is Outcome<MoveRecord.Request>.Refused { Refusal.Code: DeskCode.RateLimited }) return Try.Unsaid;
        var after = made.Match(done => begun with { State = BranchState.Open, Request = done }, no => begun with { State = BranchState.NotFixable, Change = null, Request = null, Why = string.Join(" ", no.Reasons) });
        return await steps.BranchAsync(begun, after, Actor.Portal, cancel) is { State: BranchState.Open } ? Try.Open : Try.Not;
    }

    /// <summary>Where its people have a merge request of their own move before them, a second one would only be in its way.</summary>
    private async Task<string?> OwnRequestAsync(ProjectId project, string branch, CancellationToken cancel) =>
        MoveAddress.Of(await enrollments.ActiveAsync(project, cancel)) is { } address && (await projects.FindAsync(project, cancel))?.DefaultBranch == branch
            ? $"Its people have a merge request of their own before them: {address}." : null;
}

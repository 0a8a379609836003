using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <param name="Projects">Null: all that straggle and pass the filter.</param>
/// <param name="Owner">Top-level group; null: any.</param>
/// <param name="Search">Part of the path; null: any.</param>
public sealed record CampaignWish(InstanceId Instance, IReadOnlyCollection<ProjectId>? Projects, string? Owner, string? Search, int RemindDays, DateTimeOffset FinalAt, int QuietDays, int MostOpen, string Reason)
{
    public const int LongestRemind = 60;
    public const int LongestQuiet = 60;
    public const int MostOpenAtAll = 500;

    /// <summary>A last day lies within a year.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The first day that leaves each mail its time.</summary>
    public DateTimeOffset Earliest(DateTimeOffset now) => now + (2 * TimeSpan.FromDays(RemindDays));
}

/// <param name="Chosen">That straggle and are in no campaign yet, most jobs first.</param>
/// <param name="Already">Of the wish, those that are in one.</param>
/// <param name="NotStraggling">Of the wish, those of which no such job ran: pinned ones among them.</param>
public sealed record CampaignChoice(IReadOnlyList<StragglingProject> Chosen, IReadOnlyList<ProjectId> Already, IReadOnlyList<ProjectId> NotStraggling);

/// <summary>Whom a campaign would take, from what is stored.</summary>
public sealed class ChooseStragglers(ReadStragglers read, IStragglerStore store, ICohortFacts facts, IWorldClock clock)
{
    /// <summary>In one campaign.</summary>
    public const int Most = 500;

    /// <returns>Refuses <c>not-in-phase</c>, <c>invalid-final-date</c>, <c>nobody-straggles</c>, <c>asked-already</c>, <c>too-many-projects</c>.</returns>
    public async Task<Outcome<CampaignChoice>> RunAsync(CampaignWish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (StragglerPhase.WhyNot(await facts.ReadAsync(wish.Instance, cancel)) is { } no) return no;
        var now = clock.Now(wish.Instance);
        if (wish.FinalAt < wish.Earliest(now) || wish.FinalAt > now + CampaignWish.Longest)
            return Refusal.Of("invalid-final-date", $"The last day must leave {wish.RemindDays} days between two mails and lie within a year: {wish.Earliest(now):yyyy-MM-dd} to {now + CampaignWish.Longest:yyyy-MM-dd}.");
        var found = (await read.RunAsync(wish.Instance, wish.QuietDays, wish.Owner, wish.Search, cancel)).Projects.Where(one => one.Straggles && wish.Projects?.Contains(one.Project) != false).ToList();
        var active = (await store.ActiveAsync(wish.Instance, cancel)).Select(one => one.Project).ToHashSet();
        var choice = new CampaignChoice([.. found.Where(one => !active.Contains(one.Project))], [.. found.Select(one => one.Project).Where(active.Contains)], [.. (wish.Projects ?? []).Except(found.Select(one => one.Project))]);
        if (found.Count == 0) return Refusal.Of("nobody-straggles", $"None of these projects had a job on docker in the last {wish.QuietDays} days that nobody has pinned, kept or answered for.");
        if (choice.Chosen.Count == 0) return Refusal.Of("asked-already", $"All {choice.Already.Count} are in a campaign already.");
        return choice.Chosen.Count > Most ? Refusal.Of("too-many-projects", $"{choice.Chosen.Count} projects at once are too many, at most {Most}: choose an owner, or name the projects.") : choice;
    }
}

/// <summary>Begins a campaign: its projects are kept, and the sweep finds out whom to ask and does the rest.</summary>
public sealed class StartCampaign(ChooseStragglers choose, IStragglerStore store, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Who was taken. Refuses as <see cref="ChooseStragglers"/>.</returns>
    public async Task<Outcome<IReadOnlyList<StragglerCase>>> RunAsync(CampaignWish wish, Actor who, CancellationToken cancel)
    {
        if (!(await choose.RunAsync(wish, cancel)).TryGet(out var choice, out var no)) return no;
        var now = clock.Now(wish.Instance);
        var begun = await audit.ChangeAsync<IReadOnlyList<StragglerCase>>(
            async () =>
            {
                var campaign = await store.AddAsync(new StragglerCampaign(0, wish.Instance, wish.RemindDays, wish.FinalAt, wish.QuietDays, wish.MostOpen, wish.Reason, who, now), cancel);
                var taken = new List<StragglerCase>();
                foreach (var one in choice.Chosen)
                    if (await store.AddAsync(new StragglerCase(0, campaign, one.Project, StragglerStage.Selected, null, wish.FinalAt, wish.Reason, who, now, 0), cancel) is { } added) taken.Add(added);
                var shown = JsonSerializer.Serialize(new { projects = taken.Select(one => one.Project.Number), wish.RemindDays, wish.FinalAt, wish.QuietDays, wish.MostOpen });
                return (taken, new AuditEntry(now, wish.Instance, who, "straggler.campaign", $"stragglers/{campaign.Id}", wish.Reason, null, shown));
            },
            cancel);
        if (begun.Count == 0) return Refusal.Of("asked-already", "Somebody else took them into a campaign at this moment.");
        await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, wish.Instance, null), cancel);
        return new Outcome<IReadOnlyList<StragglerCase>>.Done(begun);
    }
}

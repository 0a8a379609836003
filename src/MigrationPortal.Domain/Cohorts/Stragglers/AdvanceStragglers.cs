using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>
/// Takes projects to the next stage when it is time, each once: stage, mails, notice and audit entry are one transaction, and who
/// was first wins. One mail a person and stage for all of their projects.
/// </summary>
public sealed class AdvanceStragglers(IStragglerStore store, IPersonMails mails, IWordings wordings, INotices notices, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <summary>A campaign waits so long at most for what GitLab does not show.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <param name="cases">Active ones, with where their jobs ran.</param>
    /// <param name="unfinished">Campaigns whose merge requests are not all looked at: their first mail would name too few.</param>
    /// <returns>How many projects went on.</returns>
    public async Task<int> RunAsync(InstanceId instance, IReadOnlyList<(StragglerCase Case, StragglingProject Found)> cases, IReadOnlySet<long> unfinished, CancellationToken cancel)
    {
        var (now, went) = (clock.Now(instance), 0);
        foreach (var campaign in cases.GroupBy(one => one.Case.Campaign.Id))
        {
            if (await GoAsync(instance, [.. ToAsk([.. campaign], unfinished.Contains(campaign.Key), now)], StragglerStage.Asked, cancel) is var asked) went += asked;
            foreach (var due in campaign.Where(one => one.Case.DueAt(now) is not null).GroupBy(one => one.Case.DueAt(now)!.Value)) went += await GoAsync(instance, [.. due], due.Key, cancel);
            foreach (var over in campaign.Where(one => one.Case.IsOverdue(now)).GroupBy(one => one.Case.FinalAt.UtcDateTime.Date)) await TellOverdueAsync(instance, campaign.Key, over.Key, over.Count(), now, cancel);
        }

        return went;
    }

    // All at once, so that nobody gets a mail for each of their projects.
    private static IEnumerable<(StragglerCase Case, StragglingProject Found)> ToAsk(IReadOnlyList<(StragglerCase Case, StragglingProject Found)> campaign, bool unfinished, DateTimeOffset now)
    {
        var selected = campaign.Where(one => one.Case.Stage == StragglerStage.Selected).ToList();
        var waits = (unfinished || selected.Any(one => one.Case.Ladder is null)) && selected.Any(one => now - one.Case.Since < Patience);
        return waits ? [] : selected.Where(one => one.Case.Ladder is not null);
    }

    private async Task<int> GoAsync(InstanceId instance, IReadOnlyList<(StragglerCase Case, StragglingProject Found)> cases, StragglerStage to, CancellationToken cancel)
    {
        if (cases.Count == 0) return 0;
        var (now, words, requests) = (clock.Now(instance), await wordings.ReadAsync(cancel), (await store.BranchesAsync(instance, [.. cases.Select(one => one.Case.Project)], cancel)).Where(one => one.State == BranchState.Open).ToLookup(one => one.Project));
        var went = await audit.ChangeAsync<int>(
            async () =>
            {
                var (gone, people) = (new List<StragglerCase>(), new Dictionary<UserId, List<MailedProject>>());
                foreach (var (one, found) in cases)
                {
                    if (await store.SaveAsync(one.Go(to, Actor.Portal, now, null), one.Stage, cancel) is not { } saved) continue;
                    gone.Add(saved);
                    var mailed = new MailedProject(saved, found.Path, found.Refs, [.. requests[one.Project].Select(request => request.Request?.Address).OfType<string>()]);
                    foreach (var person in saved.Ladder?.At(to) ?? []) (people.TryGetValue(person, out var theirs) ? theirs : people[person] = []).Add(mailed);
                }

                if (gone.Count == 0) return (0, null);
                await mails.QueueAsync([.. people.Select(one => StragglerMail.Of(one.Key, one.Value, words))], cancel);
                await notices.TellAsync(Told(instance, gone, to, people.Count, now), cancel);
                var campaign = gone[0].Campaign;
                return (gone.Count, new AuditEntry(now, instance, Actor.Portal, $"straggler.{to.Word()}", $"stragglers/{campaign.Id}", campaign.Reason, null, JsonSerializer.Serialize(new { projects = gone.Select(one => one.Project.Number), people = people.Count })));
            },
            cancel);
        if (went > 0) await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, instance, null), cancel);
        return went;
    }

    private static Notice Told(InstanceId instance, List<StragglerCase> gone, StragglerStage to, int people, DateTimeOffset now)
    {
        var (projects, nobody) = (gone.Count == 1 ? "1 project" : $"{gone.Count} projects", gone.Count(one => one.Ladder!.First == LadderRung.Administrators));
        var what = to switch { StragglerStage.Asked => "are asked about", StragglerStage.Reminded => "are reminded of", _ => "are told the last day for" };
        return new Notice(
            instance, NoticeKind.StragglersAsked, NoticeSeverity.Info, string.Create(CultureInfo.InvariantCulture, $"stragglers/{gone[0].Campaign.Id}/{to.Word()}/{gone.Min(one => one.Id)}"),
            $"The people of {projects} {what} their jobs that still run on docker.",
            [new NoticeNumber("people", people.ToString(CultureInfo.InvariantCulture)), new NoticeNumber("nobody to ask", nobody.ToString(CultureInfo.InvariantCulture))], "stragglers/campaign", now);
    }

    // Told once for each last day, whoever looks how often.
    private Task TellOverdueAsync(InstanceId instance, long campaign, DateTime day, int projects, DateTimeOffset now, CancellationToken cancel) => notices.TellAsync(
        new Notice(
            instance, NoticeKind.StragglersOverdue, NoticeSeverity.Attention, string.Create(CultureInfo.InvariantCulture, $"stragglers/{campaign}/overdue/{day:yyyyMMdd}"),
            string.Create(CultureInfo.InvariantCulture, $"{(projects == 1 ? "1 project is" : $"{projects} projects are")} past the last day on docker, {day:d MMM yyyy}, and their jobs still run there: it is an administrator's turn."),
            [], "stragglers/campaign?stage=final-date", now),
        cancel);
}

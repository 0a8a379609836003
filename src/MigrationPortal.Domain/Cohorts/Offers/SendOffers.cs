using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Offers;

/// <param name="Asked">Projects.</param>
/// <param name="People">Each counted once.</param>
/// <param name="AskedLately">Projects that were asked within the week, and are not asked again now.</param>
/// <param name="Left">Projects beyond what is asked at one time.</param>
/// <param name="Unreachable">Projects that nobody could be asked for.</param>
public sealed record OffersSent(int Asked, int People, int AskedLately, int Left, IReadOnlyList<ProjectId> Unreachable);

/// <summary>Offers the remedy or a pin to the people of projects with predicted failures: once a project and week. All of it is one transaction.</summary>
public sealed class SendOffers(ReadUnanswered read, IProjectMembers members, IOfferStore offers, IPersonMails mails, IWordings wordings, IAuditTrail audit, INotices notices, IWorldClock clock)
{
    public static readonly TimeSpan Pause = TimeSpan.FromDays(7);

    /// <summary>GitLab is asked for the people of each.</summary>
    public const int Most = 200;

    /// <param name="of">Null: all that have not answered.</param>
    /// <returns>Refuses <c>nobody-to-ask</c>, <c>asked-lately</c>.</returns>
    public async Task<Outcome<OffersSent>> RunAsync(InstanceId instance, IReadOnlyCollection<ProjectId>? of, Actor who, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var silent = (await read.RunAsync(instance, cancel)).Where(one => of is null || of.Contains(one.Project)).ToList();
        if (silent.Count == 0) return Refusal.Of("nobody-to-ask", "No such project is left: each one has pinned, acknowledged or answered, or none of its jobs is predicted to fail.");
        var due = silent.Where(one => one.Last is null || now - one.Last.At >= Pause).ToList();
        if (due.Count == 0) return Refusal.Of("asked-lately", string.Create(CultureInfo.InvariantCulture, $"All {silent.Count} were asked within a week. The first may be asked again from {silent.Min(one => one.Last!.At) + Pause:u} on."));
        var batch = due.Take(Most).ToList();
        // GitLab is asked before the transaction: it may take its time.
        var words = await wordings.ReadAsync(cancel);
        var maintainers = await members.MaintainersAsync([.. batch.Select(one => one.Project)], cancel);
        return await audit.ChangeAsync<Outcome<OffersSent>>(
            async () =>
            {
                var (asked, people) = (new List<UnansweredProject>(), new Dictionary<UserId, List<UnansweredProject>>());
                foreach (var one in batch)
                {
                    if (maintainers.GetValueOrDefault(one.Project) is not { Count: > 0 } maintained) continue;
                    if (!await offers.AddAsync(new Offer(one.Project, maintained, now, who, 0), now - Pause, cancel)) continue;
                    asked.Add(one);
                    foreach (var person in maintained.Distinct()) (people.TryGetValue(person, out var theirs) ? theirs : people[person] = []).Add(one);
                }

                List<ProjectId> unreachable = [.. batch.Where(one => maintainers.GetValueOrDefault(one.Project) is not { Count: > 0 }).Select(one => one.Project)];
                if (asked.Count == 0 && unreachable.Count < batch.Count) return (Refusal.Of("asked-lately", "Somebody else has asked them at this moment."), null);
                if (asked.Count == 0) return (Refusal.Of("nobody-to-ask", $"None of the {batch.Count} projects has a maintainer who could be asked."), null);
                var sent = new OffersSent(asked.Count, people.Count, silent.Count - due.Count, due.Count - batch.Count, unreachable);
                await mails.QueueAsync([.. people.Select(one => OfferMail.Of(one.Key, one.Value, now, words))], cancel);
                await notices.TellAsync(Told(instance, sent, now), cancel);
                return (sent, new AuditEntry(now, instance, who, "readiness.offer", $"instance/{instance.Name}", null, null, JsonSerializer.Serialize(new { projects = asked.Select(one => one.Project.Number), people = people.Count, unreachable = unreachable.Select(one => one.Number) })));
            },
            cancel);
    }

    private static Notice Told(InstanceId instance, OffersSent sent, DateTimeOffset now) => new(
        instance, NoticeKind.OfferSent, NoticeSeverity.Info, string.Create(CultureInfo.InvariantCulture, $"offer/{now.UtcDateTime:O}"),
        string.Create(CultureInfo.InvariantCulture, $"The people of {(sent.Asked == 1 ? "1 project" : $"{sent.Asked} projects")} are asked about jobs that will fail on Kubernetes: mend them, or stay on docker."),
        [
            new NoticeNumber("people", sent.People.ToString(CultureInfo.InvariantCulture)),
            new NoticeNumber("nobody to ask", sent.Unreachable.Count.ToString(CultureInfo.InvariantCulture)),
        ],
        "readiness", now);
}

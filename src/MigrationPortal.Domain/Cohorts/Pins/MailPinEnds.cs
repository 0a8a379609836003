using System.Globalization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>
/// Tells the people of pinned projects by mail that their time on docker ends: two weeks and three days before, by whole UTC days,
/// so that all that is theirs comes in one mail and no person gets two on one day. Called by a sweep; run twice it sends nothing the
/// second time, because the day is the mails' key.
/// </summary>
public sealed class MailPinEnds(ReadPins read, ICohortFacts facts, IProjectMembers members, IPersonMails mails, IWordings wordings, IWorldClock clock)
{
    /// <summary>A day on which the portal was down is made up for.</summary>
    private const int MostDaysLate = 2;

    /// <returns>How many mails are on their way now.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var today = Day(now);
        var ending = (await read.RunAsync(instance, cancel)).Where(pin => pin.Enrollment is { Until: not null, State: EnrollmentState.Moved or EnrollmentState.Verified } && !pin.IsOver(now)).ToList();
        var due = new List<Pin>();
        for (var late = 0; late <= MostDaysLate; late++)
        {
            var day = today.AddDays(-late);
            // From the last day on that had its mails, everything was told.
            if (await mails.CountAsync(instance, Key(day), cancel) is { } sent && sent.Waiting + sent.Delivered + sent.GivenUp > 0) break;
            due.AddRange(ending.Where(pin => WatchPins.Warnings.Any(before => Day(pin.Enrollment.Until!.Value).AddDays(-(int)before.TotalDays) == day)));
        }

        if (due.Count == 0) return 0;
        var people = await members.MaintainersAsync([.. due.Select(pin => pin.Enrollment.Project)], cancel);
        var theirs = due.SelectMany(pin => people.GetValueOrDefault(pin.Enrollment.Project, []).Distinct().Select(person => (Person: person, Pin: pin))).ToLookup(one => one.Person, one => one.Pin);
        var (words, known) = (await wordings.ReadAsync(cancel), await facts.ReadAsync(instance, cancel));
        await mails.QueueAsync([.. theirs.Select(one => PinEndsMail.Of(one.Key, Key(today), [.. one], known, words))], cancel);
        return theirs.Count;
    }

    private static string Key(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"pins/{day:yyyy-MM-dd}");

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

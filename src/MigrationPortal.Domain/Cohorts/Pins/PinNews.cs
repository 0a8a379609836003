using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>What of pins a project's people hear in their digest: that one ends soon or is over, and that one does not hold any more.</summary>
public sealed class PinNews(ReadPins read, IEnrollmentStore enrollments, ICohortFacts facts)
{
    /// <param name="ours">The projects that the digest is about.</param>
    public async Task<IReadOnlyList<ProjectNews>> RunAsync(InstanceId instance, IReadOnlySet<ProjectId> ours, TimeWindow time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(ours);
        var (news, known) = (new List<ProjectNews>(), await facts.ReadAsync(instance, cancel));
        foreach (var pin in (await read.RunAsync(instance, cancel)).Where(one => ours.Contains(one.Enrollment.Project)))
        {
            if (pin.Enrollment.Until is { } until)
            {
                news.AddRange(WatchPins.Warnings.Select(before => until - before).Where(at => Within(at, time)).Select(at => new ProjectNews(at, PinWords.Ends(pin.Path, until, known))));
                if (Within(until, time)) news.Add(new ProjectNews(until, PinWords.Over(pin.Path, until, byHand: false, known)));
            }

            var lost = (await enrollments.HistoryAsync(pin.Enrollment.Id, cancel)).Where(one => one is { From: EnrollmentState.Verified, To: EnrollmentState.Moved, Reason: not null } && Within(one.At, time));
            news.AddRange(lost.Select(one => new ProjectNews(one.At, PinWords.Lost(pin.Path, one.Reason!, known))));
        }

        return news;
    }

    private static bool Within(DateTimeOffset at, TimeWindow time) => at >= time.From && at < time.To;
}

using System.Globalization;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>What a look at the pins did.</summary>
/// <param name="Lost">Pins that do not hold any more.</param>
/// <param name="Over">Those whose time is over.</param>
/// <param name="TakenOut">Of these, those whose change the portal began to take out now.</param>
public sealed record PinsWatched(int Lost, int Over, int TakenOut);

/// <summary>
/// Sees that pins hold, says in time that one ends, and at its end takes the change out by the portal's own hand. Called by a
/// sweep; run twice it changes nothing the second time, because notices are told once and a project is asked once for each end.
/// </summary>
public sealed class WatchPins(ReadPins read, IEnrollmentStore enrollments, EnrollmentSteps steps, ReturnProject back, ICohortFacts facts, IPortalHand hands, INotices notices, IWorldClock clock)
{
    /// <summary>A notice so long before the end, and a last one.</summary>
    public static readonly IReadOnlyList<TimeSpan> Warnings = [TimeSpan.FromDays(3), TimeSpan.FromDays(14)];

    /// <summary>So long no answer of GitLab takes.</summary>
    private static readonly TimeSpan CutOff = TimeSpan.FromMinutes(10);

    public async Task<PinsWatched> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (now, known, pins) = (clock.Now(instance), await facts.ReadAsync(instance, cancel), await read.RunAsync(instance, cancel));
        var (lost, over, taken, turn) = (0, 0, 0, new PatientTurn());
        foreach (var pin in pins)
        {
            if (pin is { WhyNot: { } why, Enrollment.State: EnrollmentState.Verified })
            {
                await TellAsync(pin, NoticeKind.PinLost, NoticeSeverity.Attention, $"lost/{pin.Enrollment.Version}", PinWords.Lost(pin.Path, why, known), now, cancel);
                if (await steps.GoAsync(pin.Enrollment, EnrollmentState.Moved, Actor.Portal, why, "enrollment.pin-lost", cancel) is not null) lost++;
                continue;
            }

            if (pin.Enrollment is not { Until: { } until, State: EnrollmentState.Moved or EnrollmentState.Verified }) continue;
            if (pin.IsOver(now)) over++;
            if (await turn.OfAsync(() => EndAsync(pin, until, known, now, cancel))) taken++;
        }

        if (known.AutomationOn && hands.Of(instance) is { } hand) await GoOnAsync(instance, hand, now, turn, cancel);
        return new PinsWatched(lost, over, taken);
    }

    /// <summary>Those whose end was begun and that GitLab's silence, or its wish for fewer requests, cut off: nobody else would end them.</summary>
    private async Task GoOnAsync(InstanceId instance, PersonToken hand, DateTimeOffset now, PatientTurn turn, CancellationToken cancel)
    {
        foreach (var one in await enrollments.OfTargetAsync(instance, EnrollmentTarget.Docker, cancel))
            if (one.State == EnrollmentState.Returning && one.Until <= now && MoveAddress.Of(one) is null && now - one.Since >= CutOff)
                await turn.OfAsync(() => back.RunAsync(one.Project, null, hand, Actor.Portal, cancel));
    }

    private async Task<bool> EndAsync(Pin pin, DateTimeOffset until, MigrationFacts known, DateTimeOffset now, CancellationToken cancel)
    {
        var ends = $"{until.UtcDateTime:yyyyMMddHHmm}";
        if (!pin.IsOver(now))
        {
            if (Warnings.FirstOrDefault(before => until - now <= before) is { Ticks: > 0 } before)
                await TellAsync(pin, NoticeKind.PinEnds, NoticeSeverity.Info, $"ends/{ends}/{before.TotalDays:0}", PinWords.Ends(pin.Path, until, known), now, cancel);
            return false;
        }

        // Whoever closed the merge request, or GitLab's no, is not asked again and again: the state came after the end then.
        var hand = known.AutomationOn && pin.Enrollment.Since <= until ? hands.Of(pin.Enrollment.Project.Instance) : null;
        await TellAsync(pin, NoticeKind.PinEnds, hand is null ? NoticeSeverity.Attention : NoticeSeverity.Info, $"over/{ends}{(hand is null ? "" : "/hand")}", PinWords.Over(pin.Path, until, byHand: hand is not null, known), now, cancel);
        return hand is not null && (await back.RunAsync(pin.Enrollment.Project, "the time of the pin is over", hand, Actor.Portal, cancel)).TryGet(out _, out _);
    }

    private Task TellAsync(Pin pin, NoticeKind kind, NoticeSeverity severity, string what, string sentence, DateTimeOffset now, CancellationToken cancel) => notices.TellAsync(
        new Notice(pin.Enrollment.Project.Instance, kind, severity, string.Create(CultureInfo.InvariantCulture, $"pin/{pin.Enrollment.Id}/{what}"), sentence, [], "my-projects", now), cancel);
}

using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Phases;

/// <summary>What freeze windows mean for what is on the schedule or planned.</summary>
public static class FreezeRule
{
    /// <summary>Everything but the way back: evacuation, and phase targets that are not beyond what was reached.</summary>
    public static bool Holds(PlanTarget target, PhaseReached? reached) => target switch
    {
        PlanTarget.Evacuate => false,
        PlanTarget.ToPhase phase => NextStep.IsForward(reached, phase),
        _ => true,
    };

    /// <summary>The freeze in which a flip's time came; null when it came in none.</summary>
    /// <param name="freezes">From its due time on.</param>
    public static FreezeSpan? Of(ScheduledFlip flip, Freezes freezes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(flip);
        ArgumentNullException.ThrowIfNull(freezes);
        var onTime = flip.DueAt + RunDueFlips.OnTime;
        if (freezes.At(now) is { } lasts && (lasts.From <= onTime || flip.Missed == MissedRule.Run)) return lasts;
        if (freezes.Between(flip.DueAt, onTime < now ? onTime : now) is { } over) return over;
        // It was held by a window that has been removed or ended since.
        return flip.HeldUntil is { } until ? new FreezeSpan(0, flip.HeldBy!, flip.DueAt, until < now ? until : now) : null;
    }

    public static string Words(FreezeSpan freeze)
    {
        ArgumentNullException.ThrowIfNull(freeze);
        return $"freeze window '{freeze.Name}'";
    }
}

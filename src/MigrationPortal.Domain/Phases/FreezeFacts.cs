using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What the calendar gate judges by.</summary>
public sealed class FreezeFacts(ReadFreezes freezes) : IStepFacts
{
    /// <summary>So many say all that a reading needs; a window of every night has no more in the evidence.</summary>
    private const int Most = 50;

    public async Task<GateFacts> AddAsync(GateFacts seen, InstanceId instance, PhasePolicy policy, PlanTarget.ToPhase target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var ahead = await freezes.WithinAsync(instance, new TimeWindow(seen.At, seen.At + CalendarGate.Ahead), cancel);
        return seen with { Calendar = new Freezes([.. ahead.Spans.Take(Most)]) };
    }
}

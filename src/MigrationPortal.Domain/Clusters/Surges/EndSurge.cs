using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>Ends a surge by hand, before its time or on the way there.</summary>
public sealed class EndSurge(ISurgeStore surges, SurgeSteps steps)
{
    private const int Tries = 5;

    /// <summary>One that is ending already, or has ended, stays as it is.</summary>
    /// <returns>Refuses <c>reason-missing</c>, <c>unknown-surge</c> and <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<Surge>> RunAsync(long id, Actor who, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        // The sweep writes what it sees all the time.
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await surges.FindAsync(id, cancel) is not { } found) return Refusal.Of("unknown-surge", $"There is no surge {id}.");
            if (!found.IsGoingOn) return found;
            if (await steps.GoAsync(found, SurgeState.Pausing, who, reason.Trim(), cancel) is { } ending) return ending;
        }

        return Refusal.Of("changed-meanwhile", "It went on at this moment: look again.");
    }
}

using System.Globalization;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>Writes a surge down, with its end; the sweep carries it out and back, whatever happens to this process.</summary>
public sealed class StartSurge(PreviewSurge preview, InstanceDirectory instances, SurgeSteps steps, IWorldClock clock, TimeProvider time)
{
    /// <summary>How long GitLab and the clusters may take until all is lent.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <returns>
    /// Refuses <c>reason-missing</c>, <c>invalid-until</c>, <c>invalid-surge</c>, <c>confirmation-needed</c>, <c>preview-first</c>, <c>reach-changed</c>, <c>unverified</c>,
    /// <c>already-lent</c> and what <see cref="PreviewSurge.RunAsync"/> refuses.
    /// </returns>
    public async Task<Outcome<Surge>> RunAsync(SurgeWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var production = instances.Production.Id;
        var now = clock.Now(production);
        if (string.IsNullOrWhiteSpace(wish.Reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        // A minute's grace: the form was filled in before it was sent.
        if (wish.Until < now + Surge.Shortest - TimeSpan.FromMinutes(1) || wish.Until > now + Surge.Longest)
            return Refusal.Of("invalid-until", string.Create(CultureInfo.InvariantCulture, $"until: {Surge.Shortest.TotalMinutes:0} minutes to {Surge.Longest.TotalDays:0} days from now ({now:u})."));
        if (wish.DrainFor < TimeSpan.Zero || wish.DrainFor > Surge.LongestDrain) return Refusal.Of("invalid-surge", string.Create(CultureInfo.InvariantCulture, $"drainSeconds: 0 to {Surge.LongestDrain.TotalSeconds:0}."));
        if (!wish.ConfirmRemoval) return Refusal.Of("confirmation-needed", "At the end the lent runners are deleted, their managers and Secrets removed, and jobs that are not done when the drain's time is over end with them: confirm that now (confirmRemoval).");
        if (string.IsNullOrWhiteSpace(wish.Fingerprint)) return Refusal.Of("preview-first", "Look at what becomes reachable first and confirm it by its fingerprint.");
        if (!(await preview.RunAsync(wish, cancel)).TryGet(out var seen, out var no)) return no;
        if (seen.Fingerprint != wish.Fingerprint) return Refusal.Of("reach-changed", "What becomes reachable has changed since you saw it: look at the list again and confirm it.");
        var reason = wish.Reason.Trim();
        if (seen.Unverified.Count > 0)
        {
            if (string.IsNullOrWhiteSpace(wish.OverrideUnverified)) return new Refusal("unverified", [.. seen.Unverified, "Verify it on QA first, or say in overrideUnverified why it takes production's jobs all the same."]);
            reason = $"{reason} (unverified: {wish.OverrideUnverified.Trim()})";
        }

        var begun = new Surge(
            0, production, wish.Role, wish.Like, [.. seen.Attributes.Tags], seen.Attributes.RunUntagged, seen.Lent, seen.Reach, SurgeState.Starting, wish.Until, wish.DrainFor, time.GetUtcNow() + Patience, seen.Queued, null, null,
            who, reason, now, null, now, null, 0);
        return await steps.BeginAsync(begun, cancel) is { } stored ? stored : Refusal.Of("already-lent", "One of these runners was lent at this moment, or its cluster removed: look at the surges.");
    }
}

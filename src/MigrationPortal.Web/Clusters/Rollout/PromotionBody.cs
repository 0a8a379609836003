using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>A revision to be brought through production.</summary>
/// <param name="Revision">Left out: the newest.</param>
/// <param name="Clusters">Of production instances, in the order of their turns: 1 to 50.</param>
/// <param name="BakeSeconds">How long each cluster is watched before the next: 0 to 604800; left out: 1800.</param>
/// <param name="OverrideUnverified">Why it goes on although no verification proves it; it stands in the audit trail under the caller's name. Needs the scope admin.</param>
public sealed record PromotionBody(int? Revision = null, IReadOnlyList<long>? Clusters = null, long? BakeSeconds = null, string? OverrideUnverified = null)
{
    internal PromotionWish Over(long configuration, RequestErrors errors)
    {
        if (Clusters is not { Count: > 0 }) errors.Add("clusters", "Needed: the numbers of production clusters, in the order of their turns.");
        if (BakeSeconds < 0 || BakeSeconds > Promotion.LongestBake.TotalSeconds) errors.Add("bakeSeconds", "Must be 0 to 604800 (7 days).");
        var bake = errors.Any || BakeSeconds is not { } seconds ? Promotion.UsualBake : TimeSpan.FromSeconds(seconds);
        return new PromotionWish(configuration, Revision, Clusters ?? [], errors.Note(ProductionGuard.Override, OverrideUnverified, 500), bake);
    }
}

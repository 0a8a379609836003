using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <param name="Clusters">In the order of their turns.</param>
/// <param name="Override">Why it goes on unverified; null: it does not.</param>
public sealed record PromotionWish(long Configuration, int? Revision, IReadOnlyList<long> Clusters, string? Override, TimeSpan Bake);

/// <summary>Writes a promotion down; the sweep carries it out, whatever happens to this process.</summary>
public sealed class StartPromotion(RevisionReader revisions, ProductionGuard guard, IClusterStore clusters, InstanceDirectory instances, PromotionSteps steps, IWorldClock clock)
{
    public const int MostClusters = 50;

    /// <returns>Refuses <c>unknown-revision</c>, <c>invalid-promotion</c>, <c>unknown-cluster</c>, <c>not-a-production-cluster</c>, <c>not-applicable</c>, <c>unverified</c> and <c>promotion-running</c>.</returns>
    public async Task<Outcome<Promotion>> RunAsync(PromotionWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await revisions.FindAsync(wish.Configuration, wish.Revision, cancel) is not { } revision) return Refusal.Of("unknown-revision", $"There is no configuration {wish.Configuration}{(wish.Revision is { } number ? $" with a revision {number}" : "")}.");
        if (Problems(wish) is { Count: > 0 } problems) return new Refusal("invalid-promotion", problems);
        var known = (await clusters.ListAsync(null, cancel)).ToDictionary(one => one.Id);
        if (wish.Clusters.Where(id => !known.ContainsKey(id)).ToList() is { Count: > 0 } strangers) return new Refusal("unknown-cluster", [.. strangers.Select(id => $"There is no cluster {id}.")]);
        if (wish.Clusters.Where(id => instances.Find(known[id].Instance)?.Kind != InstanceKind.Production).ToList() is { Count: > 0 } qa)
            return new Refusal("not-a-production-cluster", [.. qa.Select(id => $"{known[id].Name} takes jobs of {known[id].Instance}, which is not production: a revision is applied there to be verified.")]);
        if (revision.Kind == DeploymentKind.Helm) return Refusal.Of("not-applicable", $"{revision.Name} is installed by Helm, so the portal cannot see which revision a cluster runs: give it a kind that the portal applies, or one that is managed elsewhere.");
        var verified = await guard.EvidenceAsync(wish.Configuration, revision.Number, cancel);
        if (verified is null && wish.Override is null)
            return Refusal.Of("unverified", $"Revision {revision.Number} of {revision.Name} is not verified: apply it in a QA cluster and verify it there first, or say in {ProductionGuard.Override} why it goes on all the same.") with { Overrides = [ProductionGuard.Override] };
        var now = clock.Now(instances.Production.Id);
        var begun = new Promotion(
            0, wish.Configuration, revision.Number, instances.Production.Id, verified?.Id, verified is null ? new UnverifiedOverride(who, wish.Override!.Trim()) : null, wish.Bake, PromotionState.Running,
            [.. wish.Clusters.Select(id => new PromotionStage(id, StageState.Pending, null, null, now, null, default, null))], null, who, now, now, 0);
        return await steps.BeginAsync(begun, who, cancel) is { } added ? added
            : Refusal.Of("promotion-running", $"A promotion of {revision.Name} runs already: wait for its end, or stop it.");
    }

    private static List<string> Problems(PromotionWish wish)
    {
        var found = new List<string>();
        if (wish.Clusters.Count is 0 or > MostClusters) found.Add($"clusters: 1 to {MostClusters}, in the order of their turns.");
        if (wish.Clusters.Distinct().Count() != wish.Clusters.Count) found.Add("clusters: each once.");
        if (wish.Bake < TimeSpan.Zero || wish.Bake > Promotion.LongestBake) found.Add($"bakeSeconds: 0 to {Promotion.LongestBake.TotalSeconds:0} (7 days).");
        if (wish.Override is { } why && (string.IsNullOrWhiteSpace(why) || why.Length > 500)) found.Add($"{ProductionGuard.Override}: a reason of at most 500 characters: it stands in the audit trail under your name.");
        return found;
    }
}

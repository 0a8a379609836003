using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <param name="Patience">For the manager to come up and report: 1 minute to 2 hours, a day where somebody installs a chart.</param>
public sealed record RegistrationWish(long Cluster, long Configuration, int? Revision, ApplyExtras Extras, string Description, TagSet Tags, bool RunUntagged, bool Paused, TimeSpan Patience, string? Reason)
{
    /// <summary>Why its configuration goes into production although no verification proves it; null: then it does not.</summary>
    public string? OverrideUnverified { get; init; }
}

/// <summary>
/// Begins a registration after a look at everything that could stop it later: what is written down here, the sweep carries out
/// to its end or undoes.
/// </summary>
public sealed class RegisterInCluster(
    IClusterStore clusters, ReadRendering renderings, PreviewApply preview, IClusterObjects objects, IApplicationStore applications, IInstanceStore instances, ProductionGuard guard, RegistrationSteps steps, TimeProvider time)
{
    /// <returns>
    /// Refuses <c>reason-missing</c>, <c>no-tags-left</c>, <c>too-many-tags</c>, <c>observe-mode</c>, <c>secret-taken</c>, <c>managed-elsewhere</c>, <c>unverified</c>, <c>preview-errors</c>,
    /// <c>field-conflict</c>, <c>cluster-busy</c>, <c>registration-running</c> and what <see cref="PreviewApply.RunAsync"/> refuses.
    /// </returns>
    public async Task<Outcome<ClusterRegistration>> RunAsync(RegistrationWish wish, Actor who, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(wish.Reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        if (wish is { RunUntagged: false, Tags.IsEmpty: true }) return Refusal.Of("no-tags-left", "A runner that refuses untagged jobs needs at least one tag.");
        if (wish.Tags.Count > Planner.TagLimit) return Refusal.Of("too-many-tags", $"GitLab allows {Planner.TagLimit} tags, these are {wish.Tags.Count}.");
        if (await clusters.FindAsync(wish.Cluster, cancel) is not { } cluster) return Refusal.Of("unknown-cluster", $"There is no cluster {wish.Cluster}.");
        if (await instances.HealthAsync(cluster.Instance, cancel) is { Reachable: true, CanWrite: false }) return Refusal.Of("observe-mode", $"The portal has no token to write to {cluster.Instance}: it is in observe mode. Configure an api token of an administrator as the write token.");
        if (!(await renderings.RunAsync(wish.Cluster, wish.Configuration, wish.Revision, wish.Extras, cancel)).TryGet(out var rendering, out var no)) return no;
        if (rendering.Target == ApplyTarget.Exported) return Refusal.Of("managed-elsewhere", "The configuration is managed elsewhere: register there, or give it a kind that the portal applies.");
        if (await applications.ActiveAsync(wish.Cluster, cancel) is { } active) return Refusal.Of("cluster-busy", $"Application {active.Id} is under way in the cluster: wait for its end, or roll it back.");
        if (await SecretAsync(wish.Cluster, rendering, cancel) is { } taken) return taken;
        if (rendering.Target != ApplyTarget.Helm)
        {
            if (!(await preview.RunAsync(wish.Cluster, wish.Configuration, rendering.Revision, wish.Extras, cancel)).TryGet(out var seen, out no)) return no;
            if (seen.Errors.Any()) return new Refusal("preview-errors", [.. seen.Errors.Select(one => one.Sentence)]);
            if (seen.Objects.Where(one => one.Conflicts.Count > 0).ToList() is { Count: > 0 } held)
                return new Refusal("field-conflict", [.. held.Select(one => $"Of {one.Key}, {string.Join(", ", one.Conflicts.Select(field => $"{field.Path} belongs to {field.Manager}"))}: a new runner takes nothing over from others. Choose another release name.")]);
        }

        var unverified = await guard.WhyNotAsync(cluster, wish.Configuration, rendering.Revision, cancel);
        if (unverified is not null && string.IsNullOrWhiteSpace(wish.OverrideUnverified)) return unverified;
        var (now, mark) = (time.GetUtcNow(), Guid.NewGuid().ToString("N")[..12]);
        var begun = new ClusterRegistration(
            0, wish.Cluster, cluster.Instance, wish.Configuration, rendering.Revision, rendering.Target, wish.Extras, new TokenPlace(rendering.ManagerNamespace, rendering.TokenSecret, TokenSecretForm.KeysOf(rendering.Target), mark), wish.Description, [.. wish.Tags],
            wish.RunUntagged, wish.Paused, RegistrationState.Creating, null, null, null, wish.Patience, now + RegistrationSteps.Patience, null, null, who, wish.Reason.Trim(), now, now, null, 0)
        {
            Override = unverified is null ? null : new UnverifiedOverride(who, wish.OverrideUnverified!.Trim()),
        };
        return await steps.BeginAsync(begun, cancel) is { } stored ? stored : Refusal.Of("registration-running", $"A registration for Secret {rendering.ManagerNamespace}/{rendering.TokenSecret} is under way in the cluster.");
    }

    private async Task<Refusal?> SecretAsync(long cluster, Rendering rendering, CancellationToken cancel)
    {
        var key = new ObjectKey("v1", "Secret", rendering.ManagerNamespace, rendering.TokenSecret);
        return await objects.GetAsync(cluster, key, cancel) switch
        {
            ObjectAnswer.Seen => Refusal.Of("secret-taken", $"{key} is there already, and may be a running manager's: the portal does not write over it. Give the configuration another Secret name, or remove it."),
            ObjectAnswer.Unknown(var why, var again) => Refusal.Of("cluster-unavailable", why) with { RetryAfter = again },
            _ => null,
        };
    }
}

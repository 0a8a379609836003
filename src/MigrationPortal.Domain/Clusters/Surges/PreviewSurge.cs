using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>What a surge would do, tried at the clusters themselves by a dry run, with everything that becomes reachable by it.</summary>
public sealed class PreviewSurge(
    InstanceDirectory instances, IInstanceStore health, IClusterStore clusters, IConfigStore configurations, IFleetStore fleet, ISurgeStore surges, ReadMigration migration, SurgeReach reach, ISurgeFacts facts, IClusterObjects objects,
    IApplicationStore applications, IVerificationStore verifications, SurgeRights rights)
{
    /// <returns>
    /// Refuses <c>invalid-surge</c>, <c>observe-mode</c>, <c>no-snapshot</c>, <c>unknown-cluster</c>, <c>not-a-qa-cluster</c>, <c>unknown-runner</c>, <c>not-kubernetes</c>, <c>already-lent</c>,
    /// <c>unknown-configuration</c>, <c>unknown-revision</c>, <c>invalid-configuration</c>, <c>cluster-unavailable</c>, <c>rights-missing</c>, <c>preview-errors</c>, and what
    /// <see cref="SurgeDesire.Of"/> and <see cref="SurgeReach.OfAsync"/> refuse.
    /// </returns>
    public async Task<Outcome<SurgePreview>> RunAsync(SurgeWish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (Problems(wish).ToList() is { Count: > 0 } problems) return new Refusal("invalid-surge", problems);
        var production = instances.Production.Id;
        if (await ObservedAsync(production, cancel) is { } observed) return observed;
        if (await migration.LatestAsync(production, cancel) is not { } context) return Refusal.Of("no-snapshot", $"{production} has not been read yet.");
        if (!SurgeDesire.Of(wish.Role, wish.Like, context).TryGet(out var attributes, out var no)) return no;

        var lendings = new List<Lending>();
        foreach (var one in wish.Runners)
        {
            if (!(await ReadAsync(one, cancel)).TryGet(out var lending, out no)) return no;
            if (await rights.MissingAsync(lending.Lent, cancel) is { } missing) return missing;
            if (await TryAsync(lending, cancel) is { } troubled) return troubled;
            lendings.Add(lending);
        }

        IReadOnlyList<Reachable> own = [.. lendings.SelectMany(one => one.Manifests.Reach), .. lendings.Select(one => new Reachable(ReachableKind.RunnerToken, $"token of the runner lent by {one.Lent.Name}", null, $"{one.Lent.ClusterName}, namespace {one.Manifests.Place.Namespace}"))];
        if (!(await reach.OfAsync(attributes, context, own, [.. lendings.Select(one => one.Lent.ClusterName).Distinct()], cancel)).TryGet(out var all, out no)) return no;
        return new SurgePreview(
            attributes, [.. lendings.Select(one => one.Lent)], all, Reachable.Fingerprint(all, lendings.Select(one => one.Lent)), await facts.QueuedAsync(production, attributes, cancel), [.. lendings.SelectMany(one => one.Manifests.Notes).Distinct()],
            await UnverifiedAsync(lendings, cancel));
    }

    /// <summary>One whose managers are not known yet may be tried.</summary>
    public static bool MayLend(ObservedRunner runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        return runner.Managers.Count == 0 || runner.Managers.Any(one => one.Executor.Family is ExecutorFamily.Kubernetes or ExecutorFamily.Unknown);
    }

    private async Task<IReadOnlyList<string>> UnverifiedAsync(IEnumerable<Lending> lendings, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var one in lendings.Select(one => one.Lent).DistinctBy(one => (one.Configuration, one.Revision)))
            if (await verifications.JudgedAsync(one.Configuration, one.Revision, cancel) is not { Proves: true }) found.Add($"Revision {one.Revision} of {one.ConfigurationName} is not verified.");
        return found;
    }

    private static IEnumerable<string> Problems(SurgeWish wish)
    {
        if (wish.Runners.Count is 0 or > SurgeWish.MostRunners) yield return $"runners: 1 to {SurgeWish.MostRunners} of QA's runners.";
        if (wish.Runners.DistinctBy(one => (one.Cluster, one.Runner)).Count() != wish.Runners.Count) yield return "runners: each once.";
        if (wish.Role == RunnerRole.Qa) yield return "role: kubernetes or legacy.";
    }

    private async Task<Refusal?> ObservedAsync(InstanceId instance, CancellationToken cancel) =>
        instances.Find(instance) is { CanWrite: false } || await health.HealthAsync(instance, cancel) is { Reachable: true, CanWrite: false }
            ? Refusal.Of("observe-mode", $"The portal has no token to write to {instance}: it is in observe mode. Configure an api token of an administrator as the write token.")
            : null;

    private async Task<Outcome<Lending>> ReadAsync(LendWish one, CancellationToken cancel)
    {
        if (await clusters.FindAsync(one.Cluster, cancel) is not { } cluster) return Refusal.Of("unknown-cluster", $"There is no cluster {one.Cluster}.");
        if (instances.Find(cluster.Instance) is not { Kind: InstanceKind.Qa }) return Refusal.Of("not-a-qa-cluster", $"{cluster.Name} takes jobs of {cluster.Instance}, which is not QA: there is nothing to lend.");
        if (await ObservedAsync(cluster.Instance, cancel) is { } observed) return observed;
        var qa = new RunnerId(cluster.Instance, one.Runner);
        var seen = (await fleet.LatestAsync(cluster.Instance, cancel))?.Runners.FirstOrDefault(runner => runner.Id == qa);
        if (seen is null) return Refusal.Of("unknown-runner", $"Runner {one.Runner} is none of {cluster.Instance}'s: only QA's runners are lent.");
        if (!MayLend(seen.Observed)) return Refusal.Of("not-kubernetes", $"{seen.Observed.Description} has no manager with the kubernetes executor: only such runners are lent.");
        if ((await surges.OpenAsync(instances.Production.Id, cancel)).FirstOrDefault(open => open.Lent.Any(lent => lent.Qa == qa)) is { } busy)
            return Refusal.Of("already-lent", $"{seen.Observed.Description} is lent already, by surge {busy.Id}: end that one first.");

        if (await configurations.FindAsync(one.Configuration, cancel) is not { } stored) return Refusal.Of("unknown-configuration", $"There is no configuration {one.Configuration}.");
        // What runs there already is what is lent; a newer draft was tried by nobody.
        var wanted = one.Revision ?? (await applications.LastGoodAsync(cluster.Id, stored.Id, cancel))?.Revision;
        var revision = wanted is { } number && number != stored.Current.Number ? await configurations.RevisionAsync(stored.Id, number, cancel) : stored.Current;
        if (revision is null) return Refusal.Of("unknown-revision", $"Configuration {stored.Name} has no revision {wanted}.");
        // A name of its own: nothing of QA's is ever written over.
        var mark = Guid.NewGuid().ToString("N")[..12];
        var release = $"surge-{mark}";
        if (!SurgeManifests.Of(stored, revision, cluster, instances.Production.Url, release, mark).TryGet(out var manifests, out var no)) return no;
        var lent = new LentRunner(
            qa, seen.Observed.Description, null, cluster.Id, cluster.Name, stored.Id, stored.Name, revision.Number, release, manifests.Place,
            [.. manifests.Objects.Select(manifest => new AppliedObject(manifest.Key, manifest.Body.ToJsonString(), false))], LentState.Planned, null, null, null, null, 0, 0, false, false, false);
        return new Lending(lent, manifests);
    }

    private async Task<Refusal?> TryAsync(Lending lending, CancellationToken cancel)
    {
        var (lent, manifests) = lending;
        foreach (var space in (string[])[manifests.Place.Namespace, manifests.JobNamespace])
        {
            var key = new ObjectKey("v1", "Namespace", null, space);
            if (await objects.GetAsync(lent.Cluster, key, cancel) is ObjectAnswer.Missing) return Refusal.Of("preview-errors", $"{lent.ClusterName} has no namespace {space}: choose a configuration that runs there.");
        }

        var problems = new List<string>();
        foreach (var one in manifests.Objects)
        {
            switch (await objects.ApplyAsync(lent.Cluster, one.Key, one.Body, force: false, dryRun: true, cancel))
            {
                case ObjectAnswer.Unknown(var why, var again): return Refusal.Of("cluster-unavailable", $"{lent.ClusterName}: {why}") with { RetryAfter = again };
                case ObjectAnswer.Refused refused: problems.Add($"{lent.ClusterName} refuses {one.Key}: {refused.Message.TrimEnd('.')}."); break;
                case ObjectAnswer.Seen seen when PrunedFields.Of(one.Body, seen.Object.Body) is { Count: > 0 } pruned: problems.Add($"{lent.ClusterName} drops {string.Join(", ", pruned)} of {one.Key}."); break;
            }
        }

        return problems.Count > 0 ? new Refusal("preview-errors", problems) : null;
    }

    private sealed record Lending(LentRunner Lent, SurgeManifests Manifests);
}

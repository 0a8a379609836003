using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>The lent manager in its cluster: put there, waited for, taken away. Each may be done again and again.</summary>
public sealed class SurgeManager(IClusterObjects objects, IClusterSecrets secrets, IManagerContacts contacts)
{
    /// <returns>True. Refuses <c>cluster-unavailable</c>, where waiting helps, and <c>refused</c>.</returns>
    internal async Task<Outcome<bool>> ApplyAsync(LentRunner lent, CancellationToken cancel)
    {
        foreach (var one in lent.Objects)
        {
            switch (await objects.ApplyAsync(lent.Cluster, one.Key, JsonNode.Parse(one.Body)!.AsObject(), force: false, dryRun: false, cancel))
            {
                case ObjectAnswer.Unknown(var why, var again): return Refusal.Of("cluster-unavailable", $"{lent.ClusterName}: {why}") with { RetryAfter = again };
                case ObjectAnswer.Refused no: return Refusal.Of("refused", $"{lent.ClusterName} refuses {one.Key}: {no.Message}");
                case ObjectAnswer.Conflict held: return Refusal.Of("refused", $"{one.Key} in {lent.ClusterName} belongs to {held.Fields[0].Manager}.");
            }
        }

        return true;
    }

    /// <returns>When GitLab heard from it; null in it: not yet. Refuses <c>waiting</c> and, where waiting does not help, <c>refused</c>.</returns>
    internal async Task<Outcome<DateTimeOffset>> HeardAsync(Surge of, LentRunner lent, CancellationToken cancel)
    {
        foreach (var key in lent.Objects.Select(one => one.Key).Where(one => one.Kind == "Deployment"))
        {
            switch (await objects.GetAsync(lent.Cluster, key, cancel))
            {
                case ObjectAnswer.Unknown(var why, _): return Refusal.Of("waiting", $"{lent.ClusterName}: {why}");
                case ObjectAnswer.Missing: return Refusal.Of("refused", $"{key} is not there any more: somebody removed it.");
                case ObjectAnswer.Refused no: return Refusal.Of("refused", $"Whether {key} runs cannot be seen: {no.Message}");
                case ObjectAnswer.Seen { Object: var live } when RollOutVerdict.Of(live) is RollOutVerdict.Broken(var broken): return Refusal.Of("refused", broken);
                case ObjectAnswer.Seen { Object: var live } when RollOutVerdict.Of(live) is RollOutVerdict.Waits(var why): return Refusal.Of("waiting", why);
            }
        }

        try
        {
            if (await contacts.ReadAsync(new RunnerId(of.Instance, lent.Runner!.Value), cancel) is not { } managers) return Refusal.Of("refused", $"Runner {lent.Runner} does not exist in GitLab any more.");
            return managers.Where(one => one.Status != RunnerStatus.Offline && one.ContactedAt > lent.ContactAfter).Max(one => one.ContactedAt) is { } heard ? heard
                : Refusal.Of("waiting", $"GitLab has not heard from the manager of runner {lent.Runner} yet.");
        }
        catch (GitLabUnavailableException fault)
        {
            return Refusal.Of("waiting", fault.Message);
        }
    }

    /// <returns>Whether GitLab still has the runner, and its last contact; null: none, or GitLab does not answer.</returns>
    internal async Task<(bool IsThere, DateTimeOffset? At)> ContactAsync(RunnerId runner, CancellationToken cancel)
    {
        try
        {
            var managers = await contacts.ReadAsync(runner, cancel);
            return (managers is not null, managers?.Max(one => one.ContactedAt));
        }
        catch (GitLabUnavailableException)
        {
            return (true, null);
        }
    }

    /// <summary>Takes the manager alone away: it ends its jobs first, and needs all else until then.</summary>
    /// <returns>What it waits for; null: Deployment and pods are gone. Silent: the cluster does not answer.</returns>
    internal async Task<(string? Wait, bool IsSilent)> StopAsync(LentRunner lent, CancellationToken cancel)
    {
        foreach (var one in lent.Objects.Where(one => one.Key.Kind == "Deployment"))
        {
            var (wait, isSilent) = await RemoveAsync(lent, one.Key, cancel);
            if (wait is not null) return (wait, isSilent);
            var labels = JsonNode.Parse(one.Body)!["spec"]!["selector"]!["matchLabels"]!.AsObject();
            var pods = await objects.ListAsync(lent.Cluster, new ObjectKey("v1", "Pod", one.Key.Namespace, ""), string.Join(',', labels.Select(label => $"{label.Key}={label.Value}")), cancel);
            if (pods.OfType<ObjectAnswer.Unknown>().FirstOrDefault() is { } unknown) return ($"{lent.ClusterName}: {unknown.Sentence}", true);
            if (pods.OfType<ObjectAnswer.Refused>().FirstOrDefault() is { } refused) return ($"Whether the manager's pods in {lent.ClusterName} have ended cannot be seen: {refused.Message}", false);
            if (pods.OfType<ObjectAnswer.Seen>().Any()) return ($"The manager lent by {lent.Name} ends its jobs in {lent.ClusterName}.", false);
        }

        return (null, false);
    }

    /// <summary>Later than this after its removal Kubernetes has killed what did not end by itself.</summary>
    internal static TimeSpan Grace(LentRunner lent) => TimeSpan.FromSeconds(lent.Objects.Where(one => one.Key.Kind == "Deployment")
        .Select(one => JsonNode.Parse(one.Body)!["spec"]!["template"]!["spec"]!["terminationGracePeriodSeconds"]?.GetValue<long>() ?? 30).DefaultIfEmpty().Max());

    /// <summary>What the manager lived on, and its token; once <see cref="StopAsync"/> has nothing to wait for.</summary>
    /// <returns>What it waits for; null: nothing of it is left. Silent: the cluster does not answer, or refuses.</returns>
    internal async Task<(string? Wait, bool IsSilent)> RemoveAsync(LentRunner lent, CancellationToken cancel)
    {
        string? waits = null;
        foreach (var one in lent.Objects.Reverse())
        {
            var (wait, isSilent) = await RemoveAsync(lent, one.Key, cancel);
            waits ??= wait;
            if (isSilent) return (wait, true);
        }

        return waits is not null ? (waits, false) : await secrets.RemoveAsync(lent.Cluster, lent.Place, cancel) switch
        {
            SecretAnswer.Unknown(var why, _) => ($"{lent.ClusterName}: {why}", true),
            SecretAnswer.Refused(var message) => ($"Secret {lent.Place.Namespace}/{lent.Place.Name} in {lent.ClusterName} cannot be removed: {message}", true),
            _ => (null, false),
        };
    }

    private async Task<(string? Wait, bool IsSilent)> RemoveAsync(LentRunner lent, ObjectKey key, CancellationToken cancel)
    {
        switch (await objects.GetAsync(lent.Cluster, key, cancel))
        {
            case ObjectAnswer.Unknown(var why, _): return ($"{lent.ClusterName}: {why}", true);
            case ObjectAnswer.Refused no: return ($"{key} in {lent.ClusterName} cannot be removed: {no.Message}", false);
            case ObjectAnswer.Seen { Object: var live } when live.Label(SurgeManifests.Label) == lent.Place.Mark:
                return live.IsGoing ? (Going(), false) : await objects.DeleteAsync(lent.Cluster, key, live.Uid, cancel) switch
                {
                    ObjectAnswer.Unknown(var why, _) => ($"{lent.ClusterName}: {why}", true),
                    ObjectAnswer.Refused { Status: not 409 } no => ($"{key} in {lent.ClusterName} cannot be removed: {no.Message}", false),
                    // Gone is what is seen to be gone.
                    _ => (Going(), false),
                };
            // Another one of the same name stays.
            default: return (null, false);
        }

        string Going() => $"{key} in {lent.ClusterName} is being removed.";
    }
}

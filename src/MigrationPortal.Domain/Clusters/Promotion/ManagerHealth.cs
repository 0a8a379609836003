using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Whether the manager of a configuration is up in a cluster, and reports to GitLab.</summary>
public sealed class ManagerHealth(IClusterStore clusters, IClusterObjects objects, IManagerContacts contacts)
{
    /// <param name="wanted">Of which those count whose pods must be up.</param>
    /// <param name="runner">GitLab's number; null: not known, and GitLab is not asked.</param>
    /// <returns>Refuses <c>unknown-cluster</c>, <c>cluster-unavailable</c>, <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<(RolloutHealth Health, string Said)>> ReadAsync(long cluster, IReadOnlyList<ObjectKey> wanted, long? runner, CancellationToken cancel)
    {
        var (worst, said) = (RolloutHealth.Well, new List<string>());
        foreach (var key in wanted.Where(one => one.Kind is "Deployment" or "Runner"))
        {
            if (!(await RollOutAsync(cluster, key, cancel)).TryGet(out var verdict, out var no)) return no;
            var (health, words) = verdict switch { RollOutVerdict.Well(var what) => (RolloutHealth.Well, what), RollOutVerdict.Waits(var what) => (RolloutHealth.Waiting, what), RollOutVerdict.Broken(var why) => (RolloutHealth.Ill, why), _ => throw new InvalidOperationException("A verdict without a case.") };
            said.Add(words);
            if (health > worst) worst = health;
        }

        if (await clusters.FindAsync(cluster, cancel) is not { } where) return Refusal.Of("unknown-cluster", $"There is no cluster {cluster}.");
        if (runner is not { } number) return (worst, string.Join(" ", [.. said, "Its runner in GitLab is not known to the portal."]));
        try
        {
            var (heard, words) = Heard(number, await contacts.ReadAsync(new RunnerId(where.Instance, number), cancel));
            return (heard > worst ? heard : worst, string.Join(" ", [.. said, words]));
        }
        catch (GitLabUnavailableException fault)
        {
            return Refusal.Of("gitlab-unavailable", fault.Message) with { RetryAfter = fault.RetryAfter };
        }
    }

    private static (RolloutHealth, string) Heard(long runner, IReadOnlyList<RunnerManager>? managers)
    {
        if (managers is null) return (RolloutHealth.Ill, $"Runner {runner} does not exist in GitLab any more.");
        if (managers.FirstOrDefault(one => one.Status == RunnerStatus.Online) is { } online) return (RolloutHealth.Well, $"GitLab hears from manager {online.SystemId} of runner {runner}.");
        return managers.All(one => one.Status == RunnerStatus.NeverContacted)
            ? (RolloutHealth.Waiting, $"GitLab has not heard from a manager of runner {runner} yet.")
            : (RolloutHealth.Ill, $"GitLab does not hear from a manager of runner {runner} any more.");
    }

    private async Task<Outcome<RollOutVerdict>> RollOutAsync(long cluster, ObjectKey key, CancellationToken cancel)
    {
        switch (await objects.GetAsync(cluster, key, cancel))
        {
            case ObjectAnswer.Unknown(var why, var again):
                return Silent(why, again);
            case ObjectAnswer.Missing:
                return new RollOutVerdict.Broken($"{key} is not there any more: somebody removed it.");
            case ObjectAnswer.Seen { Object: var live } when key.Kind == "Runner":
                var made = await objects.ListAsync(cluster, new ObjectKey("apps/v1", "Deployment", key.Namespace, ""), "", cancel);
                return made is [ObjectAnswer.Unknown(var silent, var later)] ? Silent(silent, later) : RollOutVerdict.Of(live, made.OfType<ObjectAnswer.Seen>().Select(one => one.Object).FirstOrDefault(one => one.IsOwnedBy(live.Uid)), null);
            case ObjectAnswer.Seen { Object: var live }:
                return RollOutVerdict.Of(live);
            case ObjectAnswer.Refused no:
                return Silent($"Whether {key} runs cannot be seen: {no.Message}", null);
            default:
                throw new InvalidOperationException("An answer that reading does not give.");
        }
    }

    private static Refusal Silent(string why, TimeSpan? again) => Refusal.Of("cluster-unavailable", why) with { RetryAfter = again };
}

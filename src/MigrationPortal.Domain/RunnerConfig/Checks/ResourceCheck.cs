namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Requests, limits and what jobs may overwrite, beside each other (kubernetes-executor.md 3).</summary>
public sealed class ResourceCheck : KubernetesCheck
{
    private const double LeastHelperMemory = 250 * 1024 * 1024;

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        foreach (var owner in ResourceKeys.Owners)
        {
            foreach (var kind in ResourceKeys.Kinds)
            {
                string request = $"{owner}{kind}_request", limit = $"{owner}{kind}_limit";
                if (Amount(runner, request) is { } asked && Amount(runner, limit) is { } most && asked > most)
                    yield return Found(runner, CheckCodes.RequestAboveLimit, request, CheckSeverity.Error, $"{request} is above {limit}: Kubernetes refuses the pod with \"must be less than or equal to {kind.Replace('_', '-')} limit\".", $"Raise {limit} or lower {request}.");
                foreach (var key in new[] { request, limit })
                    if (Amount(runner, key) is { } set && Amount(runner, key + ResourceKeys.OverwriteMax) is { } max && set > max)
                        yield return Found(runner, CheckCodes.AboveOverwriteMax, key, CheckSeverity.Warning, $"{key} is above {key}{ResourceKeys.OverwriteMax}: a job that writes the very value of the runner fails.", $"Raise {key}{ResourceKeys.OverwriteMax} to {key} at least.");
                // A request that a job may raise above a limit that it may not.
                if (Amount(runner, request + ResourceKeys.OverwriteMax) is { } mayAsk && Amount(runner, limit) is { } stays && Text(runner, limit + ResourceKeys.OverwriteMax) is null && mayAsk > stays)
                    yield return Found(runner, CheckCodes.RequestAboveLimit, request + ResourceKeys.OverwriteMax, CheckSeverity.Warning, $"A job may raise {request} above {limit}, which it may not raise: Kubernetes then refuses the pod.", $"Set {limit}{ResourceKeys.OverwriteMax}, too, or lower {request}{ResourceKeys.OverwriteMax}.");
            }
        }

        foreach (var found in Missing(runner)) yield return found;
        if (Amount(runner, "helper_memory_limit") is { } helper and > 0 && helper < LeastHelperMemory)
            yield return Found(runner, CheckCodes.HelperMemory, "helper_memory_limit", CheckSeverity.Warning, "The helper has less than 250Mi: with caches or artifacts it is killed for want of memory.", "Set helper_memory_limit and helper_memory_request to 250Mi or more.");
    }

    private static IEnumerable<ConfigFinding> Missing(KubernetesSection runner)
    {
        if (!ResourceKeys.All.Any(key => Text(runner, key) is not null))
        {
            yield return Found(runner, CheckCodes.MissingLimit, "memory_limit", CheckSeverity.Warning, "No requests and no limits are set: pods are the first to be evicted, and one job can take a whole node. A ResourceQuota may refuse them.", "Set cpu_request, cpu_limit, memory_request and memory_limit, and those of helper_ and service_.");
            yield break;
        }

        if (Text(runner, "memory_limit") is null && Text(runner, "pod_memory_limit") is null)
            yield return Found(runner, CheckCodes.MissingLimit, "memory_limit", CheckSeverity.Warning, "The build container has no memory_limit: one job can take all memory of its node.", "Set memory_limit, and memory_limit_overwrite_max_allowed for jobs that need more.");
        foreach (var owner in new[] { "", "service_", "helper_" })
            foreach (var kind in new[] { "cpu", "memory" })
                if (Text(runner, $"{owner}{kind}_limit") is not null && Text(runner, $"{owner}{kind}_request") is null)
                    yield return Found(runner, CheckCodes.MissingLimit, $"{owner}{kind}_request", CheckSeverity.Info, $"{owner}{kind}_request is not set, so Kubernetes takes {owner}{kind}_limit for it and reserves as much for {ResourceKeys.Owner(owner)}.", $"Set {owner}{kind}_request to what is usually used.");
    }

    private static string? Text(KubernetesSection runner, string key) => runner.Text(key) is { Length: > 0 } text ? text : null;

    private static double? Amount(KubernetesSection runner, string key) => Text(runner, key) is { } text ? Quantity.Read(text) : null;
}

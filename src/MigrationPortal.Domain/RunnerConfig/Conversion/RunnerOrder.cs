namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Puts the keys of a runner into the order in which people read them, whatever the order of the source.</summary>
internal static class RunnerOrder
{
    private static readonly string[] First = ["name", "url", "executor", "limit", "request_concurrency", "output_limit", "clone_url", "environment", "shell", "builds_dir", "cache_dir"];

    private static readonly string[] OfKubernetes =
    [
        "host", "context", "namespace", "image", "pull_policy", "allowed_pull_policies", "image_pull_secrets", "allowed_images", "allowed_services", "allowed_users", "allowed_groups", "helper_image", "helper_image_flavor",
        "privileged", "allow_privilege_escalation", "cap_add", "cap_drop", "runtime_class_name", "automount_service_account_token",
        "cpu_request", "cpu_limit", "memory_request", "memory_limit", "service_cpu_request", "service_cpu_limit", "service_memory_request", "service_memory_limit",
        "helper_cpu_request", "helper_cpu_limit", "helper_memory_request", "helper_memory_limit", "poll_timeout", "resource_availability_check_max_attempts", "dns_policy",
    ];

    public static ConfigTable Of(Draft draft)
    {
        if (draft.Target.Table("kubernetes") is { } kubernetes) draft.Target.Set("kubernetes", Sorted(kubernetes, OfKubernetes));
        var runner = Sorted(draft.Target, First);
        runner.Comment = draft.Comments.Count > 0 ? string.Join('\n', draft.Comments) : null;
        return runner;
    }

    private static ConfigTable Sorted(ConfigTable table, string[] order)
    {
        var sorted = new ConfigTable { Comment = table.Comment };
        foreach (var (key, value) in table.Entries.OrderBy(entry => Array.IndexOf(order, entry.Key) is >= 0 and var place ? place : int.MaxValue)) sorted.TryAdd(key, value);
        return sorted;
    }
}

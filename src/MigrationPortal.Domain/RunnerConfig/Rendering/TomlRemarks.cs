namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>A line above keys whose effect is not what one would think. Somebody's own comment stays instead.</summary>
internal static class TomlRemarks
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["runners[].kubernetes.pull_policy"] = "Unset, the cluster decides; a list is the order of retries.",
        ["runners[].kubernetes.allowed_pull_policies"] = "Without it, a job that sets pull_policy fails.",
        ["runners[].kubernetes.poll_timeout"] = "Seconds until a pod must run; the default of 180 is too short for big images.",
        ["runners[].kubernetes.resource_availability_check_max_attempts"] = "0 checks nothing: a missing Secret would show as a timeout.",
        ["runners[].kubernetes.automount_service_account_token"] = "Unset, every job gets a token of the cluster.",
        ["runners[].kubernetes.image_pull_secrets"] = "Names of Secrets in the jobs' namespace.",
        ["runners[].kubernetes.cap_add"] = "Here, and not in a container's capabilities: there it would replace lists.",
        ["runners[].kubernetes.pod_security_context"] = "What is set here decides: jobs cannot choose, and allowlists are not asked.",
        ["runners[].kubernetes.allowed_users"] = "Numbers as texts. A refused user is no failure: the job then runs as its image says.",
        ["runners[].kubernetes.helper_memory_limit"] = "Caches and artifacts need 250Mi and more.",
        ["runners[].kubernetes.pod_spec"] = "Patches run last and can undo every setting above.",
        ["runners[].kubernetes.pod_disruption_budget"] = "Needs the Role's rule for poddisruptionbudgets, and can hold up node drains.",
        ["runners[].kubernetes.autoscaler"] = "Pause pods need the Role's rules for deployments and priorityclasses.",
        ["runners[].cache"] = "Keys of the store come from a Secret.",
        ["concurrent"] = "Of each manager: the jobs of all are this many times the replicas.",
    };

    public static void Add(ConfigTable table, string path)
    {
        foreach (var (key, node) in table.Entries)
        {
            var here = path.Length == 0 ? key : $"{path}.{key}";
            if (here == "runners") continue;
            // Above a list of tables it stands once, at the first of them.
            var shown = node is ConfigList { IsOfTables: true } list ? list.Items[0] : node;
            if (Known.TryGetValue(here, out var remark)) shown.Comment ??= remark;
            if (node is ConfigTable below) Add(below, here);
        }
    }
}

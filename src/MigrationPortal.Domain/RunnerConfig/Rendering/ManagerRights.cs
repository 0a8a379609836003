namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>What a runner manager may do in a cluster: what its configuration needs, and no more (gitlab-runner, <c>docs/executors/kubernetes</c>, the table of permissions).</summary>
internal static class ManagerRights
{
    public static IReadOnlyList<RbacRule> Of(RenderInput input)
    {
        var (runner, kubernetes) = (input.Runner, input.Kubernetes);
        var attaches = !runner.IsOn("FF_USE_LEGACY_KUBERNETES_EXECUTION_STRATEGY");
        var suspends = runner.IsOn("FF_SUSPENDABLE_ENVIRONMENTS");
        var rules = new List<RbacRule>();
        void Add(bool needed, string group, string[] resources, string[] verbs, string why, bool ofCluster = false)
        {
            if (needed) rules.Add(new(group, resources, verbs, ofCluster, why));
        }

        Add(true, "", ["pods"], ["create", "delete", "get", "list", "watch"], "job pods; list and watch let the runner see evictions at once");
        Add(attaches, "", ["pods/attach"], ["create", "delete", "get", "patch"], "the script is sent by attach");
        Add(true, "", ["pods/exec"], ["create", "delete", "get", "patch"], "commands in the helper, and web terminals");
        Add(true, "", ["pods/log"], ["get", "list"], "the job's log");
        Add(true, "", ["secrets"], ["create", "delete", "get", "update"], "credentials for pulling a job's images");
        Add(true, "", ["services"], ["create", "get"], "ports of services");
        Add(true, "", ["serviceaccounts"], ["get"], "checks before a pod is made");
        Add(kubernetes.Waits.PrintPodWarningEvents != false || runner.IsOn("FF_PRINT_POD_EVENTS"), "", ["events"], ["list", "watch"], "warnings of the pod in the job's log");
        Add(suspends, "", ["configmaps"], ["create", "delete", "get", "update"], "FF_SUSPENDABLE_ENVIRONMENTS");
        Add(suspends, "", ["persistentvolumeclaims"], ["create", "delete"], "FF_SUSPENDABLE_ENVIRONMENTS");
        Add(kubernetes.Scheduling.PodDisruptionBudget == true, "policy", ["poddisruptionbudgets"], ["create", "get"], "pod_disruption_budget");
        Add(input.HasPausePods, "apps", ["deployments"], ["create", "delete", "get", "list", "update"], "pause pods of the autoscaler");
        Add(input.HasPausePods, "scheduling.k8s.io", ["priorityclasses"], ["create", "get"], "the priority of pause pods", ofCluster: true);
        Add(kubernetes.NamespacePerJob == true, "", ["namespaces"], suspends ? ["create", "delete", "get"] : ["create", "delete"], "namespace_per_job", ofCluster: true);
        return rules;
    }

    /// <summary>Jobs run in namespaces that nobody knows before: no Role reaches them.</summary>
    public static bool NeedsWholeCluster(RenderInput input) => input.Kubernetes.NamespacePerJob == true;

    public static YamlItems Rules(IEnumerable<RbacRule> rules)
    {
        var items = new YamlItems();
        foreach (var rule in rules)
            items.Add(new YamlFields().Add("apiGroups", YamlItems.Of([rule.Group])).Add("resources", YamlItems.Of(rule.Resources)).Add("verbs", YamlItems.Of(rule.Verbs)), rule.Why);
        return items;
    }
}

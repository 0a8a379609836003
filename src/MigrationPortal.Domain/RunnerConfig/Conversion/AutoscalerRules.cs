namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>docker-autoscaler: its policies are those of pause pods, everything about machines goes.</summary>
internal static class AutoscalerRules
{
    private const string Autoscaler = KeyRules.Runner + "autoscaler.";

    private const string Policy = Autoscaler + "policy[].";

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Autoscaler + "capacity_per_instance"] = Capacity,
        [Autoscaler + "max_instances"] = Capacity,
        [Autoscaler + "max_use_count"] = ResourceRules.Never("Each job has a pod of its own, so none is used twice: dropped."),
        [Autoscaler + "plugin"] = ResourceRules.Never("Machines become nodes of a pool of the same cloud: see the worksheet."),
        [Autoscaler + "plugin_config"] = PluginConfig,
        [Autoscaler + "connector_config.password"] = Connector,
        [Autoscaler + "connector_config.key_path"] = Connector,
        [Autoscaler + "connector_config.username"] = Connector,
        [Autoscaler + "policy"] = (_, _) => Mapped.Default,
        [Policy + "periods"] = Copied,
        [Policy + "timezone"] = Copied,
        [Policy + "idle_count"] = Copied,
        [Policy + "idle_time"] = Copied,
        [Policy + "scale_factor"] = Copied,
        [Policy + "scale_factor_limit"] = Copied,
        [Policy + "preemptive_mode"] = ResourceRules.Never("Pause pods are always made ahead of jobs: dropped."),
    };

    private static Mapped Copied(KeyUse use, Draft draft)
    {
        var path = KeyRules.Below(use);
        path = "kubernetes." + (path.Contains("policy[", StringComparison.OrdinalIgnoreCase) ? path : path.Replace("policy.", "policy[0].", StringComparison.OrdinalIgnoreCase));
        draft.Put(path, use.Node.Copy());
        return Mapped.Direct(use.Key!.Name == "idle_count" ? "Pause pods instead of idle machines; the manager needs rights on deployments and priority classes." : "");
    }

    private static Mapped Capacity(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var autoscaler = draft.Source.Table("autoscaler")!;
        var perInstance = Math.Max(1, autoscaler.Whole("capacity_per_instance") ?? 1);
        var most = autoscaler.Whole("max_instances") ?? 0;
        if (most <= 0) return Mapped.Impossible("How many jobs share a node is decided by their requests: dropped.");
        var jobs = (decimal)perInstance * most;
        if (use.Key!.Name == "max_instances")
            draft.Worksheet.Add(new(draft.Name, "capacity", "max_instances", $"{most} × {perInstance}", $"At most {jobs} jobs at once: set concurrent (or limit) to {jobs}, a ResourceQuota of the job namespace to {jobs} times the pod's requests, and the node pool's largest size to what they need.", null));
        return Mapped.Impossible($"Machines become nodes. Together they bounded {jobs} jobs: keep that with concurrent or limit, a ResourceQuota and the largest size of the node pool.");
    }

    private static Mapped PluginConfig(KeyUse use, Draft draft)
    {
        if (use.Node is not ConfigTable config || config.IsEmpty) return Mapped.Default;
        foreach (var (name, node) in config.Entries)
            if (node is ConfigScalar scalar)
                draft.Worksheet.Add(new(draft.Name, "pool", name, SecretSigns.Shown(name, scalar.Value is string text ? text : scalar.ToString()), "Of the old group of machines: look up its machine type, zones, disks and identity there for the node pool.", null));
        return Mapped.Impossible("Names the old group of machines. Look up its machine type, zones and disks there, and make a node pool like it; its credentials are not needed.");
    }

    private static Mapped Connector(KeyUse use, Draft draft) => use.IsBlank() ? Mapped.Default : Mapped.Impossible("How the manager logged in to machines; it logs in to no node: dropped, and no secret is written.");
}

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>docker+machine: idle machines become pause pods, options of machines a worksheet for a node pool.</summary>
internal static class MachineRules
{
    private const string Machine = KeyRules.Runner + "machine.";

    private const string Autoscaling = Machine + "autoscaling[].";

    private const string Policies = "kubernetes.autoscaler.policy";

    private const string OffPeak = "Dead since gitlab-runner 14.0: it did nothing any more. [[runners.machine.autoscaling]] took its place.";

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Machine + "IdleCount"] = Idle("Idle machines become pause pods, which hold room on nodes until a job needs it; the cluster autoscaler does the rest. The manager needs rights on deployments and priority classes."),
        [Machine + "IdleTime"] = Idle("Seconds become a duration."),
        [Machine + "IdleScaleFactor"] = Idle("scale_factor; IdleCount, which bounded it, becomes scale_factor_limit, and IdleCountMin idle_count."),
        [Machine + "IdleCountMin"] = Idle("The least number of idle machines, in use with IdleScaleFactor alone: idle_count there."),
        [Machine + "autoscaling"] = (_, _) => Mapped.Default,
        [Autoscaling + "Periods"] = Periods,
        [Autoscaling + "Timezone"] = Timezone,
        [Autoscaling + "IdleCount"] = Idle("Idle machines become pause pods."),
        [Autoscaling + "IdleTime"] = Idle("Seconds become a duration."),
        [Autoscaling + "IdleScaleFactor"] = Idle("scale_factor; IdleCount, which bounded it, becomes scale_factor_limit, and IdleCountMin idle_count."),
        [Autoscaling + "IdleCountMin"] = Idle("The least number of idle machines, in use with IdleScaleFactor alone: idle_count there."),
        [Machine + "MaxBuilds"] = ResourceRules.Never("Each job has a pod of its own, so none is used twice: dropped."),
        [Machine + "MaxGrowthRate"] = ResourceRules.Never("How fast nodes are added is up to the cluster autoscaler: dropped."),
        [Machine + "MaxRemovalAttempts"] = ResourceRules.Never("Nodes are removed by the cluster autoscaler: dropped."),
        [Machine + "OffPeakPeriods"] = ResourceRules.Never(OffPeak),
        [Machine + "OffPeakTimezone"] = ResourceRules.Never(OffPeak),
        [Machine + "OffPeakIdleCount"] = ResourceRules.Never(OffPeak),
        [Machine + "OffPeakIdleTime"] = ResourceRules.Never(OffPeak),
        [Machine + "MachineName"] = ResourceRules.Never("Nodes are named by their pool: dropped."),
        [Machine + "MachineDriver"] = ResourceRules.Never("Machines become nodes of a pool of the same cloud: see the worksheet."),
        [Machine + "MachineOptions"] = MachineOptions.Rule,
        [Machine + "MachineOptionsWithName"] = MachineOptions.Rule,
    };

    private static KeyRule Idle(string remedy) => (use, draft) =>
    {
        Build(draft);
        var written = draft.Target.Below("kubernetes", "autoscaler") is not null;
        if (written) draft.Wrote(Policies);
        if (!draft.Knows(Policies)) return Refuse(draft);
        return !written ? Mapped.Default : use.IsBlank() ? Mapped.Direct(use.Key!.Name.EndsWith("IdleTime", StringComparison.OrdinalIgnoreCase) ? "" : "None are kept.") : Mapped.Approximate(remedy);
    };

    private static Mapped Periods(KeyUse use, Draft draft)
    {
        Build(draft);
        if (use.IsBlank()) return Mapped.Default;
        if (!draft.Knows(Policies)) return Refuse(draft);
        draft.Wrote($"{Policies}[].periods");
        return Mapped.Of([.. use.Texts().Select(text => CronPeriod.Of(text) is { Fields: { } fields } period
            ? new ConvertedPart(text, KeyMapping.Approximate, $"{Policies}[].periods", string.Join(' ', [$"In five fields: {fields}.", .. period.Lost]))
            : new ConvertedPart(text, KeyMapping.Impossible, "", string.Join(' ', CronPeriod.Of(text).Lost)))]);
    }

    private static Mapped Timezone(KeyUse use, Draft draft)
    {
        Build(draft);
        if (!draft.Knows(Policies)) return Refuse(draft);
        if (use.IsBlank()) return Mapped.Approximate("Not named, so the manager's own counts: that was the old host's, and is UTC in most containers. Name it.");
        draft.Wrote($"{Policies}[].timezone");
        return use.Text() == "Local" ? Mapped.Approximate("The time zone of the old host; in most containers it is UTC. Name it.") : Mapped.Direct();
    }

    private static Mapped Refuse(Draft draft) => Mapped.Impossible($"Pause pods need runner 18.11 or newer, and this is for {draft.TargetVersion.ToString(2)}: idle nodes are then kept by the cluster autoscaler alone, for example with a Deployment of low priority.");

    /// <summary>All policies at once: what holds always comes first, as the last that matches counts.</summary>
    private static void Build(Draft draft)
    {
        if (draft.Source.Table("machine") is not { } machine || !draft.Knows(Policies) || draft.PoliciesBuilt) return;
        draft.PoliciesBuilt = true;
        if (machine.Whole("IdleCount") > 0) draft.Append(Policies, Policy(machine, ["* * * * *"], null, "Holds unless one below matches: the last that matches counts."));
        foreach (var autoscaling in machine.Tables("autoscaling"))
        {
            var periods = (autoscaling.Texts("Periods") ?? []).Select(text => CronPeriod.Of(text).Fields).OfType<string>().Distinct().ToList();
            if (periods.Count == 0) continue;
            draft.Append(Policies, Policy(autoscaling, periods, autoscaling.Text("Timezone"), null));
        }
    }

    private static ConfigTable Policy(ConfigTable from, IReadOnlyList<string> periods, string? timezone, string? comment)
    {
        var policy = new ConfigTable { Comment = comment };
        policy.Set("periods", ConfigList.Of(periods));
        if (timezone is { Length: > 0 }) policy.Set("timezone", new ConfigScalar(timezone));
        var most = Math.Max(0, from.Whole("IdleCount") ?? 0);
        var factor = from.Number("IdleScaleFactor") ?? 0;
        // docker+machine: IdleScaleFactor times the machines in use, at least IdleCountMin (never below 1) and at most IdleCount. Here the limit bounds the factor alone.
        var least = factor > 0 ? Math.Min(most, Math.Max(1, from.Whole("IdleCountMin") ?? 0)) : most;
        policy.Set("idle_count", new ConfigScalar(least));
        policy.Set("idle_time", new ConfigScalar(DurationText.OfSeconds(from.Whole("IdleTime") ?? 0)));
        if (factor > 0)
        {
            policy.Set("scale_factor", new ConfigScalar(factor));
            policy.Set("scale_factor_limit", new ConfigScalar(most));
        }

        return policy;
    }
}

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Keys for which the manager needs more rights in the cluster than job pods do (kubernetes-executor.md 4).</summary>
public sealed class RightsCheck : KubernetesCheck
{
    private static readonly Version BootVerify = new(19, 2);

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        if (runner.Flag("pod_disruption_budget") is true)
            yield return Needs(runner, "pod_disruption_budget", "A budget is made for every pod: the manager needs create, get and delete of poddisruptionbudgets in the group policy. The Helm chart's own rules do not hold them, and a job can stall the draining of its node.");
        if (runner.Find("autoscaler") is ConfigTable autoscaler && (autoscaler.Tables("policy").Count > 0 || autoscaler.Whole("max_pause_pods") is not null))
            yield return Needs(runner, "autoscaler", $"Pause pods are a Deployment: the manager needs deployments in the group apps{(autoscaler.Text("pause_pod_priority_class_name") is { Length: > 0 } ? "." : ", and priorityclasses in the whole cluster unless pause_pod_priority_class_name names one that is there.")} The Helm chart's own rules do not hold them.");
        if (runner.Flag("namespace_per_job") is true)
            yield return Needs(runner, "namespace_per_job", "A namespace is made for every job: the manager needs create and delete of namespaces, and its rights in all of them.");
        if ((config.Target ?? ConfigKeys.Newest) >= BootVerify && runner.Runner.Table.Below("experimental", "boot_verify")?.Flag("enabled") is not true)
            yield return new(CheckCodes.NoBootVerify, runner.Runner.Path + ".experimental.boot_verify.enabled", runner.Runner.Table.Line, CheckSeverity.Info, "Nothing tests the runner when it starts: a wrong image, right or namespace shows at the first job.", "Set enabled = true in [runners.experimental.boot_verify] (19.2 or newer): /health/ready then waits for a pod that starts.");
    }

    private static ConfigFinding Needs(KubernetesSection runner, string key, string message) => Found(runner, CheckCodes.NeedsRights, key, CheckSeverity.Info, message, "Add the rules to the manager's Role (rbac.rules of the chart) before this file is applied.");
}

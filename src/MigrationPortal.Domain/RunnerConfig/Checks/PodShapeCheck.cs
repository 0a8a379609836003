namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Parts of a pod that Kubernetes wants whole: lifecycle hooks, affinity, profiles of a node.</summary>
public sealed class PodShapeCheck : ConfigCheck
{
    private static readonly string[] Handlers = ["exec", "http_get", "tcp_socket"];

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config) =>
        config.Kubernetes.SelectMany(Hooks).Concat(config.Uses.SelectMany(Affinity)).Concat(config.Uses.SelectMany(Profile));

    private static IEnumerable<ConfigFinding> Hooks(KubernetesSection runner)
    {
        foreach (var name in new[] { "post_start", "pre_stop" })
        {
            if (runner.Find($"container_lifecycle.{name}") is not ConfigTable hook) continue;
            var set = Handlers.Where(handler => hook[handler] is not null).ToList();
            ConfigFinding Of(string key, string message, string remedy) => new(CheckCodes.BadValue, runner.KeyOf($"container_lifecycle.{name}{key}"), hook.Line, CheckSeverity.Error, message, remedy);
            if (set.Count != 1) yield return Of("", $"{name} has {(set.Count == 0 ? "no handler" : "several handlers")}: Kubernetes refuses the pod.", "Set one of exec, http_get and tcp_socket.");
            if (hook.Table("exec") is { } exec && (exec.Texts("command")?.Count ?? 0) == 0) yield return Of(".exec.command", $"{name} has no command: Kubernetes refuses the pod.", "Set command = [\"/bin/sh\", \"-c\", \"…\"].");
            foreach (var handler in new[] { "http_get", "tcp_socket" })
                if (hook.Table(handler) is { } net && net["port"] is null) yield return Of($".{handler}.port", $"{handler} has no port: Kubernetes refuses the pod.", "Set port.");
        }
    }

    private static IEnumerable<ConfigFinding> Affinity(KeyUse use)
    {
        if (use.Key is not { LastRelease: null } key || !key.Path.StartsWith("runners[].kubernetes.affinity.", StringComparison.Ordinal) || use.Node is not ConfigList list) yield break;
        foreach (var term in list.Items.OfType<ConfigTable>())
        {
            ConfigFinding Of(string message, string remedy) => new(CheckCodes.BadValue, use.Path, term.Line, CheckSeverity.Error, message + ": Kubernetes refuses the pod.", remedy);
            switch (key.Name)
            {
                case "match_expressions" or "match_fields":
                    var values = term.Texts("values")?.Count ?? 0;
                    if (term.Text("key") is null or "") yield return Of("A requirement has no key", "Set key.");
                    if (term.Text("operator") is "In" or "NotIn" && values == 0) yield return Of("In and NotIn need values", "Set values.");
                    if (term.Text("operator") is "Exists" or "DoesNotExist" && values > 0) yield return Of("Exists and DoesNotExist take no values", "Take values out.");
                    if (term.Text("operator") is "Gt" or "Lt" && values != 1) yield return Of("Gt and Lt need one value", "Set values to one number.");
                    break;
                case "required_during_scheduling_ignored_during_execution" when key.Path.Contains(".pod_", StringComparison.Ordinal) && string.IsNullOrEmpty(term.Text("topology_key")):
                    yield return Of("A rule about pods has no topology_key", "Set topology_key, such as kubernetes.io/hostname.");
                    break;
                case "preferred_during_scheduling_ignored_during_execution" when term["weight"] is null:
                    yield return Of("A preferred rule has no weight", "Set weight, 1 to 100.");
                    break;
            }
        }
    }

    private static IEnumerable<ConfigFinding> Profile(KeyUse use)
    {
        if (use.Key is { LastRelease: null, Name: "seccomp_profile" or "app_armor_profile" } && use.Node is ConfigTable table && table.Text("type") == "Localhost" && string.IsNullOrEmpty(table.Text("localhost_profile")))
            yield return Found(CheckCodes.MissingKey, CheckSeverity.Error, use, "Localhost needs localhost_profile: gitlab-runner logs it and sets no profile.", "Set localhost_profile to the profile on the node.");
    }
}

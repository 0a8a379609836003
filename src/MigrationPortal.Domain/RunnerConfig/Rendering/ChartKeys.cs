namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>Values that the chart gitlab-runner reads (0.86.0). Helm takes any others without a word, and nothing comes of them.</summary>
public static class ChartKeys
{
    // A star: whatever stands below goes into a pod as it is.
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["namespace"] = [],
        ["image"] = ["registry", "image", "tag"],
        ["useTini"] = [],
        ["imagePullPolicy"] = [],
        ["imagePullSecrets"] = ["*"],
        ["probeTimeoutSeconds"] = [],
        ["livenessProbe"] = ["*"],
        ["readinessProbe"] = ["*"],
        ["replicas"] = [],
        ["revisionHistoryLimit"] = [],
        ["gitlabUrl"] = [],
        ["runnerToken"] = [],
        ["runnerRegistrationToken"] = [],
        ["unregisterRunners"] = [],
        ["terminationGracePeriodSeconds"] = [],
        ["certsSecretName"] = [],
        ["concurrent"] = [],
        ["shutdown_timeout"] = [],
        ["checkInterval"] = [],
        ["logLevel"] = [],
        ["logFormat"] = [],
        ["sentryDsn"] = [],
        ["connectionMaxAge"] = [],
        ["preEntrypointScript"] = [],
        ["sessionServer"] = ["*"],
        ["rbac"] = ["create", "generatedServiceAccountName", "rules", "clusterWideAccess", "serviceAccountName", "serviceAccountAnnotations", "podSecurityPolicy", "imagePullSecrets"],
        ["serviceAccount"] = ["create", "name", "annotations", "imagePullSecrets"],
        ["metrics"] = ["enabled", "portName", "port", "serviceMonitor", "podMonitor"],
        ["service"] = ["*"],
        ["runners"] = ["jobNamespace", "config", "configPath", "executor", "name", "secret", "cache"],
        ["schedulerName"] = [],
        ["securityContext"] = ["*"],
        ["strategy"] = ["*"],
        ["podSecurityContext"] = ["*"],
        ["resources"] = ["*"],
        ["affinity"] = ["*"],
        ["topologySpreadConstraints"] = ["*"],
        ["runtimeClassName"] = [],
        ["nodeSelector"] = ["*"],
        ["tolerations"] = ["*"],
        ["envVars"] = ["*"],
        ["extraEnv"] = ["*"],
        ["extraEnvFrom"] = ["*"],
        ["extraEnvFromRefs"] = ["*"],
        ["hostAliases"] = ["*"],
        ["deploymentAnnotations"] = ["*"],
        ["deploymentLabels"] = ["*"],
        ["deploymentLifecycle"] = ["*"],
        ["hostname"] = [],
        ["podAnnotations"] = ["*"],
        ["podLabels"] = ["*"],
        ["hpa"] = ["*"],
        ["priorityClassName"] = [],
        ["secrets"] = ["*"],
        ["automountServiceAccountToken"] = [],
        ["configMaps"] = ["*"],
        ["volumeMounts"] = ["*"],
        ["volumes"] = ["*"],
        ["extraObjects"] = ["*"],
        ["extraContainers"] = ["*"],
    };

    public static IEnumerable<string> All => Known.SelectMany(one => one.Value.Where(below => below != "*").Select(below => $"{one.Key}.{below}").Prepend(one.Key));

    public static IEnumerable<string> Top => Known.Keys;

    /// <summary>The keys of <paramref name="values"/> that the chart does not read, such as <c>runners.tags</c>.</summary>
    public static IEnumerable<string> Unknown(YamlFields values)
    {
        foreach (var (key, value, _) in values.Fields)
            if (!Known.TryGetValue(key, out var below)) yield return key;
            else if (value is YamlFields fields && !below.Contains("*"))
                foreach (var (inner, _, _) in fields.Fields)
                    if (!below.Contains(inner)) yield return $"{key}.{inner}";
    }
}

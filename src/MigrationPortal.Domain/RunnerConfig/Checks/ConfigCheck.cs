namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>One family of things that can be wrong with a <c>config.toml</c>. Keeps nothing.</summary>
public abstract class ConfigCheck
{
    public abstract IEnumerable<ConfigFinding> Look(CheckedConfig config);

    private protected static ConfigFinding Found(string code, CheckSeverity severity, KeyUse use, string message, string remedy) => new(code, use.Path, use.Line, severity, message, remedy);
}

/// <summary>A check that looks at each runner of the Kubernetes executor.</summary>
public abstract class KubernetesCheck : ConfigCheck
{
    public sealed override IEnumerable<ConfigFinding> Look(CheckedConfig config) => config.Kubernetes.SelectMany(runner => Look(runner, config));

    private protected abstract IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config);

    /// <param name="key">Below the section; of one that is missing, the line is that of the nearest section above it.</param>
    private protected static ConfigFinding Found(KubernetesSection runner, string code, string key, CheckSeverity severity, string message, string remedy) => new(code, runner.KeyOf(key), runner.LineOf(key), severity, message, remedy);
}

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What checks look at: a document with what is known of its keys, and the world that it is meant for.</summary>
/// <param name="target">The runner that will read it; null: the newest that is known.</param>
/// <param name="namespace">What is known of the namespace of the job pods; null: nothing.</param>
public sealed class CheckedConfig(ConfigDocument document, Version? target = null, JobNamespaceFacts? @namespace = null)
{
    private Dictionary<string, RunnerSection>? _runners;
    private HashSet<string>? _kubernetes;

    public ConfigDocument Document { get; } = document;

    public ConfigTable Root => Document.Root;

    public Version? Target { get; } = target;

    public JobNamespaceFacts? Namespace { get; } = @namespace;

    /// <summary>Every key with what is known of it; what stands below an unknown key is left out.</summary>
    public IReadOnlyList<KeyUse> Uses { get; } = [.. KeyWalk.Of(document)];

    public IReadOnlyList<RunnerSection> Runners { get; } = RunnerSection.Of(document);

    /// <inheritdoc cref="KubernetesSection.Of"/>
    public IReadOnlyList<KubernetesSection> Kubernetes { get; } = KubernetesSection.Of(document);

    /// <summary>The runner that a key belongs to; null: it belongs to the whole file.</summary>
    public RunnerSection? RunnerOf(KeyUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        _runners ??= Runners.ToDictionary(runner => runner.Path, StringComparer.Ordinal);
        return use.Path.IndexOf('.', StringComparison.Ordinal) is > 0 and var end ? _runners.GetValueOrDefault(use.Path[..end]) : null;
    }

    /// <summary>True when a key belongs to a runner of the Kubernetes executor.</summary>
    public bool IsOnKubernetes(KeyUse use)
    {
        _kubernetes ??= [.. Kubernetes.Select(runner => runner.Runner.Path)];
        return RunnerOf(use) is { } runner && _kubernetes.Contains(runner.Path);
    }

    /// <summary>Sections for <c>gitlab-runner register --template-config</c> (chart, Operator): they hold no runner's credentials yet.</summary>
    public bool IsTemplate => Runners.Count > 0 && Runners.All(runner => runner.IsTemplate);
}

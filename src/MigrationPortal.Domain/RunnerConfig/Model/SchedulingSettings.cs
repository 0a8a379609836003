namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>Which nodes take job pods.</summary>
public sealed record SchedulingSettings
{
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    public string? NodeSelectorOverwriteAllowed { get; init; }

    /// <summary><c>key=value</c> or <c>key</c> to an effect; both empty tolerate everything.</summary>
    public IReadOnlyDictionary<string, string>? NodeTolerations { get; init; }

    public string? NodeTolerationsOverwriteAllowed { get; init; }

    public AffinitySettings? Affinity { get; init; }

    public string? PriorityClassName { get; init; }

    public string? SchedulerName { get; init; }

    public bool? PodDisruptionBudget { get; init; }
}

/// <summary>Affinity as Kubernetes knows it, in snake case.</summary>
public sealed record AffinitySettings
{
    public NodeAffinity? NodeAffinity { get; init; }

    public PodAffinity? PodAffinity { get; init; }

    public PodAffinity? PodAntiAffinity { get; init; }
}

public sealed record NodeAffinity
{
    public NodeSelectorTerms? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    public IReadOnlyList<PreferredNodes>? PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}

public sealed record NodeSelectorTerms
{
    [ConfigName("node_selector_terms")]
    public IReadOnlyList<NodeTerm>? Terms { get; init; }
}

public sealed record PreferredNodes
{
    /// <summary>1 to 100.</summary>
    public long? Weight { get; init; }

    public NodeTerm? Preference { get; init; }
}

public sealed record NodeTerm
{
    public IReadOnlyList<MatchExpression>? MatchExpressions { get; init; }

    public IReadOnlyList<MatchExpression>? MatchFields { get; init; }
}

public sealed record MatchExpression
{
    public string? Key { get; init; }

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c>, <c>DoesNotExist</c>, <c>Gt</c> or <c>Lt</c>.</summary>
    public string? Operator { get; init; }

    public IReadOnlyList<string>? Values { get; init; }
}

public sealed record PodAffinity
{
    public IReadOnlyList<PodTerm>? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    public IReadOnlyList<PreferredPods>? PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}

public sealed record PreferredPods
{
    public long? Weight { get; init; }

    public PodTerm? PodAffinityTerm { get; init; }
}

public sealed record PodTerm
{
    public LabelSelectorSettings? LabelSelector { get; init; }

    public IReadOnlyList<string>? Namespaces { get; init; }

    public LabelSelectorSettings? NamespaceSelector { get; init; }

    public string? TopologyKey { get; init; }

    public IReadOnlyList<string>? MatchLabelKeys { get; init; }

    public IReadOnlyList<string>? MismatchLabelKeys { get; init; }
}

public sealed record LabelSelectorSettings
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }

    public IReadOnlyList<MatchExpression>? MatchExpressions { get; init; }
}

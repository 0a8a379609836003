namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>What job pods carry: labels, annotations, names of hosts.</summary>
public sealed record PodSettings
{
    public IReadOnlyDictionary<string, string>? PodLabels { get; init; }

    public string? PodLabelsOverwriteAllowed { get; init; }

    public IReadOnlyDictionary<string, string>? PodAnnotations { get; init; }

    public string? PodAnnotationsOverwriteAllowed { get; init; }

    /// <summary><c>none</c>, <c>default</c>, <c>cluster-first</c> or <c>cluster-first-with-host-net</c>.</summary>
    public string? DnsPolicy { get; init; }

    public DnsSettings? DnsConfig { get; init; }

    public IReadOnlyList<HostAlias>? HostAliases { get; init; }

    public string? LogsBaseDir { get; init; }

    public string? ScriptsBaseDir { get; init; }
}

public sealed record DnsSettings
{
    public IReadOnlyList<string>? Nameservers { get; init; }

    public IReadOnlyList<string>? Searches { get; init; }

    public IReadOnlyList<DnsOption>? Options { get; init; }
}

public sealed record DnsOption
{
    public string? Name { get; init; }

    public string? Value { get; init; }
}

public sealed record HostAlias
{
    public string? Ip { get; init; }

    public IReadOnlyList<string>? Hostnames { get; init; }
}

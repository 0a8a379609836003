namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>A runner of the source, and whether it is one to convert.</summary>
internal sealed class SourceRunner(ConfigTable table)
{
    /// <summary>Executors whose jobs run in containers on Linux: docker's, with names of older releases and slips that are met.</summary>
    private static readonly string[] Dockers = ["docker", "docker+machine", "docker-autoscaler", "docker+autoscaler", "docker-ssh", "docker-ssh+machine"];

    private static readonly string[] OtherSections = ["kubernetes", "ssh", "parallels", "virtualbox", "custom", "instance"];

    public ConfigTable Table { get; } = table;

    /// <summary>Empty: none is named, or a template is to fill it in.</summary>
    public string Executor { get; } = table.Text("executor") is { } named && !named.Contains("${", StringComparison.Ordinal) ? named : "";

    public string Label => Table.Text("name") is { Length: > 0 } name ? $"Runner {name}" : $"The runner of line {Table.Line}";

    public bool IsConverted => Dockers.Contains(Executor, StringComparer.Ordinal) || (Executor.Length == 0 && (Table.Table("docker") is not null || !OtherSections.Any(section => Table[section] is not null)));

    public bool IsKubernetes => Executor == "kubernetes" || (Executor.Length == 0 && !IsConverted && Table["kubernetes"] is not null);

    /// <summary>Neither converted nor copied.</summary>
    public bool Stays => !IsConverted && !IsKubernetes;

    /// <summary>A sentence; empty for runners that are converted.</summary>
    public string WhyItStays => IsConverted ? ""
        : IsKubernetes ? "It is a Kubernetes runner already: check it with the validator instead."
        : Executor == "docker-windows" ? "It stays: Windows jobs are not moved to Kubernetes. Keep the docker-windows runner."
        : $"It stays: the executor {(Executor.Length > 0 ? Executor : "of another kind")} is not docker, and nothing here converts it.";
}

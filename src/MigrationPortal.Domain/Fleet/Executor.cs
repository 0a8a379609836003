namespace MigrationPortal.Domain.Fleet;

/// <summary>An executor by GitLab's own name (gitlab-api.md 2.1), such as <c>docker+machine</c>. It belongs to a manager, not to a runner.</summary>
public readonly record struct Executor(string Name)
{
    public static readonly Executor Unknown = new("unknown");
    public static readonly Executor Kubernetes = new("kubernetes");
    public static readonly Executor Docker = new("docker");
    public static readonly Executor DockerMachine = new("docker+machine");

    public ExecutorFamily Family => Name switch
    {
        "kubernetes" => ExecutorFamily.Kubernetes,
        "docker" or "docker+machine" or "docker-ssh+machine" or "docker-autoscaler" => ExecutorFamily.Docker,
        null or "" or "unknown" => ExecutorFamily.Unknown,
        _ => ExecutorFamily.Other,
    };

    /// <summary>The two executors that GitLab 20.0 removes.</summary>
    public bool EndsWithGitLab20 => Name is "docker+machine" or "docker-ssh+machine";

    public override string ToString() => Name ?? "unknown";
}

/// <summary>What charts compare. docker-windows, shell, ssh and the like are <see cref="Other"/>: never in an arm.</summary>
public enum ExecutorFamily
{
    Unknown,
    Docker,
    Kubernetes,
    Other,
}

using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>GitLab's executors (gitlab-api.md 2.1; anything else it stores as unknown), by family.</summary>
internal static class ExecutorNames
{
    private static readonly string[] All =
    [
        "unknown", "custom", "shell", "docker", "docker-windows", "docker-ssh", "ssh", "parallels", "virtualbox", "docker+machine",
        "docker-ssh+machine", "kubernetes", "docker-autoscaler", "instance",
    ];

    public static string[] Of(ExecutorFamily family) => Array.FindAll(All, name => new Executor(name).Family == family);

    public static string Word(ExecutorFamily family) => family.ToString().ToLowerInvariant();
}

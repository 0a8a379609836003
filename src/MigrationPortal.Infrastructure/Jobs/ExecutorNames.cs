using MigrationPortal.Domain.Fleet;
using MigrationPortal.Infrastructure.Store;

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

    /// <summary>Their numbers in rows: a query that names them is planned better than one that looks them up.</summary>
    public static Task<List<int>> IdsAsync(Database database, ExecutorFamily family, CancellationToken cancel) =>
        database.QueryAsync("SELECT id FROM words WHERE word = ANY ($1)", values => values.AddWithValue(Of(family)), row => row.GetInt32(0), cancel);

    public static string Word(ExecutorFamily family) => family.ToString().ToLowerInvariant();
}

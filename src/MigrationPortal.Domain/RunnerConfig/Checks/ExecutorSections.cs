namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Which sections of a runner its executor reads.</summary>
internal static class ExecutorSections
{
    /// <summary>What <c>executor</c> may be.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> ByExecutor = new Dictionary<string, string[]>
    {
        ["kubernetes"] = ["kubernetes"],
        ["docker"] = ["docker"],
        ["docker-windows"] = ["docker"],
        ["docker+machine"] = ["docker", "machine"],
        ["docker-autoscaler"] = ["docker", "autoscaler"],
        ["instance"] = ["instance", "autoscaler"],
        ["shell"] = [],
        ["ssh"] = ["ssh"],
        ["parallels"] = ["parallels", "ssh"],
        ["virtualbox"] = ["virtualbox", "ssh"],
        ["custom"] = ["custom"],
    };

    private static readonly HashSet<string> All = [.. ByExecutor.Values.SelectMany(sections => sections)];

    public static bool IsOfExecutors(string section) => All.Contains(section);

    /// <param name="executor">Null or unknown: the Kubernetes executor's, which this portal is about.</param>
    public static string[] Of(string? executor) => executor is not null && ByExecutor.TryGetValue(executor, out var sections) ? sections : ["kubernetes"];
}

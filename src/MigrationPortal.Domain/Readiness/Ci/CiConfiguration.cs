namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>
/// A GitLab CI configuration as its jobs see it: <c>extends</c>, <c>default</c>, <c>inherit</c>, anchors and
/// <c>!reference</c> worked out, each value with the line that it came from. The merged configuration of GitLab's CI lint
/// and a file as people write it read alike; what a file includes is named, not followed.
/// </summary>
/// <param name="Jobs">In written order; hidden jobs and trigger jobs, which need no runner, are left out.</param>
/// <param name="Includes">What is included and so not in this answer, as written.</param>
/// <param name="Problems">What could not be read; empty when all was.</param>
public sealed record CiConfiguration(IReadOnlyList<CiJob> Jobs, IReadOnlyList<string> Includes, IReadOnlyList<CiProblem> Problems)
{
    /// <summary>Keys of the top level that are no jobs (GitLab's <c>Entry::Root</c>).</summary>
    internal static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "default", "include", "before_script", "after_script", "image", "services", "variables", "stages", "types", "cache", "workflow", "spec",
    };

    /// <summary>Never throws for any text: what is wrong with it is in <see cref="Problems"/>.</summary>
    public static CiConfiguration Read(string yaml, CiLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var budget = new CiBudget(limits ?? CiLimits.Default);
        try
        {
            var (root, problem) = CiYaml.Read(yaml, budget);
            return root is null ? new([], [], [problem!]) : Read(root, budget);
        }
        catch (CiLimitException limit)
        {
            return new([], [], [limit.ToProblem()]);
        }
    }

    private static CiConfiguration Read(CiMap root, CiBudget budget)
    {
        var problems = new List<CiProblem>();
        var resolver = new CiResolver(root, budget, problems);
        var reader = new CiJobReader(root, resolver, budget);
        var jobs = root.Entries
            .Where(entry => !Keywords.Contains(entry.Key) && !entry.Key.StartsWith('.') && entry.Value is CiMap)
            .Select(reader.Read).OfType<CiJob>().ToList();
        return new(jobs, CiIncludes.Of(root["include"], resolver), problems);
    }
}

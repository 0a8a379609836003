using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>The tag that leads back to docker. No recent job may ask for it, else its use proves nothing (product.md, Words).</summary>
public static class FallbackTag
{
    public const string TakenCode = "fallback-tag-taken";

    /// <summary><c>docker</c>, else <c>docker-fallback</c>, else <c>docker-fallback-2</c> and so on.</summary>
    public static string Propose(JobClassCensus census)
    {
        var asked = census.Classes.SelectMany(one => one.Needs.Tags).ToHashSet(StringComparer.Ordinal);
        var candidates = Enumerable.Range(2, int.MaxValue - 2).Select(n => $"docker-fallback-{n}").Prepend("docker-fallback").Prepend("docker");
        return candidates.First(tag => !asked.Contains(tag));
    }

    /// <summary>
    /// A blocker when jobs already ask for the tag and the migration has not yet put it on any runner; use that began
    /// after that is what the tag is for.
    /// </summary>
    public static PlanBlocker? WhyTaken(string tag, FleetSnapshot fleet, JobClassCensus census)
    {
        var ours = fleet.Managed(RunnerRole.Legacy).Any(runner => runner.Attributes.Tags.Contains(tag) && runner.Baseline?.Tags.Contains(tag) == false);
        if (ours) return null;
        var askers = census.Classes.Where(one => one.Needs.Tags.Contains(tag)).Select(one => one.Needs.Project).Distinct().ToList();
        return askers.Count == 0 ? null : new PlanBlocker(
            TakenCode,
            $"Jobs of {askers.Count} projects already ask for '{tag}', so it cannot tell who fell back. "
                + $"Use '{Propose(census)}', or override 'fallback-tag:{tag}'.",
            $"fallback-tag:{tag}",
            askers);
    }
}

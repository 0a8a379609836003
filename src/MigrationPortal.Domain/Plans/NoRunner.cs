using System.Globalization;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>The one blocker that no mode switches off: a live tag set that nobody would serve. An admin may override it by name.</summary>
public static class NoRunner
{
    public const string Code = "no-runner";

    private const int ProjectsNamed = 10;

    /// <summary>Such as <c>no-runner:docker,linux</c> or <c>no-runner:untagged</c>.</summary>
    public static string OverrideName(TagSet tags) => $"{Code}:{(tags.IsEmpty ? "untagged" : string.Join(',', tags))}";

    /// <summary>One blocker for each stranded tag set, naming it and its projects.</summary>
    public static IReadOnlyList<PlanBlocker> Blockers(BlastRadius radius, JobClassCensus census) =>
    [
        .. radius.Classes
            .Where(one => one.Effect == JobClassEffect.NoRunner)
            .GroupBy(one => one.Tags)
            .Select(set =>
            {
                var projects = set.SelectMany(one => one.Projects).Distinct().OrderBy(project => project.Number).ToList();
                return new PlanBlocker(Code, Words(set.Key, set.Sum(one => one.JobsPerDay), projects, census), OverrideName(set.Key), projects);
            }),
    ];

    private static string Words(TagSet tags, double jobsPerDay, List<ProjectId> projects, JobClassCensus census)
    {
        var names = projects.Take(ProjectsNamed)
            .Select(project => census.Projects.GetValueOrDefault(project)?.FullPath ?? $"project {project.Number.ToString(CultureInfo.InvariantCulture)}");
        var more = projects.Count > ProjectsNamed ? $" and {projects.Count - ProjectsNamed} more" : "";
        var jobs = tags.IsEmpty ? "Untagged jobs" : $"Jobs tagged {tags}";
        var rate = jobsPerDay >= 0.1 ? jobsPerDay.ToString("0.#", CultureInfo.InvariantCulture) : "fewer than 0.1";
        return $"{jobs} ({rate} a day) would have no runner, in {string.Join(", ", names)}{more}. "
            + $"Keep a runner for them, move the projects first, or override '{OverrideName(tags)}'.";
    }
}

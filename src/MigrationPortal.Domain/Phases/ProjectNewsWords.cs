using System.Globalization;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What happened to jobs, as their maintainers say it: runs on, changes, goes back. Pure.</summary>
internal static class ProjectNewsWords
{
    private const int MostSets = 4;

    /// <param name="ended">Succeeded or rolled back.</param>
    /// <param name="announced">What everybody in GitLab was told of it.</param>
    /// <returns>Null where it changes nothing for these projects.</returns>
    public static string? Of(OperationHead ended, Plan plan, IReadOnlySet<ProjectId> ours, string? announced)
    {
        ArgumentNullException.ThrowIfNull(ended);
        ArgumentNullException.ThrowIfNull(plan);
        var hit = plan.BlastRadius.Classes.Where(one => one.Projects.Any(ours.Contains)).ToList();
        if (ended.State == OperationState.RolledBack)
        {
            var back = hit.Where(one => Now(one) is not null).ToList();
            return back.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"What had changed at {ended.StartedAt.UtcDateTime:ddd d MMM HH:mm} UTC was taken back: {Which(back, ours)} run where they ran before.");
        }
        var said = hit.Where(one => Now(one) is not null).GroupBy(one => Now(one)!).Select(group => $"{Capital(Which([.. group], ours))} {group.Key}.").ToList();
        if (announced is not null) said.Add($"Announced in GitLab: {announced}");
        return said.Count == 0 ? null : string.Join(" ", said);
    }

    public static string Of(Brownout brownout)
    {
        ArgumentNullException.ThrowIfNull(brownout);
        var end = brownout.ReturnedAt ?? brownout.Until;
        return string.Create(CultureInfo.InvariantCulture,
            $"The tag {brownout.Tag} was away on purpose from {brownout.From.UtcDateTime:HH:mm} to {end.UtcDateTime:HH:mm} UTC, because it is to end: jobs that asked for it waited. Take it out of your CI file, or ask for more time.");
    }

    private static string? Now(ClassEffect one) => one.Effect switch
    {
        JobClassEffect.Moves => "run on Kubernetes from now on",
        JobClassEffect.PredictedToFail when one.After != ServedBy.Kubernetes => "run on Kubernetes or on docker from now on, whichever is free first, and will probably fail on Kubernetes",
        JobClassEffect.PredictedToFail => "run on Kubernetes from now on, and will probably fail there",
        JobClassEffect.Shared => "run on Kubernetes or on docker from now on, whichever is free first",
        JobClassEffect.Returns => "run on docker again",
        JobClassEffect.LeftToUnmanaged => "run on your own runners alone from now on",
        JobClassEffect.NoRunner => "have no runner any more: change their tags",
        _ => null,
    };

    // "jobs without tags and with docker, linux of 3 projects"
    private static string Which(IReadOnlyList<ClassEffect> classes, IReadOnlySet<ProjectId> ours)
    {
        var sets = classes.Select(one => one.Tags).Distinct().OrderBy(set => set.Count).ThenBy(set => set.ToString(), StringComparer.Ordinal).Select(set => set.IsEmpty ? "without tags" : $"with {string.Join(" + ", set)}").ToList();
        var listed = string.Join(", ", sets.Take(MostSets)) + (sets.Count > MostSets ? $" and {sets.Count - MostSets} other sets of tags" : "");
        var projects = classes.SelectMany(one => one.Projects).Where(ours.Contains).Distinct().Count();
        return $"jobs {listed}{(ours.Count == 1 ? "" : $" of {projects} {(projects == 1 ? "project" : "projects")}")}";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

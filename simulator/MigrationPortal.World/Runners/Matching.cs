namespace MigrationPortal.World;

/// <summary>GitLab's rule which runner may take which job, in the order of its candidate filters.</summary>
internal static class Matching
{
    public static bool Matches(Runner runner, TagSet tags, bool protectedRef, Project project) =>
        (!runner.RefProtected || protectedRef)
        && (runner.RunUntagged || !tags.IsEmpty)
        && tags.IsSubsetOf(runner.Tags)
        && Reaches(runner, project);

    /// <summary>By type, assignment and the project's switches alone.</summary>
    public static bool Reaches(Runner runner, Project project) => runner.Type switch
    {
        RunnerType.Instance => project.SharedRunnersEnabled,
        RunnerType.Group => project.GroupRunnersEnabled && project.Namespace.SelfAndAncestors().Contains(runner.Group),
        _ => runner.ProjectList.Contains(project),
    };
}

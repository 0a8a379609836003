using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Fleet;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Walks the list of projects a bounded number of pages at a time.</summary>
internal sealed class ProjectList(GitLabProjects gitlab, IProjectStore store, GroupStore groups, IInstanceStore marks, IWorldClock clock, TimeProvider time)
{
    private static readonly TimeSpan ARun = TimeSpan.FromMinutes(1);

    /// <param name="pages">At most so many, except of the first list: until it is read nothing is known of the projects.</param>
    /// <returns>How many projects were read, and whether the walk goes on; null when none was due.</returns>
    public async Task<(int Read, bool First, bool More)?> ReadAsync(InstanceId instance, double requestsPerSecond, int pages, CancellationToken cancel)
    {
        var mark = await ProjectMark.ReadAsync(marks, instance, cancel);
        mark = mark with { Walk = mark.Walk ?? mark.Due(clock.Now(instance), time.GetUtcNow(), requestsPerSecond) };
        if (mark.Walk is null) return null;
        var (first, began, tree, read) = (mark.ListedAt is null, time.GetTimestamp(), await groups.TreeAsync(instance, cancel), 0);
        for (var page = 0; mark.Walk is { } walk && (first || page < pages) && time.GetElapsedTime(began) < ARun; page++)
        {
            Dictionary<string, string>? next;
            try
            {
                (var count, next) = walk.AtGroups ? (0, await GroupsAsync(instance, walk, tree, cancel)) : await ProjectsAsync(instance, walk, tree, cancel);
                read += count;
            }
            catch (GitLabUnavailableException fault) when (fault.Status is 400 or 404 or 405)
            {
                // A GitLab that was restored or upgraded may not know the page any more.
                await (mark with { Walk = null }).WriteAsync(marks, instance, time.GetUtcNow(), cancel);
                throw;
            }

            mark = walk.After(next) is { } rest ? mark with { Walk = rest } : mark.Ended(walk with { Pages = walk.Pages + 1 }, clock.Now(instance), time.GetUtcNow());
            await mark.WriteAsync(marks, instance, time.GetUtcNow(), cancel);
        }

        return (read, first, mark.Walk is not null);
    }

    private async Task<Dictionary<string, string>?> GroupsAsync(InstanceId instance, ProjectWalk walk, GroupTree tree, CancellationToken cancel)
    {
        var (page, next) = await gitlab.GroupsAsync(instance, walk.Next, cancel);
        await LearnAsync(instance, tree, [.. page.Select(group => new ObservedGroup(group.Id, group.ParentId, group.FullPath ?? ""))], cancel);
        return next;
    }

    private async Task<(int Count, Dictionary<string, string>? Next)> ProjectsAsync(InstanceId instance, ProjectWalk walk, GroupTree tree, CancellationToken cancel)
    {
        var (page, next) = await gitlab.ProjectsAsync(instance, walk.Next, cancel);
        // A page names the nearest groups, also those that came or moved since the groups were read.
        await LearnAsync(instance, tree, [.. page.Select(project => Home(project.Namespace)).OfType<ObservedGroup>()], cancel);
        var (known, now) = (await store.FindAsync([.. page.Select(project => new ProjectId(instance, project.Id))], cancel), clock.Now(instance));
        await store.SaveAsync([.. page.Select(project => Observed(instance, project, tree, known, now))], cancel);
        return (page.Count, next);
    }

    private Task<int> LearnAsync(InstanceId instance, GroupTree tree, IReadOnlyCollection<ObservedGroup> seen, CancellationToken cancel)
    {
        tree.Learn(seen);
        return groups.SaveAsync(instance, seen, cancel);
    }

    private static ObservedGroup? Home(NamespaceDto? home) =>
        home is null || home.Kind == "user" ? null : new ObservedGroup(home.Id, home.ParentId, home.FullPath ?? "");

    private static ObservedProject Observed(
        InstanceId instance, ProjectDto project, GroupTree groups, IReadOnlyDictionary<ProjectId, ObservedProject> known, DateTimeOffset now)
    {
        var id = new ProjectId(instance, project.Id);
        var before = known.GetValueOrDefault(id);
        // Fields that a caller may not see are missing: a switch that is not shown counts as on, GitLab's default.
        var access = new ProjectAccess(id, project.PathWithNamespace, project.SharedRunnersEnabled ?? true, project.GroupRunnersEnabled ?? true, groups.Above(Home(project.Namespace)));
        return new ObservedProject(access, project.DefaultBranch, project.Archived ?? false, project.LastActivityAt, before?.ProtectedBranches, before?.ProtectedTags, now);
    }
}

using System.Collections.Concurrent;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Reads every project's path and runner switches a hundred a call, then, as the budget allows, protected branches and tags of those that run jobs.</summary>
internal sealed class ProjectSweep(GitLabProjects gitlab, IProjectStore store, GitLabOptions options, IWorldClock clock, TimeProvider time) : ISweep
{
    private const int ProjectsARun = 100;

    private static readonly TimeSpan ListEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RulesTrusted = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<InstanceId, (DateTimeOffset World, long Real)> _listed = new();
    private readonly ConcurrentDictionary<ProjectId, DateTimeOffset> _rulesReadAt = new();

    public string Name => "projects";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var listed = ListIsDue(instance, now) ? await ListAsync(instance, now, cancel) : (int?)null;
        var ruled = await RulesAsync(instance, now, cancel);
        return new SweepReport($"{(listed is { } count ? $"{count} projects, " : "")}protected refs of {ruled} projects read");
    }

    // World time, but the demo's must not make three pages every ten seconds.
    private bool ListIsDue(InstanceId instance, DateTimeOffset now) =>
        !_listed.TryGetValue(instance, out var last) || (now - last.World >= ListEvery && time.GetElapsedTime(last.Real) >= TimeSpan.FromMinutes(1));

    private async Task<int> ListAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel)
    {
        var groups = await gitlab.GroupsAsync(instance, cancel);
        var count = 0;
        await foreach (var page in gitlab.ProjectsAsync(instance, cancel))
        {
            var known = await store.FindAsync([.. page.Select(project => new ProjectId(instance, project.Id))], cancel);
            await store.SaveAsync([.. page.Select(project => Observed(instance, project, groups, known, now))], cancel);
            count += page.Count;
        }
        _listed[instance] = (now, time.GetTimestamp());
        return count;
    }

    private async Task<int> RulesAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel)
    {
        // Two requests each, and no more than a quarter of the budget: on a big instance the past would else never be read.
        var left = Math.Min(ProjectsARun, Math.Max(1, options.Instances.Single(one => one.Id == instance).RequestsPerSecond * Pace.NotAfter.TotalSeconds / 8));
        // The far future: all projects that jobs name, most jobs first.
        var busy = await store.UnreadAsync(instance, DateTimeOffset.MaxValue, 10_000, cancel);
        var known = await store.FindAsync(busy, cancel);
        var read = 0;
        foreach (var project in busy.Select(id => known.GetValueOrDefault(id)).OfType<ObservedProject>())
        {
            if (read >= left) break;
            if (project.ProtectedBranches is not null && now - _rulesReadAt.GetOrAdd(project.Id, now) < RulesTrusted) continue;
            var (branches, tags) = await gitlab.ProtectedAsync(project.Id, cancel);
            await store.SaveAsync([project with { ProtectedBranches = branches, ProtectedTags = tags }], cancel);
            _rulesReadAt[project.Id] = now;
            read++;
        }
        return read;
    }

    private static ObservedProject Observed(
        InstanceId instance, ProjectDto project, GroupTree groups, IReadOnlyDictionary<ProjectId, ObservedProject> known, DateTimeOffset now)
    {
        var id = new ProjectId(instance, project.Id);
        var before = known.GetValueOrDefault(id);
        // Fields that a caller may not see are missing: a switch that is not shown counts as on, GitLab's default.
        var access = new ProjectAccess(id, project.PathWithNamespace, project.SharedRunnersEnabled ?? true, project.GroupRunnersEnabled ?? true, groups.Above(project.Namespace));
        return new ObservedProject(access, project.DefaultBranch, project.Archived ?? false, project.LastActivityAt, before?.ProtectedBranches, before?.ProtectedTags, now);
    }
}

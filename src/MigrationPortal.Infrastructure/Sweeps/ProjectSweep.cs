using System.Collections.Concurrent;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Reads every project's path and runner switches a hundred a call, in between those that changed, and, as the budget
/// allows, protected branches and tags of those that run jobs.
/// </summary>
internal sealed class ProjectSweep(GitLabProjects gitlab, ProjectList list, IProjectStore store, GitLabOptions options, IWorldClock clock) : ISweep
{
    private const int ProjectsARun = 100;

    private static readonly TimeSpan RulesTrusted = TimeSpan.FromHours(24);
    private static readonly TimeSpan RefusalTrusted = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ProjectId, DateTimeOffset> _rulesReadAt = new();

    public string Name => "projects";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var perSecond = options.Instances.Single(one => one.Id == instance).RequestsPerSecond;
        // A quarter of the budget each for the list and for protected refs: on a big instance the past would else never be read.
        var quarter = Math.Max(1, (int)Math.Min(int.MaxValue, perSecond * Pace.NotAfter.TotalSeconds / 4));
        var listed = await list.ReadAsync(instance, perSecond, quarter, cancel);
        var ruled = await RulesAsync(instance, clock.Now(instance), quarter, cancel);
        var said = listed is { } run ? $"{run.Read} projects{(run.More ? " of a list that goes on" : "")}, " : "";
        return new SweepReport($"{said}protected refs of {ruled} projects read", listed is { First: true, More: true } ? Pace.NotBefore : null);
    }

    /// <param name="requests">Two a project.</param>
    private async Task<int> RulesAsync(InstanceId instance, DateTimeOffset now, int requests, CancellationToken cancel)
    {
        var left = Math.Min(ProjectsARun, Math.Max(1, requests / 2));
        // The far future: all projects that jobs name, most jobs first.
        var busy = await store.UnreadAsync(instance, DateTimeOffset.MaxValue, 10_000, cancel);
        var known = await store.FindAsync(busy, cancel);
        var read = 0;
        foreach (var project in busy.Select(id => known.GetValueOrDefault(id)).OfType<ObservedProject>())
        {
            if (read >= left) break;
            // One without rules is gone, or has no repository: asked for each time, a few of them would keep all others waiting.
            if (project.ProtectedBranches is not null ? now - _rulesReadAt.GetOrAdd(project.Id, now) < RulesTrusted : now - _rulesReadAt.GetValueOrDefault(project.Id) < RefusalTrusted) continue;
            var (branches, tags) = await gitlab.ProtectedAsync(project.Id, cancel);
            await store.SaveAsync([project with { ProtectedBranches = branches, ProtectedTags = tags }], cancel);
            _rulesReadAt[project.Id] = now;
            read++;
        }
        return read;
    }
}

using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>A simulated GitLab's jobs as the portal would have recorded them: all of them, at once.</summary>
internal sealed class WorldJobs(InstanceId instance, GitLabWorld world) : IJobStore
{
    // No job waits longer than a day for a runner, or runs longer than another.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    private readonly Dictionary<World.TagSet, Domain.Shared.TagSet> _tags = [];

    /// <summary>Newest first.</summary>
    public IEnumerable<Job> CreatedSince(DateTimeOffset from)
    {
        for (var id = world.Jobs.Count; id > 0 && world.Jobs.Find(id) is { } job && job.CreatedAt >= from; id--) yield return job;
    }

    /// <summary>Those that may have begun or ended since then.</summary>
    public IEnumerable<Job> AliveSince(DateTimeOffset from) => CreatedSince(from - Longest);

    public JobNeeds NeedsOf(Job job)
    {
        if (!_tags.TryGetValue(job.Definition.Tags, out var tags)) _tags[job.Definition.Tags] = tags = Domain.Shared.TagSet.Of(job.Tags);
        return new JobNeeds(tags, job.Protected, new ProjectId(instance, job.Project.Id));
    }

    public ProjectAccess AccessOf(Project project) => new(
        new ProjectId(instance, project.Id), project.FullPath, project.SharedRunnersEnabled, project.GroupRunnersEnabled,
        project.Namespace.SelfAndAncestors().Select(group => (long)group.Id).ToHashSet());

    public Task<int> RecordAsync(InstanceId instance, IReadOnlyCollection<JobObservation> observations, CancellationToken cancel) =>
        throw new NotSupportedException("A world records its jobs itself.");

    public Task<JobClassCensus> CensusAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var (counts, projects, all) = (new Dictionary<JobNeeds, long>(), new Dictionary<ProjectId, ProjectAccess>(), 0L);
        foreach (var job in CreatedSince(window.From))
        {
            var needs = NeedsOf(job);
            counts[needs] = counts.GetValueOrDefault(needs) + 1;
            if (!projects.ContainsKey(needs.Project)) projects[needs.Project] = AccessOf(job.Project);
            all++;
        }

        var lived = world.Options.Now - TimeSpan.FromDays(world.Options.HistoryDays);
        var days = (window.To - (lived > window.From ? lived : window.From)).TotalDays;
        return Task.FromResult(new JobClassCensus(window, all, all, [.. counts.Select(one => new Domain.Jobs.JobClass(one.Key, one.Value, one.Value / days))], projects)
        {
            CompleteSince = lived > window.From ? lived : window.From,
        });
    }

    public Task<IReadOnlySet<RunnerId>> StartedJobSinceAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset since, CancellationToken cancel) =>
        Task.FromResult<IReadOnlySet<RunnerId>>(
            AliveSince(since).Where(job => job.StartedAt >= since && job.Runner is not null).Select(job => new RunnerId(instance, job.Runner!.Id)).Where(runners.Contains).ToHashSet());

    public Task<IReadOnlyDictionary<RunnerId, long>> RunningAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset startedSince, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<RunnerId, long>>(
            runners.Select(runner => (runner, Jobs: (long)(world.Fleet.Find((int)runner.Number)?.RunningJobs ?? 0))).Where(one => one.Jobs > 0).ToDictionary(one => one.runner, one => one.Jobs));
}

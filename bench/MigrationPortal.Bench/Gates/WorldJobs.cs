using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>A simulated GitLab's jobs as the portal would have recorded them: all of them, at once.</summary>
internal sealed class WorldJobs(InstanceId instance, GitLabWorld world) : IJobStore
{
    private readonly Dictionary<World.TagSet, (Domain.Shared.TagSet Tags, string Words)> _tags = [];

    // In the order of time: what the world lived through before it was given to us, then what its feed tells.
    private readonly List<Job> _started = [.. All(world).Where(job => job.StartedAt is not null).OrderBy(job => job.StartedAt)];
    private readonly List<Job> _finished = [.. All(world).Where(IsFinished).OrderBy(job => job.FinishedAt)];
    private long _read = world.Events.LastSeq;

    /// <summary>Newest first.</summary>
    public IEnumerable<Job> CreatedSince(DateTimeOffset from)
    {
        for (var id = world.Jobs.Count; id > 0 && world.Jobs.Find(id) is { } job && job.CreatedAt >= from; id--) yield return job;
    }

    /// <summary>Newest first.</summary>
    public IEnumerable<Job> StartedSince(DateTimeOffset from) => Since(_started, job => job.StartedAt >= from);

    /// <summary>Succeeded or failed; newest first.</summary>
    public IEnumerable<Job> FinishedSince(DateTimeOffset from) => Since(_finished, job => job.FinishedAt >= from);

    public IReadOnlyList<Job> Pending() => world.Jobs.CountOf(World.JobStatus.Pending) == 0 ? [] : world.Jobs.Newest([World.JobStatus.Pending], null, int.MaxValue);

    /// <summary>With its words, separated by commas.</summary>
    public (Domain.Shared.TagSet Tags, string Words) TagsOf(Job job)
    {
        if (_tags.TryGetValue(job.Definition.Tags, out var known)) return known;
        var tags = Domain.Shared.TagSet.Of(job.Tags);
        return _tags[job.Definition.Tags] = (tags, string.Join(',', tags));
    }

    public JobNeeds NeedsOf(Job job) => new(TagsOf(job).Tags, job.Protected, new ProjectId(instance, job.Project.Id));

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
            StartedSince(since).Where(job => job.Runner is not null).Select(job => new RunnerId(instance, job.Runner!.Id)).Where(runners.Contains).ToHashSet());

    public Task<IReadOnlyDictionary<RunnerId, long>> RunningAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset startedSince, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<RunnerId, long>>(
            runners.Select(runner => (runner, Jobs: (long)(world.Fleet.Find((int)runner.Number)?.RunningJobs ?? 0))).Where(one => one.Jobs > 0).ToDictionary(one => one.runner, one => one.Jobs));

    private IEnumerable<Job> Since(List<Job> jobs, Func<Job, bool> isSince)
    {
        Read();
        for (var at = jobs.Count - 1; at >= 0 && isSince(jobs[at]); at--) yield return jobs[at];
    }

    private void Read()
    {
        if (world.Events.FirstSeq > _read + 1) throw new InvalidOperationException("The world lived through more than its feed keeps between two readings.");
        foreach (var change in world.Events.After(_read, int.MaxValue))
        {
            if (change.Status == World.JobStatus.Running) _started.Add(change.Job);
            if (change.Status is World.JobStatus.Success or World.JobStatus.Failed) _finished.Add(change.Job);
        }

        _read = world.Events.LastSeq;
    }

    private static bool IsFinished(Job job) => job.Status is World.JobStatus.Success or World.JobStatus.Failed;

    private static IEnumerable<Job> All(GitLabWorld world)
    {
        for (var id = 1; id <= world.Jobs.Count; id++) yield return world.Jobs.Find(id)!;
    }
}

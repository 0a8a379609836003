using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>
/// Answers "who serves this job class" for one fleet, fast: runners in service are pooled by what the matching engine
/// sees, and each distinct pair of tag set and protection meets only the pools that have its rarest tag, once, however
/// many projects ask for it.
/// </summary>
public sealed class ServiceIndex
{
    private readonly List<RunnerPool> _untagged = [];
    private readonly Dictionary<string, List<RunnerPool>> _byTag = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<RunnerPool>> _byGroup = [];
    private readonly Dictionary<long, List<RunnerPool>> _byProject = [];
    private readonly Dictionary<(TagSet Tags, bool? Protected), RunnerPool[]> _instanceAnswers = [];

    public ServiceIndex(FleetSnapshot fleet)
        : this(fleet, JobMatcher.ContactLimit)
    {
    }

    /// <param name="contactLimit">Runners silent for longer serve nobody.</param>
    public ServiceIndex(FleetSnapshot fleet, TimeSpan contactLimit)
    {
        var inService = fleet.Runners
            .Where(runner => !runner.Attributes.Paused && JobMatcher.InContact(runner.Observed, fleet.TakenAt, contactLimit));
        foreach (var scope in inService.GroupBy(runner => runner.Observed.Type))
        {
            if (scope.Key == RunnerType.Instance) Sort(Pools(scope));
            else if (scope.Key == RunnerType.Group) Spread(scope, runner => runner.Observed.GroupIds, _byGroup);
            else Spread(scope, runner => runner.Observed.ProjectIds, _byProject);
        }
    }

    /// <summary>The pools that serve the class; a runner of several groups may appear in more than one.</summary>
    public IEnumerable<RunnerPool> Serving(JobNeeds needs, ProjectAccess? access)
    {
        if (access?.InstanceRunnersEnabled ?? true)
            foreach (var pool in InstanceAnswer(needs)) yield return pool;

        if (access is { GroupRunnersEnabled: true } && _byGroup.Count > 0)
            foreach (var group in access.GroupIds)
                foreach (var pool in Taking(_byGroup, group, needs)) yield return pool;

        foreach (var pool in Taking(_byProject, needs.Project.Number, needs)) yield return pool;
    }

    public bool IsServed(JobNeeds needs, ProjectAccess? access)
    {
        foreach (var _ in Serving(needs, access)) return true;
        return false;
    }

    public IReadOnlySet<RunnerId> Servers(JobNeeds needs, ProjectAccess? access) =>
        Serving(needs, access).SelectMany(pool => pool.Runners).Select(runner => runner.Id).ToHashSet();

    private RunnerPool[] InstanceAnswer(JobNeeds needs)
    {
        var key = (needs.Tags, needs.Protected);
        if (_instanceAnswers.TryGetValue(key, out var known)) return known;
        return _instanceAnswers[key] = [.. Candidates(needs.Tags).Where(pool => JobMatcher.Takes(pool.Attributes, needs.Tags, needs.Protected))];
    }

    // A pool that takes the job has all of its tags, so looking at those that have one of them is enough.
    private List<RunnerPool> Candidates(TagSet tags)
    {
        if (tags.IsEmpty) return _untagged;
        List<RunnerPool>? fewest = null;
        foreach (var tag in tags)
        {
            if (!_byTag.TryGetValue(tag, out var having)) return [];
            if (fewest is null || having.Count < fewest.Count) fewest = having;
        }
        return fewest!;
    }

    private void Sort(IEnumerable<RunnerPool> pools)
    {
        foreach (var pool in pools)
        {
            if (pool.Attributes.RunUntagged) _untagged.Add(pool);
            foreach (var tag in pool.Attributes.Tags)
                (_byTag.TryGetValue(tag, out var having) ? having : _byTag[tag] = []).Add(pool);
        }
    }

    private static IEnumerable<RunnerPool> Taking(Dictionary<long, List<RunnerPool>> pools, long key, JobNeeds needs) =>
        pools.TryGetValue(key, out var here)
            ? here.Where(pool => JobMatcher.Takes(pool.Attributes, needs.Tags, needs.Protected))
            : [];

    private static void Spread(
        IEnumerable<FleetRunner> runners, Func<FleetRunner, IReadOnlySet<long>> keys, Dictionary<long, List<RunnerPool>> into)
    {
        var byKey = runners.SelectMany(runner => keys(runner), (runner, key) => (runner, key)).GroupBy(pair => pair.key, pair => pair.runner);
        foreach (var group in byKey) into[group.Key] = [.. Pools(group)];
    }

    private static IEnumerable<RunnerPool> Pools(IEnumerable<FleetRunner> runners) => runners
        .GroupBy(runner => (runner.Attributes, Role: runner.Standing.Managed ? runner.Standing.Role : null))
        .Select(pool => new RunnerPool(pool.Key.Attributes, pool.Key.Role, [.. pool]));
}

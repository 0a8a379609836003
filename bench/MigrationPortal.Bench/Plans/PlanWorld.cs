using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Bench.Plans;

/// <summary>A big instance, the same at each start: six in ten runners legacy, one in ten Kubernetes, the rest owned by users.</summary>
internal static class PlanWorld
{
    private const int Projects = 1000;
    private const int Groups = 50;

    private static readonly InstanceId Instance = new("production");
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Words = [.. Enumerable.Range(0, 40).Select(n => $"tag-{n}")];

    public static DesireContext Make(int runners, int classes)
    {
        var random = new Random(20261123);
        var fleet = new FleetSnapshot(Instance, Now, [.. Enumerable.Range(1, runners).Select(id => Runner(id, random))]);
        var needs = new HashSet<JobNeeds>();
        while (needs.Count < classes)
            needs.Add(new JobNeeds(random.Next(3) == 0 ? TagSet.Empty : Tags(random, 1, 3), random.Next(2) == 0, new ProjectId(Instance, random.Next(Projects))));
        var census = new JobClassCensus(
            CensusWindow.Until(Now), classes * 140L, classes * 140L, [.. needs.Select(one => new JobClass(one, 140, 10))],
            Enumerable.Range(0, Projects).Select(id => Access(id)).ToDictionary(access => access.Id));
        var settings = MigrationSettings.Default(Instance) with { FallbackTag = "docker-fallback" };
        return new DesireContext(fleet, settings, new PhaseState(Instance, null, [], true, null, 0), census);
    }

    private static FleetRunner Runner(int id, Random random)
    {
        RunnerRole? role = (id % 10) switch { < 6 => RunnerRole.Legacy, 6 => RunnerRole.Kubernetes, _ => null };
        var type = role is not null ? RunnerType.Instance : id % 10 == 7 ? RunnerType.Group : RunnerType.Project;
        var tags = role == RunnerRole.Kubernetes ? TagSet.Of("k8s-default") : Tags(random, 2, 6);
        var attributes = new RunnerAttributes(tags, role != RunnerRole.Kubernetes && id % 5 != 0, false, RunnerAccessLevel.NotProtected);
        var observed = new ObservedRunner(
            new RunnerId(Instance, id), $"runner-{id}", type, attributes, false, RunnerStatus.Online, Now.AddSeconds(-random.Next(120)), Now.AddYears(-1), null,
            [], type == RunnerType.Project ? new HashSet<long> { random.Next(Projects) } : new HashSet<long>(), type == RunnerType.Group ? new HashSet<long> { random.Next(Groups) } : new HashSet<long>());
        return new FleetRunner(observed, new RunnerStanding(role, role is not null, role is not null), role is null ? null : attributes);
    }

    private static ProjectAccess Access(int id) =>
        new(new ProjectId(Instance, id), $"group-{id % Groups}/project-{id}", id % 20 != 0, true, new HashSet<long> { id % Groups });

    private static TagSet Tags(Random random, int least, int most) =>
        TagSet.Of(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => Words[random.Next(Words.Length)]));
}

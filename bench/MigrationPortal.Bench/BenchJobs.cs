using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Bench;

/// <summary>
/// Finished jobs as <c>Query.jobs</c> shows them, seeded: so many a day evenly, projects of which few do most, 46
/// runners, 40 job names, two of six tag sets for each project, protected where the ref is, 3 % failed.
/// </summary>
internal sealed class BenchJobs(InstanceId instance, int seed, int perDay = BenchJobs.PerDay, int projects = 1_000)
{
    public const int PerDay = 100_000;

    public static readonly DateTimeOffset Start = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private const int Runners = 46;
    private static readonly string[] Names = [.. Enumerable.Range(0, 40).Select(at => $"test:unit {at}/40")];
    private static readonly string[] Refs = ["main", "main", "main", "release/26.1", "refs/merge-requests/481/head", "refs/merge-requests/77/head"];
    private static readonly string[] Reasons = ["script_failure", "script_failure", "runner_system_failure", "job_execution_timeout"];
    private static readonly TagSet[] TagSets =
    [
        TagSet.Empty, TagSet.Empty, TagSet.Of("docker"), TagSet.Of("linux"), TagSet.Of("docker", "linux"), TagSet.Of("large"), TagSet.Of("k8s-default"),
    ];

    private readonly Random _random = new(seed);
    private long _made;

    public static IReadOnlyList<ObservedRunner> Fleet(InstanceId instance) =>
    [
        .. Enumerable.Range(1, Runners).Select(number => new ObservedRunner(
            new RunnerId(instance, number), $"runner-{number}", RunnerType.Instance,
            new RunnerAttributes(TagSet.Of("docker", "linux"), true, false, RunnerAccessLevel.NotProtected), false, RunnerStatus.Online, Start, Start, null,
            [new RunnerManager($"s_{number}", ExecutorOf(number), "18.1.0", RunnerStatus.Online, Start)], new HashSet<long>(), new HashSet<long>())),
    ];

    public List<JobObservation> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private JobObservation Next()
    {
        var number = ++_made;
        var created = Start.AddSeconds(number * 86_400.0 / perDay);
        var started = created.AddMilliseconds(_random.Next(500, 90_000));
        var runner = _random.Next(1, Runners + 1);
        var failed = _random.Next(100) < 3;
        var share = _random.NextDouble();
        var project = 1 + (long)(share * share * projects);
        var name = Refs[_random.Next(Refs.Length)];
        return new JobObservation(
            new JobId(instance, number), new ProjectId(instance, project), failed ? JobStatus.Failed : JobStatus.Success,
            JobSource.GraphQl, Names[_random.Next(Names.Length)], "test", name, !name.StartsWith("refs/", StringComparison.Ordinal), "push", number / 8,
            TagSets[(project + _random.Next(2)) % TagSets.Length], created, created, started, started.AddMilliseconds(_random.Next(3_000, 900_000)), runner, $"s_{runner}",
            ExecutorOf(runner), failed ? Reasons[_random.Next(Reasons.Length)] : null, false, false);
    }

    private static Executor ExecutorOf(int runner) => runner > 40 ? Executor.Kubernetes : runner > 20 ? Executor.DockerMachine : Executor.Docker;
}

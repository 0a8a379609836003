namespace MigrationPortal.World;

/// <summary>Everything a world follows from, besides its inputs. Serialisable: same options, same world.</summary>
public sealed record WorldOptions
{
    public int Seed { get; init; } = 20260823;

    /// <summary>World time once the history is lived: <see cref="GitLabWorld.Now"/> at creation. Whole milliseconds, UTC.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 8, 24, 9, 0, 0, TimeSpan.Zero);

    public int HistoryDays { get; init; } = 14;

    public int Users { get; init; } = 200;

    public int Projects { get; init; } = 300;

    /// <summary>Jobs that start on a workday, about. 0: nothing happens by itself.</summary>
    public int JobsPerWorkday { get; init; } = 20_000;

    /// <summary>Docker and docker+machine instance runners.</summary>
    public int DockerRunners { get; init; } = 40;

    /// <summary>Clusters with Kubernetes runners, named <c>k8s-a</c>, <c>k8s-b</c>, ...</summary>
    public int Clusters { get; init; } = 2;

    public int RunnersPerCluster { get; init; } = 3;

    /// <summary>Group and project runners owned by users.</summary>
    public int OwnedRunners { get; init; } = 30;

    /// <summary>Two unlocked project runners of the administrators besides, <c>pair-kubernetes</c> and <c>pair-docker</c>, which projects can be moved with as a whole.</summary>
    public bool RunnerPair { get; init; }

    /// <summary>As <c>GET /version</c> tells it. Decides which failure reasons exist (19.1 split the stuck ones).</summary>
    public string GitLabVersion { get; init; } = "18.11.2";

    /// <summary>Whether Kubernetes service containers (docker:dind) run privileged.</summary>
    public bool PrivilegedServices { get; init; }

    /// <summary>How often jobs on Kubernetes fail for reasons of infrastructure, against what is usual there; 0 or more, incidents apart.</summary>
    public double KubernetesFailureFactor { get; init; } = 1;

    /// <summary>Whether what jobs ask for can fail on Kubernetes alone (ping, the docker socket, ...).</summary>
    public bool KubernetesCauses { get; init; } = true;

    /// <summary>
    /// Sigma of the lognormal factor by which projects differ in failures for reasons of infrastructure, on every executor alike,
    /// median 1; 0: not at all. See <see cref="TruthBook.InfrastructureFactor"/>.
    /// </summary>
    public double ProjectFailureSpread { get; init; }

    /// <summary>Share of days with an incident of the world's own, on one executor or on all of them; 0 to 1.</summary>
    public double IncidentDays { get; init; } = 0.1;

    /// <summary>A QA instance: few projects, its own runners called <c>qa-...</c>.</summary>
    public bool IsQa { get; init; }

    /// <summary>Small enough to live its history in well under a second: for tests.</summary>
    public static WorldOptions Small { get; } = new()
    {
        Now = new DateTimeOffset(2026, 8, 26, 9, 0, 0, TimeSpan.Zero),
        HistoryDays = 2,
        Users = 24,
        Projects = 12,
        JobsPerWorkday = 600,
        DockerRunners = 8,
        Clusters = 2,
        RunnersPerCluster = 3,
        OwnedRunners = 7,
    };

    /// <summary>The small world before anything happened, where nothing happens by itself: no pushes, schedules or retries.
    /// What a test does is all there is.</summary>
    public static WorldOptions Quiet { get; } = Small with { HistoryDays = 0, JobsPerWorkday = 0 };

    internal bool IsQuiet => JobsPerWorkday == 0;

    /// <summary>The QA instance that belongs to a production world.</summary>
    public static WorldOptions Qa(WorldOptions production) => Small with
    {
        Seed = unchecked((production.Seed * 31) + 7),
        Now = production.Now,
        GitLabVersion = production.GitLabVersion,
        Projects = 8,
        Users = 20,
        JobsPerWorkday = 400,
        DockerRunners = 2,
        Clusters = 1,
        RunnersPerCluster = 2,
        OwnedRunners = 0,
        IsQa = true,
    };
}

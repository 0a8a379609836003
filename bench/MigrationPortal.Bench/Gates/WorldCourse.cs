using MigrationPortal.Domain.Phases;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>A world and what is done to it from outside; everything else the portal does by itself.</summary>
/// <param name="MostDays">Its story ends then, or at the end of the rail.</param>
/// <param name="Step">A person takes this step so long after the begin, whatever gates say; null: nobody does.</param>
/// <param name="Trouble">Null: nothing goes wrong.</param>
internal sealed record WorldCourse(WorldOptions World, int MostDays, (TimeSpan After, PlanTarget.ToPhase Target)? Step = null, Trouble? Trouble = null)
{
    /// <summary>Kubernetes runners grow first, then docker's shrink.</summary>
    private static readonly IReadOnlyList<PlanTarget.ToPhase> Ramp = NextStep.StepsOf(Phase.UntaggedTakeover);

    /// <summary>A migration that nobody touches.</summary>
    public static WorldCourse Untouched(int seed, int mostDays) => new(Options(seed), mostDays);

    /// <summary>Left to itself for a month, then forced to a ramp step by somebody who does not believe it.</summary>
    public static WorldCourse Worse(int seed, int mostDays) => new(Options(seed) with { KubernetesFailureFactor = 3 }, mostDays, (TimeSpan.FromDays(30), Ramp[seed % Ramp.Count]));

    /// <summary>Already at a ramp step, another one with each seed, when it strikes: on a workday between 9 and 16 o'clock, within ten days. Nothing else strikes.</summary>
    public static WorldCourse Struck(int seed, int mostDays, Func<Random, Trouble> trouble)
    {
        var (options, draw) = (Options(seed) with { IncidentDays = 0 }, new Random(seed));
        var (at, time) = (options.Now.Date.AddDays(2), TimeSpan.FromMinutes(draw.Next(9 * 60, 16 * 60)));
        for (var workdays = draw.Next(6); workdays > 0 || IsWeekend(at); at = at.AddDays(1))
            if (!IsWeekend(at)) workdays--;
        return new WorldCourse(options, mostDays, (TimeSpan.FromHours(24), Ramp[seed % Ramp.Count]), trouble(draw) with { After = at + time - options.Now.DateTime });
    }

    private static bool IsWeekend(DateTime day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static WorldOptions Options(int seed) => WorldOptions.Small with
    {
        Seed = seed,
        HistoryDays = 14,
        Users = 120,
        Projects = 300,
        JobsPerWorkday = 20_000,
        DockerRunners = 100,
        RunnersPerCluster = 10,
        OwnedRunners = 0,
        KubernetesCauses = false,
    };
}

/// <summary>What goes wrong.</summary>
/// <param name="Inputs">All at once.</param>
/// <param name="Lasts">Until it is over by itself.</param>
internal sealed record Trouble(IReadOnlyList<WorldInput> Inputs, TimeSpan Lasts)
{
    private static readonly Executor[] Dockers = [Executor.Docker, Executor.DockerMachine];

    /// <summary>When it strikes, after the story's begin.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Half to all of what starts on Kubernetes fails, for half an hour to three hours.</summary>
    public static Trouble OfKubernetes(Random draw) => Of(draw, [new IncidentReach(Executor.Kubernetes)]);

    /// <summary>The same on docker alone.</summary>
    public static Trouble OfDocker(Random draw) => Of(draw, [.. Dockers.Select(executor => new IncidentReach(executor))]);

    /// <summary>The same on both, as when the registry is away.</summary>
    public static Trouble OfBoth(Random draw) => Of(draw, [new IncidentReach()]);

    /// <summary>Every cluster loses its network.</summary>
    public static Trouble Darkness(Random draw)
    {
        var lasts = Between(draw, 30, 180);
        return new Trouble([.. Enumerable.Range(0, WorldOptions.Small.Clusters).Select(one => new GoDark(Cluster: $"k8s-{(char)('a' + one)}", Minutes: lasts.TotalMinutes))], lasts);
    }

    private static Trouble Of(Random draw, IReadOnlyList<IncidentReach> reaches)
    {
        var (lasts, rate) = (Between(draw, 30, 180), 0.5 + (draw.NextDouble() / 2));
        return new Trouble([.. reaches.Select(reach => new StartIncident("outage", reach, rate, lasts.TotalMinutes))], lasts);
    }

    private static TimeSpan Between(Random draw, int least, int most) => TimeSpan.FromMinutes(draw.Next(least, most));
}

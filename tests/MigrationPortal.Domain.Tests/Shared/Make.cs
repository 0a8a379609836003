using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Short words for the tables of the tests.</summary>
public static class Make
{
    public static readonly InstanceId Production = new("production");
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly Actor Admin = new(ActorKind.User, "1");

    public static RunnerAttributes Attributes(string tags, bool untagged = false, bool paused = false, bool refProtected = false) =>
        new(Tags(tags), untagged, paused, refProtected ? RunnerAccessLevel.RefProtected : RunnerAccessLevel.NotProtected);

    public static TagSet Tags(string words) => TagSet.Of(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static RunnerId Id(long number) => new(Production, number);

    public static FleetRunner Runner(
        long id, RunnerRole? role, RunnerAttributes attributes, bool managed = true, bool confirmed = true, RunnerAttributes? baseline = null,
        double contactMinutes = 0, RunnerType type = RunnerType.Instance, long[]? projects = null, long[]? groups = null, string? executor = null)
    {
        var name = $"{role?.ToString().ToLowerInvariant() ?? "other"}-{id}";
        var manager = new RunnerManager("s_1", new Executor(executor ?? (role == RunnerRole.Kubernetes ? "kubernetes" : "docker")), "19.0", RunnerStatus.Online, Now);
        return new FleetRunner(
            new ObservedRunner(Id(id), name, type, attributes, false, RunnerStatus.Online, Now.AddMinutes(-contactMinutes), Now.AddDays(-90), null, [manager],
                (projects ?? []).ToHashSet(), (groups ?? []).ToHashSet()),
            new RunnerStanding(role, confirmed, managed), baseline);
    }

    public static FleetRunner Legacy(long id, string tags, bool untagged = true, bool paused = false, RunnerAttributes? baseline = null) =>
        Runner(id, RunnerRole.Legacy, Attributes(tags, untagged, paused), baseline: baseline);

    public static FleetRunner Kubernetes(long id, string tags, bool untagged = false, bool paused = false, RunnerAttributes? baseline = null) =>
        Runner(id, RunnerRole.Kubernetes, Attributes(tags, untagged, paused), baseline: baseline);

    public static FleetSnapshot Fleet(params FleetRunner[] runners) => new(Production, Now, runners);

    public static ProjectAccess Project(long id, bool instance = true, bool group = true, params long[] groups) =>
        new(new ProjectId(Production, id), $"team/app-{id}", instance, group, groups.ToHashSet());

    public static JobNeeds Needs(string tags, bool? isProtected = false, long project = 1) => new(Tags(tags), isProtected, new ProjectId(Production, project));

    public static JobClass Class(string tags, double jobsPerDay = 100, bool? isProtected = false, long project = 1) =>
        new(Needs(tags, isProtected, project), (long)(jobsPerDay * 14), jobsPerDay);

    public static JobClassCensus Census(params JobClass[] classes)
    {
        var jobs = classes.Sum(one => one.Jobs);
        return new JobClassCensus(CensusWindow.Until(Now), jobs, jobs, classes, classes.Select(one => one.Needs.Project.Number).Distinct().Select(id => Project(id)).ToDictionary(project => project.Id));
    }

    public static MigrationSettings Settings(string? fallback = "docker-fallback", params (string Tag, TagDecision Decision)[] decisions) =>
        MigrationSettings.Default(Production) with { FallbackTag = fallback, Decisions = decisions.ToDictionary(one => one.Tag, one => one.Decision) };

    public static PhaseState State(Phase? phase = null, int? kubernetes = null, int? legacy = null, bool evacuated = false)
    {
        var reached = phase is { } known ? new PhaseReached(known, kubernetes, legacy, evacuated, Now.AddDays(-1), null, "before") : null;
        return new PhaseState(Production, reached, reached is null ? [] : [reached], true, null, 0);
    }

    public static PlanTarget.ToPhase Target(Phase phase, int? kubernetes = null, int? legacy = null) => new(phase, kubernetes, legacy);
}

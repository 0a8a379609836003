using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Decides whether a narrowing step may go now: everything that is served and shall stay served must be, by runners
/// in contact, and where real jobs can be expected Kubernetes must have started one since it was widened, or, where
/// an earlier operation did that, since half an hour before this one. A runner is
/// deleted only when it is drained.
/// One gate serves one run of one operation.
/// </summary>
internal sealed class NarrowGate(FreshFleet fresh, IJobStore jobs, IRunnerGateway gitlab, Plan plan, IWorldClock clock)
{
    /// <summary>So recent a job proves that Kubernetes lives. World time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan PatienceByItself = TimeSpan.FromHours(24);

    /// <summary>At least one an average half hour; for rarer classes a proof cannot be waited for.</summary>
    private const double ExpectedJobsPerDay = 48;

    private static readonly TimeSpan FleetAge = TimeSpan.FromMinutes(1);

    private FleetSnapshot? _fleet;
    private DateTimeOffset _readAt;
    private JobClassCensus? _census;
    private IReadOnlyList<RunnerId>? _proven;
    private bool _kubernetesLives;

    /// <summary>
    /// World time; after it the operation halts as <c>not-proven</c> and a person decides. What the portal began by itself may have
    /// begun on a quiet night, when no job comes for hours and nobody waits for it: everything stays served until one does.
    /// </summary>
    public static TimeSpan PatienceOf(Operation operation) => operation.StartedBy == Actor.Portal ? PatienceByItself : Patience;

    /// <summary>Keeps the gate's picture of the fleet in step with what was just written.</summary>
    public void Moved(IReadOnlyDictionary<RunnerId, RunnerAttributes?> now) => _fleet = _fleet?.With(now);

    /// <param name="steps">Narrowing steps on different runners, or one deletion.</param>
    /// <returns>How many of them, from the first on, may go together, in whatever order they end; and what the next one still misses.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">The fleet could not be read.</exception>
    public async Task<(int Free, string? Why)> FreeAsync(Operation operation, IReadOnlyList<OperationStep> steps, CancellationToken cancel)
    {
        var now = clock.Now(operation.Instance);
        if (steps[0].Step.To is null && await NotDrainedAsync(steps[0].Step, cancel) is { } busy) return (0, busy);
        if (_fleet is null || now - _readAt > FleetAge) (_fleet, _readAt) = (await fresh.ReadAsync(operation.Instance, cancel), now);
        _census ??= await jobs.CensusAsync(operation.Instance, CensusWindow.Until(now), cancel);

        // A brownout gives the stand-in, which takes nothing from anybody.
        var (free, why) = (operation.Brownout is null ? Together(_fleet, steps) : steps.Count, (string?)null);
        for (var at = 0; at < free; at++)
            if (OutOfContact(_fleet, steps[at]) is { } silent) (free, why) = (at, silent);
        if (Stranded(_fleet, _census, operation, [.. steps.Take(free)]) is not null) (free, why) = OneByOne(_fleet, _census, operation, steps, free, why);
        for (var at = 0; at < free; at++)
            if (await UnprovenAsync(operation, steps[at], cancel) is { } unproven) (free, why) = (at, unproven);
        return (free, why);
    }

    // Each only takes away: so what is served when all have ended is served whichever of them have. One that would also
    // give something, because somebody else changed its runner, goes alone.
    private static int Together(FleetSnapshot fleet, IReadOnlyList<OperationStep> steps)
    {
        var known = fleet.Runners.ToDictionary(runner => runner.Id, runner => runner.Attributes);
        return Math.Max(1, steps.TakeWhile(step => step.Step.To is { } to && known.TryGetValue(step.Step.Runner, out var its) && its.Union(to) == its).Count());
    }

    private static (int Free, string? Why) OneByOne(FleetSnapshot fleet, JobClassCensus census, Operation operation, IReadOnlyList<OperationStep> steps, int free, string? why)
    {
        for (var at = 0; at < free; at++)
        {
            if (Stranded(fleet, census, operation, [steps[at]]) is { } last) return (at, last);
            fleet = fleet.With(Ends([steps[at]]));
        }
        return (free, why);
    }

    private static Dictionary<RunnerId, RunnerAttributes?> Ends(IEnumerable<OperationStep> steps) => steps.ToDictionary(step => step.Step.Runner, step => step.Step.To);

    // GitLab itself is asked: the last sweep may be older than the runner's last job.
    private async Task<string?> NotDrainedAsync(PlanStep step, CancellationToken cancel) =>
        await gitlab.RunningJobsAsync(step.Runner, cancel) is var running and > 0
            ? $"{RunningJobs.Words(step.RunnerName, running)}: it is deleted when they have ended."
            : null;

    private static string? OutOfContact(FleetSnapshot fleet, OperationStep step)
    {
        var relied = step.Step.ReliesOn.ToHashSet();
        var silent = fleet.Runners.FirstOrDefault(runner => relied.Contains(runner.Id) && !JobMatcher.InContact(runner.Observed, fleet.TakenAt));
        return silent is null ? null : $"{silent.Observed.Description} has had no contact with GitLab for more than {JobMatcher.ContactLimit.TotalMinutes:0} minutes, and {step.Step.RunnerName} may only narrow when it takes over.";
    }

    private static string? Stranded(FleetSnapshot fleet, JobClassCensus census, Operation operation, IReadOnlyList<OperationStep> steps)
    {
        if (steps.Count == 0) return null;
        var goal = fleet.With(operation.Goal());
        // What only the widening in between serves was unserved before, and does not block.
        ServiceIndex begin = new(fleet.With(operation.Start())), now = new(fleet), end = new(AliveAtStart(goal, operation)), then = new(fleet.With(Ends(steps)));
        foreach (var one in census.Classes.SelectMany(one => Known(one.Needs)))
        {
            // Its jobs are meant to wait.
            if (operation.Brownout is { } window && one.Tags.Contains(window.Tag)) continue;
            var access = census.Projects.GetValueOrDefault(one.Project);
            if (begin.IsServed(one, access) && now.IsServed(one, access) && end.IsServed(one, access) && !then.IsServed(one, access))
                return $"{steps[0].Step.RunnerName} is the last runner in contact for {(one.Tags.IsEmpty ? "untagged jobs" : $"jobs tagged {one.Tags}")} of {access?.FullPath ?? $"project {one.Project.Number}"}.";
        }
        return null;
    }

    private async Task<string?> UnprovenAsync(Operation operation, OperationStep step, CancellationToken cancel)
    {
        if (step.IsRollBack || plan.IsEvacuation() || step.Step.To is not { } to) return null;
        var kubernetes = _fleet!.Managed(RunnerRole.Kubernetes).Select(runner => runner.Id).ToHashSet();
        var widened = operation.Steps.Where(one => one is { Step.Kind: PlanStepKind.Widen, DoneAt: not null } && kubernetes.Contains(one.Step.Runner) && step.Step.ReliesOn.Contains(one.Step.Runner)).ToList();
        if (ReferenceEquals(_proven, step.Step.ReliesOn) || LostJobsPerDay(step.Step.From, to) < ExpectedJobsPerDay) return null;
        if (widened.Count == 0) return _kubernetesLives ? null : await SilentAsync(operation, step.Step, to, cancel);

        var since = widened.Max(one => one.DoneAt!.Value);
        var started = await jobs.StartedJobSinceAsync(operation.Instance, [.. widened.Select(one => one.Step.Runner)], since, cancel);
        if (started.Count == 0)
            return $"No job has started on {string.Join(", ", widened.Take(3).Select(one => one.Step.RunnerName))}{(widened.Count > 3 ? ", ..." : "")} since {since.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC, when Kubernetes was widened.";
        _proven = step.Step.ReliesOn;
        return null;
    }

    // Widened by an operation before this one: that it was proven then says nothing of today.
    private async Task<string?> SilentAsync(Operation operation, PlanStep step, RunnerAttributes to, CancellationToken cancel)
    {
        var lost = _census!.Classes.Select(one => one.Needs).Where(needs => Takes(step.From, needs) && !Takes(to, needs)).Distinct().ToList();
        var heirs = _fleet!.Managed(RunnerRole.Kubernetes).Where(runner => lost.Any(needs => Takes(runner.Attributes, needs))).ToList();
        if (heirs.Count == 0) return null;

        var since = operation.StartedAt - Patience;
        var started = await jobs.StartedJobSinceAsync(operation.Instance, [.. heirs.Select(runner => runner.Id)], since, cancel);
        _kubernetesLives = started.Count > 0;
        return _kubernetesLives ? null : $"No job has started on {string.Join(", ", heirs.Take(3).Select(runner => runner.Observed.Description))}{(heirs.Count > 3 ? ", ..." : "")} since {since.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC, and {step.RunnerName} leaves its jobs to them.";
    }

    private double LostJobsPerDay(RunnerAttributes from, RunnerAttributes to) => _census!.Classes
        .Where(one => Takes(from, one.Needs) && !Takes(to, one.Needs))
        .Sum(one => one.JobsPerDay);

    private static bool Takes(RunnerAttributes runner, JobNeeds needs) => !runner.Paused && JobMatcher.Takes(runner, needs.Tags, needs.Protected);

    private static IEnumerable<JobNeeds> Known(JobNeeds needs) =>
        needs.Protected is null ? [needs with { Protected = false }, needs with { Protected = true }] : [needs];

    // Who was in contact when the operation began counts at its end even while silent: that is what this waits for.
    // One that was silent already then served nobody, and apply has said so.
    private static FleetSnapshot AliveAtStart(FleetSnapshot fleet, Operation operation) => fleet with
    {
        Runners = [.. fleet.Runners.Select(runner => runner.Observed.ContactedAt >= operation.StartedAt - JobMatcher.ContactLimit
            ? runner with { Observed = runner.Observed with { ContactedAt = fleet.TakenAt } } : runner)],
    };
}

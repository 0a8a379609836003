using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Tells everybody in GitLab, by a broadcast message of a day, what a step forward changes for their jobs and what to do when
/// they fail; each step's message replaces the one before it, and goes when the step is rolled back or Kubernetes is
/// evacuated. It holds up nothing: a step that could not be announced is still taken.
/// </summary>
public sealed class AnnounceStep(IMigrationStore migration, IBroadcasts broadcasts, IInstanceStore store) : IOperationBegins, IOperationEnded
{
    /// <summary>Instance's time: whoever looks once a working day sees it.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromHours(24);

    private const string Mark = "broadcast/step";

    public async Task BeginsAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.IsGoingBack() || PlanTargetJson.Read(plan.Target) is not Outcome<PlanTarget>.Done { Result: var target }) return;
        if (target is PlanTarget.Evacuate) await TryAsync(() => TakeBackAsync(operation.Instance, _ => true, cancel));
        if (target is not PlanTarget.ToPhase step) return;
        var (state, settings) = (await migration.StateAsync(operation.Instance, cancel), await migration.SettingsAsync(operation.Instance, cancel));
        if (!NextStep.IsForward(state.Current, step) || !settings.PolicyOf(GateSteps.PhaseOf(state)).AnnouncesSteps || Text(step, settings) is not { } text) return;
        await TryAsync(() => SayAsync(operation, text, cancel));
    }

    public async Task EndedAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.State == OperationState.RolledBack) await TryAsync(() => TakeBackAsync(operation.Instance, standing => standing == operation.Id, cancel));
    }

    /// <summary>Null for steps that change nothing for whoever did not ask for it.</summary>
    public static string? Text(PlanTarget.ToPhase step, MigrationSettings settings)
    {
        var back = settings.FallbackTag is { } tag ? $" A job that fails there and did not before: give it the tag {tag} and it runs on docker." : "";
        return step.Phase switch
        {
            Phase.UntaggedTakeover when (step.LegacyUntaggedPercent ?? 0) == 0 => $"CI jobs without tags run on Kubernetes runners from now on.{back}",
            Phase.UntaggedTakeover => $"More and more CI jobs without tags run on Kubernetes runners from now on.{back}",
            Phase.DockerFallback when Adopted(settings) is { Length: > 0 } tags => $"CI jobs that ask for {tags} run on Kubernetes runners from now on, as those without tags do.{back}",
            Phase.DockerFallback => $"CI jobs run on Kubernetes runners from now on unless they ask for a tag that stays on docker.{back}",
            Phase.Decommission => $"The docker runners end: no CI job runs on them any more{(settings.FallbackTag is { } ending ? $", also with the tag {ending}" : "")}. Jobs that still ask for their tags have to drop them.",
            _ => null,
        };
    }

    private static string Adopted(MigrationSettings settings) =>
        string.Join(", ", settings.Decisions.Where(one => one.Value == TagDecision.Adopt).Select(one => one.Key).Order(StringComparer.Ordinal));

    private async Task SayAsync(Operation operation, string text, CancellationToken cancel)
    {
        await TakeBackAsync(operation.Instance, standing => standing != operation.Id, cancel);
        if (await broadcasts.AnnounceAsync(operation.Instance, text, new TimeWindow(operation.StartedAt, operation.StartedAt + Stands), cancel) is Outcome<long>.Done { Result: var number })
            await RememberAsync(operation.Instance, new Standing(operation.Id, number, operation.StartedAt + Stands), operation.StartedAt, cancel);
    }

    /// <param name="which">By the operation whose message stands.</param>
    private async Task TakeBackAsync(InstanceId instance, Func<long, bool> which, CancellationToken cancel)
    {
        if (await store.WatermarkAsync(instance, Mark, cancel) is not { } stored || JsonSerializer.Deserialize<Standing?>(stored) is not { } standing || !which(standing.Operation)) return;
        await broadcasts.TakeBackAsync(instance, standing.Number, cancel);
        await RememberAsync(instance, null, standing.Until, cancel);
    }

    private Task RememberAsync(InstanceId instance, Standing? standing, DateTimeOffset at, CancellationToken cancel) => store.SaveWatermarkAsync(instance, Mark, JsonSerializer.Serialize(standing), at, cancel);

    private static async Task TryAsync(Func<Task> say)
    {
        try
        {
            await say();
        }
        catch (GitLabUnavailableException)
        {
            // The steps find out for themselves whether GitLab answers; the message ends with its day.
        }
    }

    private sealed record Standing(long Operation, long Number, DateTimeOffset Until);
}

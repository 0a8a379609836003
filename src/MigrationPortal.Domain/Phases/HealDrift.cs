using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Puts runners back that drift, by a plan like any other, where the policy of the reached phase says so and automation is on.
/// Each difference of a runner is put back by itself once: when it comes back it is a conflict with whoever sets it
/// (Terraform, GitOps, a colleague), and people are told. In a freeze window nothing is put back: it is afterwards.
/// </summary>
public sealed class HealDrift(IMigrationStore migration, IOperationStore operations, IInstanceStore instances, DriftMemory memory, DriftFreeze freezes, PlanPhase plan, ApplyPlan apply, INotices notices)
{
    /// <summary>A difference that comes back later than this is a new one.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    // Worth another try at the next reading of the fleet.
    private static readonly string[] Passing = ["operation-running", "gitlab-unavailable", ApplyPlan.FleetChanged];

    /// <param name="lasting">What drifts, from <see cref="WatchDrift"/>.</param>
    /// <returns>What was done or why not, in a sentence; null when there is nothing to say.</returns>
    public async Task<string?> RunAsync(FleetSnapshot snapshot, IReadOnlyList<DriftedRunner> lasting, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(lasting);
        var instance = snapshot.Instance;
        if (lasting.Count == 0 || await ReachedAsync(instance, cancel) is not { } phase) return null;

        var known = (await memory.HealedAsync(instance, cancel)).Where(one => snapshot.TakenAt - one.Value.At < Remembered).ToDictionary();
        var again = lasting.Where(one => known.GetValueOrDefault(Number(one))?.Words == one.Words).ToList();
        await TellRevertedAsync(snapshot, again, known, cancel);
        var fresh = lasting.Except(again).ToList();
        if (fresh.Count == 0) return null;
        return await freezes.AtAsync(instance, snapshot.TakenAt, cancel) is { } freeze
            ? $"{Count(fresh.Count)} not put back. {DriftFreeze.Words(freeze)}"
            : await HealAsync(snapshot, phase, fresh, known, cancel);
    }

    // Null: nothing is put back now. After an evacuation the way back up is a person's decision.
    private async Task<Phase?> ReachedAsync(InstanceId instance, CancellationToken cancel)
    {
        var state = await migration.StateAsync(instance, cancel);
        if (!state.AutomationOn || state.Current is not { Evacuated: false, Phase: var phase }) return null;
        if (!(await migration.SettingsAsync(instance, cancel)).PolicyOf(phase).HealsDrift) return null;
        if (await instances.HealthAsync(instance, cancel) is { CanWrite: false }) return null;
        return await operations.UnfinishedAsync(instance, cancel) is null ? phase : null;
    }

    private async Task<string?> HealAsync(FleetSnapshot snapshot, Phase phase, List<DriftedRunner> drift, Dictionary<long, DriftHealed> known, CancellationToken cancel)
    {
        var target = new PlanTarget.EditRunners([.. drift.Select(one => one.Back)]);
        if (await plan.RunAsync(snapshot.Instance, target, Actor.Portal, cancel) is not Outcome<Plan>.Done { Result: var made }) return null;
        var reason = $"Drift put back by itself, as the policy of {phase.Key()} says. {string.Join("; ", drift.Select(one => $"{one.Runner.Observed.Description}: {one.Words}"))}.";
        var outcome = await apply.RunAsync(new ApplyRequest(made.Id, Actor.Portal, reason, null, [], null) { Along = begun => RememberAsync(begun.Id, null) }, cancel);
        if (outcome is Outcome<Operation>.Done { Result: var operation }) return $"Operation {operation.Id} puts {Count(drift.Count)} back.";

        var refusal = ((Outcome<Operation>.Refused)outcome).Refusal;
        if (Passing.Contains(refusal.Code)) return null;
        var why = string.Join(" ", refusal.Reasons);
        await RememberAsync(null, why);
        await notices.TellAsync(Told(snapshot, drift, $"plans/{made.Id}", "refused", $"{Count(drift.Count)} could not be put back by the portal: {why}"), cancel);
        return $"{Count(drift.Count)} could not be put back: {why}";

        // In the transaction that begins the operation: killed in between, it is neither begun nor remembered.
        async Task<bool> RememberAsync(long? operation, string? because)
        {
            foreach (var one in drift) known[Number(one)] = new DriftHealed(one.Words, snapshot.TakenAt, operation, because, false);
            await memory.SaveHealedAsync(snapshot.Instance, known, snapshot.TakenAt, cancel);
            return true;
        }
    }

    private async Task TellRevertedAsync(FleetSnapshot snapshot, List<DriftedRunner> again, Dictionary<long, DriftHealed> known, CancellationToken cancel)
    {
        var news = again.Where(one => known[Number(one)] is { OperationId: not null, Reverted: false }).ToList();
        if (news.Count == 0) return;
        await notices.TellAsync(
            Told(snapshot, news, "phases", "conflict",
                $"{Count(news.Count)} put back by operation {known[Number(news[0])].OperationId} differ again in the same way: something sets them (Terraform, GitOps, a colleague). The portal leaves them alone: change it at its source, or plan the phase again. {string.Join("; ", news.Take(3).Select(one => $"{one.Runner.Observed.Description}: {one.Words}"))}"),
            cancel);
        foreach (var one in news) known[Number(one)] = known[Number(one)] with { Reverted = true };
        await memory.SaveHealedAsync(snapshot.Instance, known, snapshot.TakenAt, cancel);
    }

    private static Notice Told(FleetSnapshot snapshot, List<DriftedRunner> drift, string link, string key, string sentence) => new(
        snapshot.Instance, NoticeKind.Drift, NoticeSeverity.Attention,
        string.Create(CultureInfo.InvariantCulture, $"drift/{drift.Min(Number)}/{key}/{snapshot.TakenAt.UtcDateTime:O}"), sentence,
        [new NoticeNumber("runners", drift.Count.ToString(CultureInfo.InvariantCulture))], link, snapshot.TakenAt);

    private static long Number(DriftedRunner one) => one.Runner.Id.Number;

    private static string Count(int runners) => runners == 1 ? "1 runner" : string.Create(CultureInfo.InvariantCulture, $"{runners} runners");
}

using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>What shall become of the fleet, with what its asker already knows to say about it.</summary>
/// <param name="Target">Canonical JSON of the request that the plan answers.</param>
public sealed record PlanRequest(
    string Title,
    string Target,
    FleetSnapshot Fleet,
    JobClassCensus Census,
    IReadOnlyList<DesiredRunner> Desired,
    IReadOnlyList<RunnerId> Deletes,
    IReadOnlyList<PlanWarning> Warnings,
    IReadOnlyList<PlanBlocker> Blockers,
    DateTimeOffset At,
    Actor By)
{
    /// <summary>Set for a brownout, which desires nothing of the fleet: what is taken away, and what stands in for it.</summary>
    public (string Tag, string StandIn)? Brownout { get; init; }

    public Predictions Predicted { get; init; } = Predictions.Nothing;
}

/// <summary>Computes a plan with its blast radius and stores it. Every change of a runner begins here.</summary>
public sealed class MakePlan(IPlanStore plans, IAuditTrail audit)
{
    public Task<Plan> RunAsync(PlanRequest request, CancellationToken cancel)
    {
        var computed = Compute(request);
        return audit.ChangeAsync<Plan>(
            async () =>
            {
                var plan = await plans.AddAsync(computed, cancel);
                return (plan, new AuditEntry(
                    request.At, request.Fleet.Instance, request.By, "plan.make", $"plan/{plan.Id}", null, null,
                    JsonSerializer.Serialize(new { plan.Title, plan.Target, steps = plan.Steps.Count, plan.Fingerprint })));
            },
            cancel);
    }

    /// <summary>The plan without an id: pure.</summary>
    public static Plan Compute(PlanRequest request)
    {
        var steps = request.Brownout is { } brownout
            ? BrownoutSteps.Of(request.Fleet, brownout.Tag, brownout.StandIn)
            : Planner.Steps(request.Fleet, request.Desired, request.Deletes, request.Census);
        var radius = BlastRadiusEngine.Of(request.Fleet, request.Fleet.With(Planner.Effect(BrownoutSteps.Worst(steps))), request.Census, request.Brownout?.Tag, request.Predicted.Failures);
        return new Plan(
            0, request.Fleet.Instance, request.Title, request.Target, request.At, request.By, Fingerprint.Of(request.Fleet),
            steps, radius, [.. HistoryIncomplete.Warnings(request.Census), .. request.Warnings, .. LeftToUnmanaged.Warnings(radius), .. PredictedToFail.Warnings(radius, request.Predicted, request.Census)], [.. request.Blockers, .. NoRunner.Blockers(radius, request.Census)]);
    }
}

using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// One PUT (or DELETE) on one runner. Widening steps come first and are safe at any time; a narrowing step waits
/// until every runner in <paramref name="ReliesOn"/> is in contact and has started a job since it was widened.
/// </summary>
/// <param name="Order">1-based, dense.</param>
/// <param name="From">Expected before the step; anything else halts as <c>changed-meanwhile</c>.</param>
/// <param name="To">Null deletes the runner.</param>
public sealed record PlanStep(
    int Order,
    PlanStepKind Kind,
    RunnerId Runner,
    string RunnerName,
    RunnerAttributes From,
    RunnerAttributes? To,
    IReadOnlyList<RunnerId> ReliesOn,
    string Why);

public enum PlanStepKind
{
    Widen,
    Narrow,
    Delete,

    /// <summary>Gives a tag back that a brownout took: waits for its time alone, and insists. See <see cref="BrownoutSteps"/>.</summary>
    Return,
}

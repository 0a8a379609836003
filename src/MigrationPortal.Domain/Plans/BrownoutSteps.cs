using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// The steps of a brownout. Not made before broken, on purpose: on each legacy runner that carries the tag one PUT swaps it
/// for the stand-in, because a runner may not be left without tags, and one swaps it back.
/// </summary>
public static class BrownoutSteps
{
    public static IReadOnlyList<PlanStep> Of(FleetSnapshot fleet, string tag, string standIn)
    {
        var carriers = fleet.Managed(RunnerRole.Legacy).Where(runner => runner.Attributes.Tags.Contains(tag)).OrderBy(runner => runner.Id.Number)
            .Select(runner => (runner.Id, Name: runner.Observed.Description, With: runner.Attributes, Without: runner.Attributes with { Tags = runner.Attributes.Tags.Without(tag).With(standIn) }))
            .ToList();
        var away = carriers.Select(one => new PlanStep(0, PlanStepKind.Narrow, one.Id, one.Name, one.With, one.Without, [], ChangeWords.Of(one.With, one.Without)));
        var back = carriers.Select(one => new PlanStep(0, PlanStepKind.Return, one.Id, one.Name, one.Without, one.With, [], ChangeWords.Of(one.Without, one.With)));
        return [.. away.Concat(back).Select((step, index) => step with { Order = index + 1 })];
    }

    /// <summary>What a plan takes away at its worst moment: all of it, but for what comes back by itself.</summary>
    public static IEnumerable<PlanStep> Worst(IEnumerable<PlanStep> steps) => steps.Where(step => step.Kind != PlanStepKind.Return);

    /// <summary>
    /// The runner with the tag again and without the stand-in, otherwise as it is found: what somebody else changed in the
    /// meantime neither keeps the tag away nor is undone.
    /// </summary>
    /// <param name="step">Of kind <see cref="PlanStepKind.Return"/>.</param>
    public static RunnerAttributes Returned(PlanStep step, RunnerAttributes found)
    {
        var with = step.To!.Tags;
        return found with { Tags = found.Tags.Without(step.From.Tags.Without(with)).Union(with.Without(step.From.Tags)) };
    }
}

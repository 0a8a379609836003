using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>One step as a diff row: its tags with what happens to each, and the attributes that change.</summary>
public sealed record PlanDiff(
    PlanStep Step,
    string? Executor,
    IReadOnlyList<(string Tag, TagChange Change)> Tags,
    IReadOnlyList<AttributeChange> Changes)
{
    public static PlanDiff Of(PlanStep step, string? executor)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.To is not { } to)
            return new PlanDiff(step, executor, [.. step.From.Tags.Select(tag => (tag, TagChange.Removed))], []);

        var changes = new List<AttributeChange>(2);
        if (step.From.RunUntagged != to.RunUntagged) changes.Add(AttributeChange.Untagged(step.From.RunUntagged, to.RunUntagged));
        if (step.From.Paused != to.Paused) changes.Add(AttributeChange.Paused(step.From.Paused, to.Paused));
        return new PlanDiff(step, executor, PlanDiffRow.Compare(step.From.Tags, to.Tags), changes);
    }

    /// <summary>The executor of each runner by GitLab's name; null where it is not known or mixed.</summary>
    public static string? ExecutorOf(FleetSnapshot? fleet, Domain.Shared.RunnerId runner)
    {
        var names = fleet?.Runners.FirstOrDefault(one => one.Id == runner)?.Observed.Managers
            .Select(manager => manager.Executor.Name).Where(name => name != "unknown").Distinct().ToList() ?? [];
        return names is [var one] ? one : null;
    }
}

using System.Text.Json;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Plans;

/// <param name="Target">The request that the plan answers.</param>
/// <param name="Blockers">What stops applying; those with an <c>override</c> may be waved through by that name.</param>
/// <param name="Confirmation">What <c>confirm</c> must hold when applying; null when nothing is asked.</param>
public sealed record PlanView(
    long Id,
    string Instance,
    string Title,
    JsonElement Target,
    DateTimeOffset MadeAt,
    string MadeBy,
    string Fingerprint,
    bool Empty,
    IReadOnlyList<PlanStepView> Steps,
    BlastRadiusView BlastRadius,
    IReadOnlyList<PlanWarning> Warnings,
    IReadOnlyList<BlockerView> Blockers,
    string? Confirmation)
{
    internal static PlanView Of(Plan plan) => new(
        plan.Id, plan.Instance.Name, plan.Title, JsonSerializer.Deserialize<JsonElement>(plan.Target), plan.MadeAt, plan.MadeBy.ToString(), plan.Fingerprint, plan.IsEmpty,
        [.. plan.Steps.SelectMany(PlanStepView.Of)], BlastRadiusView.Of(plan.BlastRadius), plan.Warnings,
        [.. plan.Blockers.Select(one => new BlockerView(one.Code, one.Message, one.Override, [.. one.Projects.Select(project => project.Number)]))],
        plan.ConfirmationText());
}

/// <summary>A plan in a list: without steps and job classes.</summary>
public sealed record PlanSummary(long Id, string Title, DateTimeOffset MadeAt, string MadeBy, string Fingerprint, int Steps, int Blockers)
{
    internal static PlanSummary Of(PlanHead plan) => new(plan.Id, plan.Title, plan.MadeAt, plan.MadeBy.ToString(), plan.Fingerprint, plan.Steps, plan.Blockers.Count);
}

public sealed record BlockerView(string Code, string Message, string? Override, IReadOnlyList<long> ProjectIds);

/// <summary>One attribute of one step; attributes with the same order go to GitLab in one PUT.</summary>
/// <param name="Attribute"><c>tagList</c>, <c>runUntagged</c>, <c>paused</c>, or <c>runner</c> when it is deleted.</param>
public sealed record PlanStepView(int Order, PlanStepKind Kind, long RunnerId, string RunnerName, string Attribute, object? From, object? To, IReadOnlyList<long> ReliesOn, string Why)
{
    internal static IEnumerable<PlanStepView> Of(PlanStep step) => StepChange.Between(step.From, step.To).Select(change => new PlanStepView(
        step.Order, step.Kind, step.Runner.Number, step.RunnerName, change.Attribute, change.From, change.To, [.. step.ReliesOn.Select(one => one.Number)], step.Why));
}

public sealed record StepChange(string Attribute, object? From, object? To)
{
    internal static IEnumerable<StepChange> Between(RunnerAttributes from, RunnerAttributes? to)
    {
        if (to is null)
        {
            yield return new StepChange("runner", "exists", null);
            yield break;
        }

        if (from.Tags != to.Tags) yield return new StepChange("tagList", from.Tags.ToArray(), to.Tags.ToArray());
        if (from.RunUntagged != to.RunUntagged) yield return new StepChange("runUntagged", from.RunUntagged, to.RunUntagged);
        if (from.Paused != to.Paused) yield return new StepChange("paused", from.Paused, to.Paused);
    }
}

public sealed record BlastRadiusView(BasisView Basis, IReadOnlyList<ClassView> Classes)
{
    internal static BlastRadiusView Of(BlastRadius radius) => new(
        new BasisView(radius.Basis.From, radius.Basis.To, radius.Jobs, radius.SampledFraction),
        [.. radius.Classes.Select(one => new ClassView(
            [.. one.Tags], one.Protected, [.. one.Projects.Select(project => project.Number)], one.JobsPerDay, Roles(one.Before), Roles(one.After), one.Effect))]);

    private static IReadOnlyList<string> Roles(ServedBy roles) =>
        [.. new[] { ServedBy.Legacy, ServedBy.Kubernetes, ServedBy.Unmanaged }.Where(role => roles.HasFlag(role)).Select(role => role.ToString().ToLowerInvariant())];
}

/// <param name="SampledFraction">Share of jobs with known tags that it rests on, in [0, 1].</param>
public sealed record BasisView(DateTimeOffset From, DateTimeOffset To, long Jobs, double SampledFraction);

/// <param name="Tags">Empty: untagged jobs.</param>
/// <param name="Before">Roles that serve it now; empty: nobody.</param>
public sealed record ClassView(
    IReadOnlyList<string> Tags, bool? Protected, IReadOnlyList<long> ProjectIds, double JobsPerDay, IReadOnlyList<string> Before, IReadOnlyList<string> After, JobClassEffect Effect);

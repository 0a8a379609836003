using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>The parts of a plan's sheet, in a change board's order: what, whom it touches, what stops it, proof, approvals, the way back.</summary>
internal static class PlanSheetParts
{
    /// <summary>More classes than a page holds say only how many they are; the worst stand first.</summary>
    private const int MostClasses = 40;

    private const int MostProjects = 4;

    public static string Lead(PlanSheetFacts facts) =>
        $"{Words.Count(facts.Plan.Steps.Count, "step")} on {Words.Count(Runners(facts.Plan), "runner")}. {BlastRadiusWords.Says(facts.Plan.BlastRadius)}{(facts.Plan.Brownout() is { } brownout ? " " + BrownoutWords.Expected(facts.Plan.BlastRadius, brownout.Duration) : "")}";

    public static IEnumerable<SheetFact> Head(PlanSheetFacts facts)
    {
        var (plan, applied) = (facts.Plan, facts.Applied);
        yield return new("Plan", $"{plan.Id} for {plan.Instance} ({facts.GitLab})");
        yield return new("Made", $"{Stamp(plan.MadeAt)} by {facts.Names[plan.MadeBy]}");
        yield return new("State", applied is null ? "not applied" : $"applied as operation {applied.Id} by {facts.Names[applied.StartedBy]} at {Stamp(applied.StartedAt)}: {OperationWords.Word(applied.State)}{(applied.EndedAt is { } ended ? $" at {Stamp(ended)}" : "")}");
        yield return new("Why", applied?.Reason ?? "said when it is applied, and kept in the audit trail");
        yield return new("Change reference", applied is not null ? applied.ChangeReference ?? "none given" : facts.Policy?.ChangeReference is { } pattern ? $"asked for when it is applied, as {pattern}" : "none asked for");
        yield return new("Fingerprint", $"{plan.Fingerprint}. Once the fleet has changed, this plan is refused.");
        yield return new("Printed", Stamp(facts.Now));
    }

    public static SheetPart Changes(PlanSheetFacts facts)
    {
        var names = facts.Plan.Steps.DistinctBy(step => step.Runner).ToDictionary(step => step.Runner, step => step.RunnerName);
        return new SheetPart("Changes, in order", facts.Plan.IsEmpty
                ? "The fleet already looks like this: applying only records that the phase is reached."
                : "First what widens, verified by reading back; then what narrows, each only once the runners that it relies on are in contact and have started a job. Every job class that is served now stays served at each step.",
            [], facts.Plan.IsEmpty ? null : new SheetTable(["No.", "Step", "Runner", "Change", "Why"],
            [
                .. facts.Plan.Steps.Select(step => (IReadOnlyList<string>)[
                    step.Order.ToString(CultureInfo.InvariantCulture), step.Kind.ToString().ToLowerInvariant(), step.RunnerName, step.To is { } to ? ChangeWords.Of(step.From, to) : "deleted",
                    ((step.To is { } wanted && step.Why == ChangeWords.Of(step.From, wanted) ? "" : step.Why) + (step.ReliesOn.Count == 0 ? "" : $", relies on {Cut([.. step.ReliesOn.Select(one => names.GetValueOrDefault(one) ?? $"runner {one.Number}")])}")).TrimStart(',', ' '),
                ]),
            ]));
    }

    public static SheetPart Radius(PlanSheetFacts facts)
    {
        var radius = facts.Plan.BlastRadius;
        var touched = radius.Classes.Where(one => one.Effect != JobClassEffect.Unchanged).ToList();
        var left = radius.Classes.Count - touched.Count;
        List<string> points = [];
        if (touched.Count > MostClasses) points.Add($"The first {MostClasses} of {Words.Count(touched.Count)} job classes that change, worst first.");
        if (left > 0) points.Add($"{Words.Count(left, "job class", "job classes")} of {BlastRadiusWords.Jobs(radius.JobsPerDay(JobClassEffect.Unchanged))} jobs a day {(left == 1 ? "keeps its" : "keep their")} runners.");
        return new SheetPart(
            "Blast radius",
            $"{BlastRadiusWords.Says(radius)} Basis: {Words.Count(radius.Jobs, "job")} from {Stamp(radius.Basis.From)} to {Stamp(radius.Basis.To)}, tags known of {Words.Share(radius.SampledFraction)}.",
            points, touched.Count == 0 ? null : new SheetTable(["Job class", "Jobs a day", "Projects", "Before", "After", "Effect"],
            [
                .. touched.Take(MostClasses).Select(one => (IReadOnlyList<string>)[
                    (one.Tags.IsEmpty ? "untagged" : string.Join(", ", one.Tags)) + (one.Protected == true ? ", protected" : ""), BlastRadiusWords.Jobs(one.JobsPerDay),
                    Cut([.. one.Projects.Select(project => facts.Paths.GetValueOrDefault(project) ?? $"project {project.Number}")]), By(one.Before), By(one.After), BlastRadiusWords.Effect(one.Effect),
                ]),
            ]));
    }

    public static IEnumerable<SheetPart> Stops(PlanSheetFacts facts)
    {
        IReadOnlyList<string> stops = [.. facts.Plan.Blockers.Concat(facts.Holds).Select(one => one.Message + (one.Override is { } name ? $" An administrator may override it by the name '{name}'." : ""))];
        if (stops.Count > 0 && facts.Applied is null) yield return new SheetPart("What stops it now", null, stops);
        var advice = facts.Plan.Warnings.Where(warning => warning.Code != GateGuard.Code).Select(warning => warning.Message).ToList();
        if (advice.Count > 0) yield return new SheetPart("Advice", null, advice);
    }

    public static IEnumerable<SheetPart> Gates(PlanSheetFacts facts)
    {
        if (facts.Policy is null) yield break;
        if (facts.Gates is not { } gates)
        {
            yield return new SheetPart("Gates", "The gates of this step have not been read, or judge another one.", []);
            yield break;
        }
        yield return new SheetPart(
            "Gates", $"{Words.Count(gates.Readings.Count(reading => reading.Verdict == GateVerdict.Pass))} of {Words.Count(gates.Readings.Count)} pass, read {Stamp(gates.Until)} (evaluation {gates.Id}). Here gates {(facts.GatesBind ? "bind" : "advise")}.", [],
            new SheetTable(["Gate", "Verdict", "Measured", "Says"],
            [
                .. gates.Readings.Select(reading => (IReadOnlyList<string>)[
                    Gate.TitleOf(reading.Gate) + (gates.Shadow.Contains(reading.Gate) ? ", in shadow" : ""), reading.Verdict.Word(), reading.Value, reading.Sentence,
                ]),
            ]));
    }

    public static SheetPart Approvals(PlanSheetFacts facts)
    {
        IReadOnlyList<string> given = [.. facts.Approvals.Select(one => $"{facts.Names[one.By]}, {Stamp(one.At)}.")];
        if (facts.Policy is not { Needed: > 0 } policy) return new SheetPart("Approvals", $"None asked for{(given.Count == 0 ? "." : "; given all the same:")}", given);
        var counting = policy.Counting(facts.Plan, facts.Approvals).Count;
        var who = policy.Approvers.Count == 0 ? "Whoever may approve counts" : $"{string.Join(", ", policy.Approvers.Select(one => facts.Names[PlanApprovalsCard.Actor(one)]))} count";
        return new SheetPart("Approvals", $"{counting} of {policy.Needed}. {who}{(policy.Needed > 1 ? ", but never the plan's author" : "")}. They are bound to this plan and its fingerprint.", given);
    }

    public static IEnumerable<SheetPart> WaysBack(PlanSheetFacts facts)
    {
        var deletes = facts.Plan.Steps.Any(step => step.Kind == PlanStepKind.Delete);
        yield return new SheetPart(
            "Roll back", $"One confirmation, within a minute, at every step and after the end; no gate, no approval, no freeze. It puts back tags, untagged and paused of {Words.Count(Runners(facts.Plan), "runner")}, widening first, so that every job class stays served.",
            ["It does not stop running jobs, undo merged merge requests or bring back deleted runners.", .. deletes ? (string[])["Deleted runners cannot be restored: new ones get new ids and tokens."] : []]);
        yield return new SheetPart(
            "Break-glass", "When it is applied, a script is stored that restores the runners without the portal: bash and curl, with an administrator's token of scope api in GITLAB_TOKEN.",
            [$"Before: GET /api/v1/plans/{facts.Plan.Id}/break-glass.{(facts.Applied is { } applied ? $" As it was stored: GET /api/v1/operations/{applied.Id}/break-glass." : "")}"]);
    }

    private static int Runners(Plan plan) => plan.Steps.Select(step => step.Runner).Distinct().Count();

    private static string Cut(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostProjects)) + (names.Count > MostProjects ? $" and {Words.Count(names.Count - MostProjects)} more" : "");

    private static string By(ServedBy roles) => roles == ServedBy.Nobody ? "nobody"
        : string.Join(", ", new[] { ServedBy.Legacy, ServedBy.Kubernetes, ServedBy.Unmanaged }.Where(role => roles.HasFlag(role)).Select(role => role == ServedBy.Legacy ? "docker" : role == ServedBy.Kubernetes ? "Kubernetes" : "unmanaged"));

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

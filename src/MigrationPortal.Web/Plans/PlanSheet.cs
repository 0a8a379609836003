using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Plans;

/// <summary>A plan as one page for a change board: the same sheet is written as Markdown and shown as the print view.</summary>
/// <param name="Facts">Name and value, in the order of reading.</param>
public sealed record PlanSheet(string Title, string Lead, IReadOnlyList<SheetFact> Facts, IReadOnlyList<SheetPart> Parts)
{
    internal static PlanSheet Of(PlanSheetFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new PlanSheet(facts.Plan.Title, PlanSheetParts.Lead(facts), [.. PlanSheetParts.Head(facts)],
            [PlanSheetParts.Changes(facts), PlanSheetParts.Radius(facts), .. PlanSheetParts.Stops(facts), .. PlanSheetParts.Gates(facts), PlanSheetParts.Approvals(facts), .. PlanSheetParts.WaysBack(facts)]);
    }
}

public sealed record SheetFact(string Name, string Value);

/// <param name="Points">Sentences, below the text and above the table.</param>
public sealed record SheetPart(string Title, string? Text, IReadOnlyList<string> Points, SheetTable? Table = null);

public sealed record SheetTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>All that a sheet is made of, read at one moment.</summary>
/// <param name="Policy">What approvals the step asks for; null when it is no step forward.</param>
/// <param name="Holds">What would refuse it if it were applied now, beside its own blockers; empty once it was applied.</param>
/// <param name="Gates">The latest evaluation, if it is of this plan's step.</param>
/// <param name="GitLab">The instance's address.</param>
/// <param name="Now">The instance's time.</param>
internal sealed record PlanSheetFacts(
    Plan Plan, OperationHead? Applied, ApprovalPolicy? Policy, IReadOnlyList<PlanApproval> Approvals, IReadOnlyList<PlanBlocker> Holds, GateEvaluation? Gates, bool GatesBind,
    IReadOnlyDictionary<ProjectId, string> Paths, ActorNames Names, string GitLab, DateTimeOffset Now);

using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Web.Gates;

/// <summary>What one gate says, in a sentence that can be read alone.</summary>
public sealed partial class GateVerdictCard
{
    [Parameter, EditorRequired]
    public required GateReading Reading { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    [Parameter]
    public bool InShadow { get; set; }

    // The first sentence is the finding.
    private (string Finding, string More) Parts => Reading.Sentence.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end
        ? (Reading.Sentence[..(end + 1)], Reading.Sentence[(end + 2)..])
        : (Reading.Sentence, "");
}

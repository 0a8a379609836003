using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Web.Gates;

/// <summary>How one gate's verdict changed over the last evaluations, over steps.</summary>
public sealed partial class GateHistoryCard
{
    private const int Most = 4;

    [Parameter, EditorRequired]
    public required IReadOnlyList<GateEvaluation> History { get; set; }

    [Parameter, EditorRequired]
    public required string Gate { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    // Evaluations in which only other gates changed say nothing new of this one.
    private List<(GateReading Reading, GateEvaluation Evaluation)> Said
    {
        get
        {
            var all = History.Reverse().SelectMany(one => one.Readings.Where(reading => reading.Gate == Gate).Select(reading => (Reading: reading, Evaluation: one))).ToList();
            return [.. all.Where((one, index) => index == 0 || all[index - 1].Reading.Verdict != one.Reading.Verdict || all[index - 1].Evaluation.Step.Key != one.Evaluation.Step.Key).Reverse().Take(Most)];
        }
    }
}

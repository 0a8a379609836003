using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Fleet;

/// <summary>Runners in rows; a row folds out its managers.</summary>
public sealed partial class RunnerTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<RunnerLine> Lines { get; set; }

    /// <summary>Ids of the rows that are folded out.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Open { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnToggle { get; set; }

    // Hours without a job are zero here: the runner was watched, it just ran nothing.
    private static List<double?> Hourly(RunnerLine line)
    {
        var last = new DateTimeOffset(line.TakenAt.Year, line.TakenAt.Month, line.TakenAt.Day, line.TakenAt.Hour, 0, 0, TimeSpan.Zero);
        var byHour = line.Hours.ToDictionary(hour => hour.Hour, hour => (double?)hour.Finished);
        return [.. Enumerable.Range(0, 24).Select(back => byHour.GetValueOrDefault(last.AddHours(back - 23), 0))];
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>How far the past has been read and how long the rest will take, as a bar and in words.</summary>
public sealed partial class PastProgress
{
    [Parameter, EditorRequired]
    public required HistoryProgress Of { get; set; }

    private string Said => Of.IsComplete
        ? $"read back to {Day(Of.Reached)}"
        : $"back to {Day(Of.Reached)} of {Day(Of.Oldest)}, {Words.Share(Of.Fraction)}, {Left}";

    private string Left => Of.Left is { } left ? $"about {Long(left)} left at the present budget" : "time left not known: no page was read in the last minutes";

    private static string Long(TimeSpan left) => left.TotalHours is >= 1 and < 48 ? $"{(int)left.TotalHours} h {left.Minutes} min" : Words.Span(left);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM", CultureInfo.InvariantCulture);
}

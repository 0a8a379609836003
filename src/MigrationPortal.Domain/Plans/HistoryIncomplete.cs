using System.Globalization;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Domain.Plans;

/// <summary>A plan that is made before the jobs of the last weeks are read cannot know whom it would leave without a runner.</summary>
internal static class HistoryIncomplete
{
    public const string Code = "history-incomplete";

    public static IEnumerable<PlanWarning> Warnings(JobClassCensus census)
    {
        if (census.CompleteSince <= census.Window.From) yield break;
        var since = census.CompleteSince.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        yield return new PlanWarning(Code,
            $"Jobs created before {since} UTC are not all read yet, and this plan should know {CensusWindow.Length.TotalDays:0} days of them: "
            + "what ran only before is not in its blast radius. Plan again when the history is read.");
    }
}

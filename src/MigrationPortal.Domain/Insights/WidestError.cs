namespace MigrationPortal.Domain.Insights;

/// <summary>
/// How exact a comparison is, whatever it says: the largest standard error of its Mantel-Haenszel risk difference, by jobs (Sato), by
/// day and by project left out; the last two by Student's t, in units of the normal's.
/// </summary>
internal static class WidestError
{
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Its value and the number of days that it rests on; null without a stratum that has jobs on both executors.</returns>
    public static (double Error, int Days)? Of(ComparisonTable table, double confidence)
    {
        if (MantelHaenszel.Of(table.Strata) is not { } difference) return null;
        var (byDay, byProject) = (BlockJackknife.ByDay(table, confidence), BlockJackknife.ByProject(table, confidence));
        return (Math.Max(difference.StandardError, Math.Max(Of(byDay, confidence), Of(byProject, confidence))), byDay?.Blocks ?? 0);
    }

    private static double Of(BlockJackknife? left, double confidence) =>
        left is null ? 0 : left.StandardError * StudentTail.Reach(confidence, left.Blocks - 1) / NormalTail.Reach(confidence);
}

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Limits of the Mantel-Haenszel risk difference when jobs of one block (a day, or a project) fail together: the estimate with each
/// block left out, and Student's t with one degree of freedom less than blocks (statistics.md A.8). Simulated incident days broke
/// tests that take jobs for independent up to ten times too often; this held (B.2).
/// </summary>
/// <param name="Low">As a fraction in [−1, 1], like <paramref name="High"/>.</param>
/// <param name="Blocks">Those with jobs in compared strata.</param>
public sealed record BlockJackknife(double Low, double High, double StandardError, int Blocks)
{
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Null below two days, and when nothing is left to compare without one of them.</returns>
    public static BlockJackknife? ByDay(IReadOnlyList<ComparisonCell> cells, double confidence) => ByDay(ComparisonTable.Of(cells), confidence);

    internal static BlockJackknife? ByDay(ComparisonTable table, double confidence) => Of(table, Left(table, table.Days, byDay: true), confidence);

    /// <returns>Null also when a cell does not tell its project.</returns>
    internal static BlockJackknife? ByProject(ComparisonTable table, double confidence) =>
        table.Projects is { } projects ? Of(table, Left(table, projects, byDay: false), confidence) : null;

    private static BlockJackknife? Of(ComparisonTable table, List<ComparisonSums> left, double confidence)
    {
        if (left.Count < 2 || left.Exists(sums => sums.Strata == 0)) return null;
        double[] estimates = [.. left.Select(sums => sums.Estimate)];
        var mean = estimates.Average();
        var error = Math.Sqrt((left.Count - 1.0) / left.Count * estimates.Sum(one => (one - mean) * (one - mean)));
        var half = error * StudentTail.Reach(confidence, left.Count - 1);
        return new BlockJackknife(Math.Clamp(table.Sums.Estimate - half, -1, 1), Math.Clamp(table.Sums.Estimate + half, -1, 1), error, left.Count);
    }

    // The sums without each block. Leaving one out changes only the strata that it touches, so all together cost one pass over the cells.
    // Blocks that touch no compared stratum would leave the estimate as it is, and do not count as evidence.
    private static List<ComparisonSums> Left(ComparisonTable table, int blocks, bool byDay)
    {
        var (places, left, gone, touched) = (new int[blocks], new List<ComparisonSums>(), new List<Stratum>(), new List<int>());
        for (var stratum = 0; stratum < table.Strata.Length; stratum++)
        {
            if (!table.Strata[stratum].IsCompared) continue;
            foreach (ref readonly var row in table.RowsOf(stratum))
            {
                if (row.Counts.Kubernetes.Finished == 0 && row.Counts.Docker.Finished == 0) continue;
                // One more than its place, so that 0 is none.
                ref var place = ref places[byDay ? row.Day : row.Project];
                if (place == 0)
                {
                    left.Add(table.Sums);
                    gone.Add(default);
                    place = left.Count;
                }

                if (gone[place - 1] == default) touched.Add(place - 1);
                gone[place - 1] += row.Counts;
            }

            var whole = ComparisonSums.Of(table.Strata[stratum]);
            foreach (var place in touched)
            {
                left[place] = left[place] - whole + ComparisonSums.Of(table.Strata[stratum] - gone[place]);
                gone[place] = default;
            }

            touched.Clear();
        }

        return left;
    }
}

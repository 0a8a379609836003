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
    /// <returns>Null below two blocks, and when nothing is left to compare without one of them.</returns>
    public static BlockJackknife? Of<TBlock>(IReadOnlyList<ComparisonCell> cells, Func<ComparisonCell, TBlock> blockOf, double confidence) where TBlock : notnull =>
        Of(ComparisonTable.Of(cells), blockOf, confidence);

    internal static BlockJackknife? Of<TBlock>(ComparisonTable table, Func<ComparisonCell, TBlock> blockOf, double confidence) where TBlock : notnull
    {
        var (blocks, count) = PlacesOf(table, blockOf);
        if (count < 2) return null;
        var left = Left(table, blocks, count);
        if (left.Any(sums => sums.Strata == 0)) return null;
        double[] estimates = [.. left.Select(sums => sums.Estimate)];
        var mean = estimates.Average();
        var error = Math.Sqrt((count - 1.0) / count * estimates.Sum(one => (one - mean) * (one - mean)));
        var half = error * StudentTail.Reach(confidence, count - 1);
        return new BlockJackknife(Math.Clamp(table.Sums.Estimate - half, -1, 1), Math.Clamp(table.Sums.Estimate + half, -1, 1), error, count);
    }

    // Blocks that touch no compared stratum would leave the estimate as it is, and must not count as evidence: -1.
    private static (int[] OfCells, int Count) PlacesOf<TBlock>(ComparisonTable table, Func<ComparisonCell, TBlock> blockOf) where TBlock : notnull
    {
        var places = new Dictionary<TBlock, int>();
        var blocks = new int[table.Cells.Count];
        for (var index = 0; index < blocks.Length; index++)
        {
            var cell = table.Cells[index];
            blocks[index] = -1;
            if (!table.Strata[table.StratumOf[index]].IsCompared || (cell.Kubernetes.Finished == 0 && cell.Docker.Finished == 0)) continue;
            var block = blockOf(cell);
            if (!places.TryGetValue(block, out var place)) places[block] = place = places.Count;
            blocks[index] = place;
        }

        return (blocks, places.Count);
    }

    // The sums without each block: leaving one out changes only the strata that it touches, so all together cost one pass over the cells.
    private static ComparisonSums[] Left(ComparisonTable table, int[] blocks, int count)
    {
        var left = new ComparisonSums[count];
        Array.Fill(left, table.Sums);
        var (gone, touched) = (new Stratum[count], new List<int>());
        for (var stratum = 0; stratum < table.Strata.Length; stratum++)
        {
            foreach (var index in table.CellsOf(stratum))
            {
                if (blocks[index] is not (>= 0 and var block)) continue;
                if (gone[block] == default) touched.Add(block);
                gone[block] += table.Cells[index].Counts;
            }

            var whole = ComparisonSums.Of(table.Strata[stratum]);
            foreach (var block in touched)
            {
                left[block] = left[block] - whole + ComparisonSums.Of(table.Strata[stratum] - gone[block]);
                gone[block] = default;
            }

            touched.Clear();
        }

        return left;
    }
}

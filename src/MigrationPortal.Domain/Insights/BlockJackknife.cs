using MathNet.Numerics.Distributions;

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
        var reach = NormalTail.Reach(confidence);
        if (table.Sums.Weight == 0) return null;
        var left = new List<double>();
        var gone = new Stratum[table.Strata.Length];
        foreach (var block in Grouped(table, blockOf))
        {
            var sums = Without(table, block, gone);
            if (sums.Strata == 0) return null;
            left.Add(sums.Weighed / sums.Weight);
        }

        if (left.Count < 2) return null;
        var mean = left.Average();
        var error = Math.Sqrt((left.Count - 1.0) / left.Count * left.Sum(one => (one - mean) * (one - mean)));
        var half = error * -StudentT.InvCDF(0, 1, left.Count - 1, NormalTail.Above(reach));
        var estimate = table.Sums.Weighed / table.Sums.Weight;
        return new BlockJackknife(Math.Clamp(estimate - half, -1, 1), Math.Clamp(estimate + half, -1, 1), error, left.Count);
    }

    // Blocks that touch no compared stratum would leave the estimate as it is, and must not count as evidence.
    private static List<List<int>> Grouped<TBlock>(ComparisonTable table, Func<ComparisonCell, TBlock> blockOf) where TBlock : notnull
    {
        var blocks = new Dictionary<TBlock, List<int>>();
        for (var index = 0; index < table.Cells.Count; index++)
        {
            var cell = table.Cells[index];
            if (!table.Strata[table.StratumOf[index]].IsCompared || cell.Kubernetes.Finished + cell.Docker.Finished == 0) continue;
            var block = blockOf(cell);
            if (!blocks.TryGetValue(block, out var members)) blocks[block] = members = [];
            members.Add(index);
        }

        return [.. blocks.Values];
    }

    // Only the strata that the block touches change, so all blocks together cost one pass over the cells.
    private static ComparisonSums Without(ComparisonTable table, List<int> block, Stratum[] gone)
    {
        var touched = new List<int>(block.Count);
        foreach (var index in block)
        {
            var stratum = table.StratumOf[index];
            if (gone[stratum] == default) touched.Add(stratum);
            gone[stratum] += table.Cells[index].Counts;
        }

        var sums = table.Sums;
        foreach (var stratum in touched)
        {
            sums = sums.Less(table.Strata[stratum]).Plus(table.Strata[stratum] - gone[stratum]);
            gone[stratum] = default;
        }

        return sums;
    }
}

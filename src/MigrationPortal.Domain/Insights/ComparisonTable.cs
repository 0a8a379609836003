namespace MigrationPortal.Domain.Insights;

/// <summary>Sums over strata with jobs on both executors.</summary>
internal readonly record struct ComparisonSums(int Strata, double Weight, double Weighed)
{
    public ComparisonSums Plus(Stratum stratum) => stratum.IsCompared ? new(Strata + 1, Weight + stratum.Weight, Weighed + stratum.WeighedDifference) : this;

    public ComparisonSums Less(Stratum stratum) => stratum.IsCompared ? new(Strata - 1, Weight - stratum.Weight, Weighed - stratum.WeighedDifference) : this;
}

/// <summary>Cells summed up by stratum; a cell's stratum is found by place.</summary>
internal sealed class ComparisonTable
{
    public required IReadOnlyList<ComparisonCell> Cells { get; init; }

    /// <summary>Place of each cell's stratum.</summary>
    public required int[] StratumOf { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    public required Stratum[] Strata { get; init; }

    public required ComparisonSums Sums { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">Negative counts, or more failed than finished.</exception>
    public static ComparisonTable Of(IReadOnlyList<ComparisonCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var stratumOf = new int[cells.Count];
        var (keys, strata) = (new List<string>(), new List<Stratum>());
        for (var index = 0; index < cells.Count; index++)
        {
            var cell = cells[index];
            if (!places.TryGetValue(cell.Stratum, out var place))
            {
                places[cell.Stratum] = place = strata.Count;
                keys.Add(cell.Stratum);
                strata.Add(default);
            }

            stratumOf[index] = place;
            strata[place] += cell.Counts.Checked();
        }

        var sums = strata.Aggregate(default(ComparisonSums), (all, stratum) => all.Plus(stratum));
        return new ComparisonTable { Cells = cells, StratumOf = stratumOf, Keys = keys, Strata = [.. strata], Sums = sums };
    }
}

namespace MigrationPortal.Domain.Insights;

/// <summary>Sums over strata with jobs on both executors.</summary>
internal readonly record struct ComparisonSums(int Strata, double Weight, double Weighed)
{
    /// <summary>Mantel-Haenszel risk difference; only with a compared stratum.</summary>
    public double Estimate => Math.Clamp(Weighed / Weight, -1, 1);

    public static ComparisonSums Of(Stratum stratum) => stratum.IsCompared ? new(1, stratum.Weight, stratum.WeighedDifference) : default;

    public static ComparisonSums operator +(ComparisonSums one, ComparisonSums other) => new(one.Strata + other.Strata, one.Weight + other.Weight, one.Weighed + other.Weighed);

    public static ComparisonSums operator -(ComparisonSums one, ComparisonSums other) => new(one.Strata - other.Strata, one.Weight - other.Weight, one.Weighed - other.Weighed);
}

/// <summary>Cells summed up by stratum; strata have places in the order in which they come.</summary>
internal sealed class ComparisonTable
{
    private readonly int[] _ends;
    private readonly int[] _byStratum;

    private ComparisonTable(IReadOnlyList<ComparisonCell> cells, int[] stratumOf, IReadOnlyList<string> keys, Stratum[] strata)
    {
        (Cells, Keys, Strata) = (cells, keys, strata);
        Sums = strata.Aggregate(default(ComparisonSums), (all, stratum) => all + ComparisonSums.Of(stratum));
        // Sorted by counting: where each stratum begins, then each cell to the next free place of its stratum, which ends where the next begins.
        (_ends, _byStratum) = (new int[strata.Length], new int[cells.Count]);
        foreach (var stratum in stratumOf)
            if (stratum + 1 < strata.Length) _ends[stratum + 1]++;
        for (var stratum = 1; stratum < strata.Length; stratum++) _ends[stratum] += _ends[stratum - 1];
        for (var index = 0; index < cells.Count; index++) _byStratum[_ends[stratumOf[index]]++] = index;
    }

    public IReadOnlyList<ComparisonCell> Cells { get; }

    public IReadOnlyList<string> Keys { get; }

    public Stratum[] Strata { get; }

    public ComparisonSums Sums { get; }

    /// <summary>Places of the cells of a stratum.</summary>
    public ReadOnlySpan<int> CellsOf(int stratum) => _byStratum.AsSpan((stratum == 0 ? 0 : _ends[stratum - 1]).._ends[stratum]);

    /// <exception cref="ArgumentOutOfRangeException">Negative counts, or more failed than finished.</exception>
    public static ComparisonTable Of(IReadOnlyList<ComparisonCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var (stratumOf, keys, strata, last) = (new int[cells.Count], new List<string>(), new List<Stratum>(), -1);
        for (var index = 0; index < cells.Count; index++)
        {
            var cell = cells[index];
            // Cells of a stratum mostly stand together.
            if (last < 0 || keys[last] != cell.Stratum)
            {
                if (!places.TryGetValue(cell.Stratum, out last))
                {
                    places[cell.Stratum] = last = strata.Count;
                    keys.Add(cell.Stratum);
                    strata.Add(default);
                }
            }

            stratumOf[index] = last;
            strata[last] += cell.Counts.Checked();
        }

        return new ComparisonTable(cells, stratumOf, keys, [.. strata]);
    }
}

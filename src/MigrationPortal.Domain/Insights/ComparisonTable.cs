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

/// <summary>Cells summed up by stratum; strata have places in the order in which they come. A table of the days before another one costs little.</summary>
internal sealed class ComparisonTable
{
    private readonly ComparisonRow[] _rows;
    private readonly int[] _begins;
    private readonly int[] _ends;
    private readonly IReadOnlyList<DateOnly> _days;

    private ComparisonTable(ComparisonRow[] rows, int[] begins, int[] ends, IReadOnlyList<DateOnly> days, IReadOnlyList<string> keys, Stratum[] strata)
    {
        (_rows, _begins, _ends, _days, Keys, Strata) = (rows, begins, ends, days, keys, strata);
        Sums = strata.Aggregate(default(ComparisonSums), (all, stratum) => all + ComparisonSums.Of(stratum));
        Compared = strata.Where(stratum => stratum.IsCompared).Aggregate(default(Stratum), (all, stratum) => all + stratum);
    }

    public IReadOnlyList<string> Keys { get; }

    public Stratum[] Strata { get; }

    public ComparisonSums Sums { get; }

    /// <summary>Jobs of the strata with jobs on both executors.</summary>
    public Stratum Compared { get; }

    /// <summary>The numbers of days and projects are places below these.</summary>
    public int Days => _days.Count;

    /// <summary>Null when a cell does not tell its project.</summary>
    public int? Projects { get; private init; }

    /// <summary>The cells of a stratum, as they came.</summary>
    public ReadOnlySpan<ComparisonRow> RowsOf(int stratum) => _rows.AsSpan(_begins[stratum].._ends[stratum]);

    /// <exception cref="ArgumentOutOfRangeException">Negative counts, or more failed than finished.</exception>
    public static ComparisonTable Of(IReadOnlyList<ComparisonCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var (strata, days, projects) = (new Places<string>(), new Places<DateOnly>(), new Places<string>());
        var rows = new ComparisonRow[cells.Count];
        for (var index = 0; index < rows.Length; index++)
        {
            var cell = cells[index];
            rows[index] = new ComparisonRow(strata.Of(cell.Stratum), days.Of(cell.Day), cell.Project is null ? ComparisonRow.NoProject : projects.Of(cell.Project), cell.Counts);
        }

        return Of(rows, strata.Values, days.Values, projects.Values.Count);
    }

    /// <param name="projects">Each row's project is below it, or <see cref="ComparisonRow.NoProject"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative counts, or more failed than finished.</exception>
    public static ComparisonTable Of(ComparisonRow[] rows, IReadOnlyList<string> strata, IReadOnlyList<DateOnly> days, int projects)
    {
        var (begins, ends, sums, last, inOrder, tellsProjects) = (new int[strata.Count], new int[strata.Count], new Stratum[strata.Count], 0, true, true);
        foreach (ref readonly var row in rows.AsSpan())
        {
            sums[row.Stratum] += row.Counts.Checked();
            ends[row.Stratum]++;
            inOrder &= row.Stratum >= last;
            last = row.Stratum;
            tellsProjects &= row.Project != ComparisonRow.NoProject;
        }

        for (var stratum = 0; stratum < ends.Length; stratum++)
        {
            begins[stratum] = stratum == 0 ? 0 : ends[stratum - 1];
            ends[stratum] += begins[stratum];
        }

        return new ComparisonTable(inOrder ? rows : Sorted(rows, begins), begins, ends, days, strata, sums) { Projects = tellsProjects ? projects : null };
    }

    // By counting: each row to the next free place of its stratum.
    private static ComparisonRow[] Sorted(ComparisonRow[] rows, int[] begins)
    {
        var (sorted, free) = (new ComparisonRow[rows.Length], (int[])begins.Clone());
        foreach (ref readonly var row in rows.AsSpan()) sorted[free[row.Stratum]++] = row;
        return sorted;
    }

    /// <summary>What came before a day. Only for cells that come oldest first: it gives what those alone would, to the last bit.</summary>
    public ComparisonTable Before(DateOnly day)
    {
        var (ends, strata) = (new int[_ends.Length], new Stratum[_ends.Length]);
        for (var stratum = 0; stratum < strata.Length; stratum++)
        {
            var (at, sum) = (_begins[stratum], default(Stratum));
            for (; at < _ends[stratum] && _days[_rows[at].Day] < day; at++) sum += _rows[at].Counts;
            (ends[stratum], strata[stratum]) = (at, sum);
        }

        return new ComparisonTable(_rows, _begins, ends, _days, Keys, strata) { Projects = Projects };
    }

    /// <summary>The same with each day of a stratum as a stratum of its own: what changes from day to day on both alike tells nothing then.</summary>
    public ComparisonTable WithinDays()
    {
        var (strata, rows) = (new Places<(int Stratum, int Day)>(), new List<ComparisonRow>());
        for (var stratum = 0; stratum < Strata.Length; stratum++)
            foreach (var row in RowsOf(stratum)) rows.Add(row with { Stratum = strata.Of((stratum, row.Day)) });
        return Of([.. rows], [.. strata.Values.Select(one => Keys[one.Stratum])], _days, Projects ?? 0);
    }

    /// <summary>What a few strata alone would give.</summary>
    public ComparisonTable Only(int[] strata)
    {
        T[] Of<T>(IReadOnlyList<T> all) => Array.ConvertAll(strata, stratum => all[stratum]);
        return new ComparisonTable(_rows, Of(_begins), Of(_ends), _days, Of(Keys), Of(Strata)) { Projects = Projects };
    }
}

namespace MigrationPortal.Web.Shared;

/// <summary>Keeps words from lying on each other.</summary>
public static class LabelPlacing
{
    // Roboto at 11 px is about 6 px a letter; a little more keeps words apart.
    private const double LetterWidth = 6.2;

    /// <summary>About how wide a word is at 11 px, in px; rather too wide.</summary>
    public static double Width(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length * LetterWidth;
    }

    /// <summary>
    /// Places for labels that want to stand at given heights: the order is kept, neighbours are at least
    /// <paramref name="apart"/> from each other, all within the bounds, each moved as little as possible.
    /// </summary>
    public static IReadOnlyList<double> Spread(IReadOnlyList<double> wanted, double apart, double low, double high)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(index => wanted[index]).ToArray();
        // Labels that touch form a block around the mean of their wishes; blocks that touch become one.
        var blocks = new List<(double Centre, int Count)>();
        foreach (var index in order)
        {
            var block = (Centre: Clamp(wanted[index], 1, apart, low, high), Count: 1);
            while (blocks.Count > 0 && blocks[^1] is var above && block.Centre - above.Centre < (above.Count + block.Count) / 2.0 * apart)
            {
                blocks.RemoveAt(blocks.Count - 1);
                var count = above.Count + block.Count;
                var centre = ((above.Centre * above.Count) + (block.Centre * block.Count)) / count;
                block = (Clamp(centre, count, apart, low, high), count);
            }

            blocks.Add(block);
        }

        var places = new double[wanted.Count];
        var next = 0;
        foreach (var (centre, count) in blocks)
        {
            for (var place = 0; place < count; place++)
                places[order[next++]] = centre + ((place - ((count - 1) / 2.0)) * apart);
        }

        return places;
    }

    /// <summary>
    /// Rows for words centred above their lines: 0 is nearest to the chart, null is left out because no row has room.
    /// Earlier words win.
    /// </summary>
    /// <param name="words">Place from 0 to 1 in the order of time, and the word.</param>
    /// <param name="width">The width they share, in px.</param>
    /// <param name="rows">Rows there are.</param>
    public static IReadOnlyList<int?> Rows(IReadOnlyList<(double At, string Word)> words, double width, int rows = 2)
    {
        var taken = new double[rows];
        Array.Fill(taken, double.NegativeInfinity);
        var placed = new int?[words.Count];
        for (var index = 0; index < words.Count; index++)
        {
            var half = Width(words[index].Word) / 2;
            var centre = words[index].At * width;
            var row = Array.FindIndex(taken, end => centre - half > end);
            if (row < 0)
                continue;
            taken[row] = centre + half + 4;
            placed[index] = row;
        }

        return placed;
    }

    private static double Clamp(double centre, int count, double apart, double low, double high)
    {
        var half = (count - 1) / 2.0 * apart;
        return Math.Max(low + half, Math.Min(high - half, centre));
    }
}

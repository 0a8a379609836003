namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>How far apart two names are.</summary>
internal static class NameDistance
{
    /// <summary>Lower case without what people lose or add: underscores, dashes, Go's <c>,omitempty</c>.</summary>
    public static string Squash(string name)
    {
        var bare = name.EndsWith(",omitempty", StringComparison.OrdinalIgnoreCase) ? name[..^10] : name;
        return new string([.. bare.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
    }

    /// <summary>Letters to add, take away, change or swap with their neighbour.</summary>
    public static int Between(string one, string other)
    {
        var rows = new int[3][];
        for (var i = 0; i < 3; i++) rows[i] = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++) rows[0][j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            var (now, before, earlier) = (rows[i % 3], rows[(i - 1) % 3], rows[(i + 1) % 3]);
            now[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(before[j] + 1, now[j - 1] + 1), before[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) now[j] = Math.Min(now[j], earlier[j - 2] + 1);
            }
        }

        return rows[one.Length % 3][other.Length];
    }

    /// <summary>True when one may be a slip of the other: one letter in four, at most three.</summary>
    public static bool AreNear(string one, string other, out int distance)
    {
        distance = int.MaxValue;
        var most = Math.Min(3, Math.Max(one.Length, other.Length) / 4);
        if (most == 0 || Math.Abs(one.Length - other.Length) > most) return false;
        distance = Between(one, other);
        return distance <= most;
    }
}

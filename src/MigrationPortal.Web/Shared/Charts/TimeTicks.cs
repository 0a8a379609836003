using System.Globalization;

namespace MigrationPortal.Web.Shared;

/// <summary>Times for the words below a chart: whole hours, days, Mondays or first days of months in UTC.</summary>
public static class TimeTicks
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14),
    ];

    // A Monday: weeks are counted from it, so that ticks of a week or two fall on Mondays.
    private static readonly DateTimeOffset Monday = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="from">Begin of the axis.</param>
    /// <param name="to">End of the axis, later than its begin.</param>
    /// <param name="most">At most as many ticks.</param>
    public static IReadOnlyList<(DateTimeOffset At, string Label)> For(DateTimeOffset from, DateTimeOffset to, int most = 6)
    {
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        foreach (var step in Steps)
        {
            var first = Monday + (step * Math.Ceiling((from - Monday) / step));
            if (first > to)
                continue;
            if (Math.Floor((to - first) / step) + 1 is var count && count <= most)
                return [.. Enumerable.Range(0, (int)count).Select(index => first + (step * index)).Select(at => (at, Label(at, step)))];
        }

        return Months(from, to, most);
    }

    private static List<(DateTimeOffset At, string Label)> Months(DateTimeOffset from, DateTimeOffset to, int most)
    {
        for (var step = 1; ; step++)
        {
            var ticks = new List<(DateTimeOffset At, string Label)>();
            var at = new DateTimeOffset(from.Year, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (; at <= to; at = at.AddMonths(step))
            {
                if (at >= from)
                    ticks.Add((at, at.ToString("d MMM", CultureInfo.InvariantCulture)));
            }

            if (ticks.Count <= most)
                return ticks;
        }
    }

    private static string Label(DateTimeOffset at, TimeSpan step) =>
        at.ToString(step < TimeSpan.FromDays(1) && at.TimeOfDay != TimeSpan.Zero ? "HH:mm" : "d MMM", CultureInfo.InvariantCulture);
}

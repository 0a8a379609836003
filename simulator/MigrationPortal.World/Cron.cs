using System.Globalization;

namespace MigrationPortal.World;

/// <summary>Five cron fields in UTC: numbers, <c>*</c>, lists, ranges and steps.</summary>
internal static class Cron
{
    /// <summary>The first matching minute after this time, within ten years.</summary>
    public static long Next(string cron, long afterMs)
    {
        var fields = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var sets = new[]
        {
            Field(fields[0], 0, 59), Field(fields[1], 0, 23), Field(fields[2], 1, 31), Field(fields[3], 1, 12), Field(fields[4], 0, 7),
        };
        var time = WorldTime.From((afterMs / WorldTime.Minute * WorldTime.Minute) + WorldTime.Minute);
        var end = time.AddYears(10);
        while (time < end)
        {
            if (!sets[3].Contains(time.Month) || !DayFits(fields, sets, time))
            {
                time = new DateTimeOffset(time.Date, TimeSpan.Zero).AddDays(1);
            }
            else if (!sets[1].Contains(time.Hour))
            {
                time = new DateTimeOffset(time.Date, TimeSpan.Zero).AddHours(time.Hour + 1);
            }
            else if (!sets[0].Contains(time.Minute))
            {
                time = time.AddMinutes(1);
            }
            else
            {
                return WorldTime.Ms(time);
            }
        }

        throw new ArgumentException($"'{cron}' never comes.", nameof(cron));
    }

    /// <summary>Day of month and day of week are alternatives when both are given.</summary>
    private static bool DayFits(string[] fields, HashSet<int>[] sets, DateTimeOffset time)
    {
        var day = sets[2].Contains(time.Day);
        var week = sets[4].Contains((int)time.DayOfWeek) || (time.DayOfWeek == DayOfWeek.Sunday && sets[4].Contains(7));
        return fields[2] != "*" && fields[4] != "*" ? day || week : day && week;
    }

    private static HashSet<int> Field(string text, int low, int high)
    {
        var set = new HashSet<int>();
        foreach (var part in text.Split(','))
        {
            var step = part.Split('/');
            var range = step[0] == "*" ? [low, high] : step[0].Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            var end = range.Length > 1 ? range[1] : step.Length > 1 ? high : range[0];
            for (var n = range[0]; n <= end; n += step.Length > 1 ? int.Parse(step[1], CultureInfo.InvariantCulture) : 1)
            {
                set.Add(n);
            }
        }

        return set;
    }
}

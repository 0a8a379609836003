using System.Globalization;

namespace MigrationPortal.Domain.Gates;

/// <summary>Numbers of readings as people read them: differences in percentage points, days without the year.</summary>
internal static class GateWords
{
    /// <summary>Such as <c>0.25</c>.</summary>
    public static string Points(double difference) => (Math.Abs(difference) * 100).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>+0.25</c>, with a real minus sign.</summary>
    public static string Signed(double difference) => $"{(Points(difference) == "0.00" ? "" : difference < 0 ? "\u2212" : "+")}{Points(difference)}";

    /// <summary>Such as <c>0.04 points less often than docker</c>.</summary>
    public static string MoreOrLess(double difference) =>
        Points(difference) == "0.00" ? "as often as docker" : $"{Points(difference)} points {(difference < 0 ? "less" : "more")} often than docker";

    /// <summary>Such as <c>between 0.19 points less and 0.11 points more often than docker</c>.</summary>
    public static string Between(double low, double high) => (low < 0, high < 0) switch
    {
        (true, true) => $"{Points(high)} to {Points(low)} points less often than docker",
        (false, false) => $"{Points(low)} to {Points(high)} points more often than docker",
        _ => $"between {Points(low)} points less and {Points(high)} points more often than docker",
    };

    public static string Day(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Jobs(long number) => number == 1 ? "1 job" : $"{Count(number)} jobs";

    public static string Percent(double share) => (share * 100).ToString(share is > 0 and < 0.01 or > 0.99 and < 1 ? "0.0#" : "0.#", CultureInfo.InvariantCulture) + "\u00a0%";

    /// <summary>Why no comparison can be made; a sentence without its full stop.</summary>
    /// <param name="from">The first whole day that counts.</param>
    public static string NothingCompared(DateOnly from, DateTimeOffset now) => now < Midnight(from.AddDays(1))
        ? $"Whole days count, from {Day(from)} on, and none of them is over"
        : $"No project has finished jobs on both executors since {Day(from)}";

    public static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

namespace MigrationPortal.Web.Shared;

/// <summary>How a value of a chart is written in its table, its tooltip and at the end of its line.</summary>
public static class ChartValue
{
    public static string Say(double? value, ChartUnit unit) => value is not { } number ? "no data" : unit switch
    {
        ChartUnit.Percent => Words.Percent(number),
        ChartUnit.Points => Words.Points(number),
        ChartUnit.Seconds => Words.Duration(number),
        _ => Words.Count((long)Math.Round(number)),
    };

    /// <summary>Shorter, where the axis already says the unit.</summary>
    public static string SayAtEnd(double value, ChartUnit unit) => unit == ChartUnit.Percent ? Words.PercentNumber(value) : Say(value, unit);

    /// <summary>With its denominator where it has one: "0.28 % (55 of 19,741)".</summary>
    public static string Say(ChartPoint point, ChartUnit unit) => (point.Failed, point.Finished) switch
    {
        ({ } failed, { } finished) when point.Value is not null => $"{Say(point.Value, unit)} ({Words.Count(failed)} of {Words.Count(finished)})",
        _ => Say(point.Value, unit),
    };
}

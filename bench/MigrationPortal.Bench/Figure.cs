using System.Globalization;

namespace MigrationPortal.Bench;

/// <summary>The outcome of one benchmark: medians in its unit, and the median of the ratios of neighbouring runs.</summary>
public sealed record Figure(string Name, string Unit, double Measured, double Limit, double Ratio, Goal? Goal)
{
    /// <summary>Whether the goal is met; a figure without a goal cannot fall short.</summary>
    public bool IsOk => Goal?.IsMetBy(Ratio) ?? true;

    /// <summary><c>name measured limit ratio goal ok|short</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name} {Short(Measured)}{Unit} {Short(Limit)}{Unit} {Ratio:0.000} {Goal?.ToString() ?? "-"} {(IsOk ? "ok" : "short")}");

    private static string Short(double value) =>
        value.ToString(value >= 100 ? "0" : "0.###", CultureInfo.InvariantCulture);
}

using System.Buffers;
using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>
/// Sizes as docker writes them: <c>2g</c>, <c>512m</c>, <c>1.5GB</c>, plain bytes; all units are binary and their case does not count
/// (docker/go-units, <c>RAMInBytes</c>). In Kubernetes <c>512m</c> would be half a byte.
/// </summary>
public static class DockerSize
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private const string Units = "kmgtp";

    /// <returns>Bytes; null when docker does not read it.</returns>
    public static long? Bytes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Split(text) is not var (number, unit) || number.Length == 0) return null;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size) || !double.IsFinite(size) || size < 0) return null;
        if (Factor(unit) is not { } factor || size * factor >= long.MaxValue) return null;
        return (long)(size * factor);
    }

    /// <summary>The same as a Kubernetes quantity: <c>2Gi</c>, <c>1536Mi</c>, or bytes where no unit divides it.</summary>
    public static string Quantity(long bytes)
    {
        string[] units = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];
        var unit = 0;
        while (bytes >= 1024 && bytes % 1024 == 0 && unit < units.Length - 1) (bytes, unit) = (bytes / 1024, unit + 1);
        return bytes.ToString(CultureInfo.InvariantCulture) + units[unit];
    }

    private static (string Number, string Unit)? Split(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space >= 0) return (text[..space], text[(space + 1)..]);
        var last = text.AsSpan().LastIndexOfAny(Digits);
        return last < 0 ? null : (text[..(last + 1)], text[(last + 1)..]);
    }

    private static double? Factor(string unit)
    {
        var lower = unit.ToLowerInvariant();
        if (lower is "" or "b") return 1;
        if (lower.Length > 3 || lower[1..] is not ("" or "b" or "ib")) return null;
        return Units.IndexOf(lower[0], StringComparison.Ordinal) is >= 0 and var power ? Math.Pow(1024, power + 1) : null;
    }
}

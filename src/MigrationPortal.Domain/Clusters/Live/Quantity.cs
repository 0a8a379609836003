using System.Globalization;

namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>Amounts as Kubernetes writes them: <c>500m</c>, <c>1.5</c>, <c>4Gi</c>, <c>1e3</c>.</summary>
public static class Quantity
{
    private static readonly (string Suffix, decimal Times)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1048576m), ("Gi", 1073741824m), ("Ti", 1099511627776m), ("Pi", 1125899906842624m), ("Ei", 1152921504606846976m),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    /// <returns>Null when the text is no amount, or beyond what a pod can ask.</returns>
    public static decimal? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain)) return plain;
        foreach (var (suffix, times) in Suffixes)
            if (text.EndsWith(suffix, StringComparison.Ordinal) && decimal.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return Math.Abs(number) < 1e9m || times < 1e9m ? number * times : null;
        return null;
    }

    /// <summary>Thousandths of a core, rounded up; 0 for no amount.</summary>
    public static int Millis(string? text) => (int)Math.Clamp(Math.Ceiling((Read(text) ?? 0) * 1000), 0, int.MaxValue);

    /// <summary>Bytes, rounded up; 0 for no amount.</summary>
    public static long Bytes(string? text) => (long)Math.Clamp(Math.Ceiling(Read(text) ?? 0), 0, long.MaxValue / 2);
}

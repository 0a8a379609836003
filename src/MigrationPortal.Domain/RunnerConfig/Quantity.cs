using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Kubernetes quantities: <c>500m</c>, <c>2</c>, <c>1.5Gi</c>, <c>1e3</c> (k8s.io/apimachinery, resource.Quantity).</summary>
public static class Quantity
{
    /// <returns>Null when it is none.</returns>
    public static double? Read(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '+' or '-' || (text[end] is 'e' or 'E' && end + 1 < text.Length && (char.IsAsciiDigit(text[end + 1]) || text[end + 1] is '+' or '-')))) end++;
        if (end == 0 || Factor(text[end..]) is not { } factor) return null;
        return double.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number * factor : null;
    }

    private static double? Factor(string unit) => unit switch
    {
        "" => 1,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024d,
        "Mi" => 1024d * 1024,
        "Gi" => 1024d * 1024 * 1024,
        "Ti" => Math.Pow(1024, 4),
        "Pi" => Math.Pow(1024, 5),
        "Ei" => Math.Pow(1024, 6),
        _ => null,
    };
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Kubernetes;

/// <summary>Resource quantities, such as <c>500m</c> or <c>1536Mi</c>.</summary>
internal static partial class Quantity
{
    public const string Rule = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static readonly (string Suffix, decimal Factor)[] Decimals =
        [("E", 1e18m), ("P", 1e15m), ("T", 1e12m), ("G", 1e9m), ("M", 1e6m), ("k", 1e3m), ("", 1m), ("m", 1e-3m), ("u", 1e-6m), ("n", 1e-9m)];

    private static readonly (string Suffix, decimal Factor)[] Binaries =
        [("Ei", 1L << 60), ("Pi", 1L << 50), ("Ti", 1L << 40), ("Gi", 1L << 30), ("Mi", 1L << 20), ("Ki", 1L << 10)];

    public static bool TryParse(string text, out decimal amount) => TryParse(text, out amount, out _);

    /// <summary>Zero when it cannot be read.</summary>
    public static decimal Parse(string? text) => text is not null && TryParse(text, out var amount) ? amount : 0;

    /// <summary>As the server writes it: no fraction, the largest suffix that allows that. Null when it cannot be read.</summary>
    public static string? Canonical(string text) => !TryParse(text, out var amount, out var binary) ? null : Shown(amount, binary);

    public static string Shown(decimal amount, bool binary)
    {
        if (amount == 0)
        {
            return "0";
        }

        // Small binary amounts and fractions are written in decimals.
        IEnumerable<(string Suffix, decimal Factor)> units = binary && Math.Abs(amount) >= 1024 && decimal.IsInteger(amount) ? Binaries.Append(("", 1m)) : Decimals;
        var (suffix, factor) = units.First(one => decimal.IsInteger(amount / one.Factor) || one.Suffix == "n");
        return Math.Ceiling(amount / factor).ToString("0", CultureInfo.InvariantCulture) + suffix;
    }

    private static bool TryParse(string text, out decimal amount, out bool binary)
    {
        (amount, binary) = (0, false);
        var match = Form().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var suffix = match.Groups["suffix"].Value;
        var exponent = match.Groups["exponent"].Value;
        if (exponent.Length > 0)
        {
            return decimal.TryParse(match.Groups["number"].Value + exponent, NumberStyles.Float, CultureInfo.InvariantCulture, out amount);
        }

        binary = suffix.EndsWith('i');
        amount = number * (binary ? Binaries : Decimals).First(one => one.Suffix == suffix).Factor;
        return true;
    }

    [GeneratedRegex(@"^(?<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:(?<exponent>[eE][-+]?[0-9]+)|(?<suffix>[KMGTPE]i|[numkMGTPE]?))$")]
    private static partial Regex Form();
}

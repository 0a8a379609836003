using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Counts of CPUs as docker's <c>cpus</c> takes them, a rational number (Go's <c>big.Rat</c>): <c>1.5</c>, <c>3/2</c>, <c>1e-1</c>.</summary>
public static partial class CpuCount
{
    /// <summary>Kubernetes knows nothing finer than a thousandth of a core: what is finer is rounded up.</summary>
    /// <returns>Null when it is no number, or a negative one.</returns>
    public static long? Milli(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Rational().Match(text) is not { Success: true } match) return null;
        if (Decimal(match.Groups["number"].Value, match.Groups["exponent"].Value) is not var (numerator, denominator)) return null;
        if (match.Groups["below"] is { Success: true } below)
        {
            var divisor = BigInteger.Parse(below.ValueSpan, CultureInfo.InvariantCulture);
            if (divisor.IsZero) return null;
            denominator *= divisor;
        }

        var milli = (numerator * 1000 + denominator - 1) / denominator;
        return milli <= 1_000_000_000 ? (long)milli : null;
    }

    /// <summary><c>1500m</c> as <c>1.5</c>, <c>2000m</c> as <c>2</c>, <c>333m</c> as it is.</summary>
    public static string Quantity(long milli) => milli % 1000 == 0 ? (milli / 1000).ToString(CultureInfo.InvariantCulture)
        : milli % 100 == 0 ? (milli / 1000m).ToString("0.0", CultureInfo.InvariantCulture)
        : $"{milli.ToString(CultureInfo.InvariantCulture)}m";

    private static (BigInteger Numerator, BigInteger Denominator)? Decimal(string number, string exponent)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var digits = number.Replace(".", "", StringComparison.Ordinal);
        if (digits.Length == 0) return null;
        var scale = point < 0 ? 0 : number.Length - point - 1;
        var power = exponent.Length == 0 ? 0 : int.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var (numerator, denominator) = (BigInteger.Parse(digits, CultureInfo.InvariantCulture), BigInteger.One);
        var shift = power - scale;
        return shift >= 0 ? (numerator * BigInteger.Pow(10, shift), denominator) : (numerator, BigInteger.Pow(10, -shift));
    }

    [GeneratedRegex(@"^\+?(?<number>\d*\.?\d*)(?:[eE](?<exponent>[+-]?\d{1,2}))?(?:/(?<below>\d{1,18}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Rational();
}

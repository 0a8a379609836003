using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Identity;

/// <summary>Whole numbers as Go reads them (<c>strconv.ParseInt(text, 10, 64)</c>): a sign and digits, no space, no underscore.</summary>
internal static class GoInteger
{
    /// <param name="fault">Go's own words; null when it is a number.</param>
    public static long? Read(string text, out string? fault)
    {
        fault = null;
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit)) fault = $"strconv.ParseInt: parsing {GoText.Quoted(text)}: invalid syntax";
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        else fault = $"strconv.ParseInt: parsing {GoText.Quoted(text)}: value out of range";
        return null;
    }
}

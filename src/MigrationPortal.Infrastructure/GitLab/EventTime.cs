using System.Globalization;
using System.Text;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Times of events: two forms are in use, with the server's zone or none (gitlab-api.md 5.4).</summary>
internal static class EventTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd HH:mm:ss zzz"];

    /// <returns>Null for what is no time.</returns>
    public static DateTimeOffset? Read(ReadOnlySpan<byte> utf8)
    {
        if (Usual(utf8) is { } usual) return usual;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var text = Encoding.UTF8.GetString(utf8);
        return DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, utc, out var exact) ? exact
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var iso) ? iso : null;
    }

    // "2026-08-21 10:00:00 UTC", three of them in each event, and general parsing is a quarter of an event's cost.
    private static DateTimeOffset? Usual(ReadOnlySpan<byte> text)
    {
        if (text.Length != 23 || text[10] != ' ' || !text.EndsWith(" UTC"u8)) return null;
        return Number(text, 0, 4) is >= 1 and var year && Number(text, 5, 2) is >= 1 and <= 12 and var month
            && Number(text, 8, 2) is >= 1 and var day && day <= DateTime.DaysInMonth(year, month)
            && Number(text, 11, 2) is >= 0 and < 24 and var hour && Number(text, 14, 2) is >= 0 and < 60 and var minute && Number(text, 17, 2) is >= 0 and < 60 and var second
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)
            : null;
    }

    private static int Number(ReadOnlySpan<byte> text, int at, int digits)
    {
        var number = 0;
        foreach (var one in text.Slice(at, digits))
        {
            if (!char.IsAsciiDigit((char)one)) return -1;
            number = number * 10 + (one - '0');
        }

        return number;
    }
}

using System.Globalization;
using System.Net;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>How long GitLab asks to wait, in both shapes of 429 (gitlab-api.md 9).</summary>
internal static class RetryAdvice
{
    /// <summary>The jobs list's limiter may send no header at all; its window is a minute.</summary>
    private static readonly TimeSpan WhenUnsaid = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <returns>Null unless the answer is a 429 or names a time itself.</returns>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider time)
    {
        var said = RetryAfter(response, time);
        if (said is null && response.StatusCode == HttpStatusCode.TooManyRequests) said = Reset(response, time) ?? WhenUnsaid;
        return said is { } wait ? Clamp(wait) : null;
    }

    /// <summary>
    /// How long to pause after this answer: as a 429 asks, or until GitLab's own window ends when it says that this was the
    /// last request that fits.
    /// </summary>
    public static TimeSpan? Pause(HttpResponseMessage response, TimeProvider time)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests) return Of(response, time);
        var spent = response.Headers.TryGetValues("RateLimit-Remaining", out var left)
            && long.TryParse(left.FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var remaining) && remaining <= 0;
        return spent && Reset(response, time) is { } wait && Clamp(wait) is { Ticks: > 0 } pause ? pause : null;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - Now(response, time),
        _ => null,
    };

    private static TimeSpan? Reset(HttpResponseMessage response, TimeProvider time) =>
        response.Headers.TryGetValues("RateLimit-Reset", out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var unix)
        && unix < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(unix) - Now(response, time)
            : null;

    // The server's own Date: its clock and ours may differ.
    private static DateTimeOffset Now(HttpResponseMessage response, TimeProvider time) => response.Headers.Date ?? time.GetUtcNow();

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}

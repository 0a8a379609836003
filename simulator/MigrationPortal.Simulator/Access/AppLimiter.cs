using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace MigrationPortal.Simulator;

/// <summary>GitLab's application limits of a few expensive endpoints, per user, on real time.</summary>
internal sealed partial class AppLimiter(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Instance, string User, string Rule, long Window), int> counts = new();
    private long lastSwept;

    /// <summary>429 in the application's shape, or null.</summary>
    public ApiAnswer? Check(HttpContext http, AccessToken? token)
    {
        if (token is null || !HttpMethods.IsGet(http.Request.Method) || RuleOf(http.Request.Path.Value ?? "") is not { } rule)
        {
            return null;
        }

        var window = time.GetUtcNow().ToUnixTimeSeconds() / rule.Seconds;
        Sweep();
        var seen = counts.AddOrUpdate((token.Instance, token.Username, rule.Name, window), 1, static (_, n) => n + 1);
        return seen <= rule.Limit ? null : TooMany;
    }

    public static ApiAnswer TooMany { get; } = ApiAnswer.Message(
        429, new { error = "This endpoint has been requested too many times. Try again later." });

    private static (string Name, int Limit, int Seconds)? RuleOf(string path) =>
        path.EndsWith("/jobs", StringComparison.Ordinal) && ProjectJobs().IsMatch(path) ? ("project jobs", 600, 60)
        : path == "/api/v4/projects" ? ("projects", 2000, 600)
        : OneProject().IsMatch(path) ? ("project", 400, 60)
        : null;

    private void Sweep()
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 1200;
        if (Interlocked.Exchange(ref lastSwept, minute) != minute)
        {
            counts.Clear();
        }
    }

    [GeneratedRegex("^/api/v4/projects/[^/]+/jobs$")]
    private static partial Regex ProjectJobs();

    [GeneratedRegex("^/api/v4/projects/[^/]+$")]
    private static partial Regex OneProject();
}

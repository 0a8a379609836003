using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Shared;

/// <summary>Every "no" of the API: problem details with a stable <c>code</c>, and for a refusal all of its <c>reasons</c>.</summary>
public static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string detail, IReadOnlyDictionary<string, object?>? more = null)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:migrationportal:problem:{code}",
            Status = status,
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Detail = detail,
            Extensions = { ["code"] = code },
        };
        foreach (var (name, value) in more ?? new Dictionary<string, object?>()) problem.Extensions[name] = value;
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not-found", $"There is no {what}.");

    public static ProblemHttpResult Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var more = new Dictionary<string, object?> { ["reasons"] = refusal.Reasons };
        if (refusal.RetryAfter is { } wait) more["retryAfterSeconds"] = (long)Math.Ceiling(wait.TotalSeconds);
        return Of(RefusalStatus.Of(refusal.Code), refusal.Code, string.Join(" ", refusal.Reasons), more);
    }

    /// <summary>Requests of programs; everything else is a person's browser.</summary>
    public static bool IsApi(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/hooks", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/health/live", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/health/ready", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Which status a refusal leaves with: 409 when the state of the world says no, 422 when the wish itself does.</summary>
public static class RefusalStatus
{
    private static readonly HashSet<string> Wishes =
        ["reason-missing", "role-missing", "confirmation-needed", "invalid-target", "due-in-the-past", "not-paused", "unmanaged-runner", "too-many-tags", "no-tags-left", "invalid-tag", "reserved-tag", "not-schedulable", "invalid-channel", "kind-fixed", "not-an-alert", "invalid-window", "unreadable-calendar", "invalid-gate", "invalid-answer", "invalid-until", "invalid-cohort", "invalid-wave", "bad-lines", "invalid-wording", "invalid-pair", "invalid-message", "twin-not-possible", "invalid-final-date", "too-many-projects", "no-docker-runner", "invalid-configuration", "invalid-cluster", "invalid-verification", "invalid-promotion", "not-a-qa-cluster", "not-a-production-cluster", "not-kubernetes", "no-image", "unreadable-configuration", "invalid-secrets", "invalid-rendering", "preview-first", "preview-errors", "not-applicable", "invalid-surge", "rights-missing", "invalid-export", "not-managed-elsewhere"];

    // GitLab's own "no" to a person's wish leaves with the status that GitLab gave it.
    private static readonly Dictionary<string, int> ByGitLab = new()
    {
        [DeskCode.Forbidden] = StatusCodes.Status403Forbidden,
        [DeskCode.ConsentNeeded] = StatusCodes.Status403Forbidden,
        [DeskCode.NotFound] = StatusCodes.Status404NotFound,
        [DeskCode.Invalid] = StatusCodes.Status422UnprocessableEntity,
        [DeskCode.RateLimited] = StatusCodes.Status429TooManyRequests,
    };

    public static int Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.StartsWith("unknown-", StringComparison.Ordinal)) return StatusCodes.Status404NotFound;
        if (code == "not-scheduled") return StatusCodes.Status404NotFound;
        if (code == "gitlab-unavailable") return StatusCodes.Status503ServiceUnavailable;
        if (ByGitLab.TryGetValue(code, out var status)) return status;
        return Wishes.Contains(code) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
    }
}

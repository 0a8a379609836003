using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>Programs get 401 and 403 as problem details with what is missing; people get the sign-in or a page that says so.</summary>
internal sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _pages = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded || !context.IsApi()) return _pages.HandleAsync(next, context, policy, authorizeResult);
        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"MigrationPortal\"";
            return Problems.Of(StatusCodes.Status401Unauthorized, "not-authenticated", WhyUnknown(context)).ExecuteAsync(context);
        }

        var missing = authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<ScopeRequirement>().FirstOrDefault()?.AnyOf[0].Word();
        return (missing is null
            ? Problems.Of(StatusCodes.Status403Forbidden, "administrators-only", "Only administrators of the GitLab instance may do this.")
            : Problems.Of(StatusCodes.Status403Forbidden, "scope-missing", $"This needs the scope '{missing}', which the caller does not hold.",
                new Dictionary<string, object?> { ["missingScope"] = missing })).ExecuteAsync(context);
    }

    private static string WhyUnknown(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0
            ? "Send an API token as 'Authorization: Bearer mp_...', or sign in."
            : "The API token is not known, has expired or was revoked. An administrator makes new ones by POST /api/v1/tokens.";
}

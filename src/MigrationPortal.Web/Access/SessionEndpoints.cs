using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;

namespace MigrationPortal.Web.Access;

/// <summary>Who the caller is. For a session also the antiforgery token that its writes must send.</summary>
/// <param name="Kind"><c>session</c> or <c>token</c>.</param>
public sealed record SessionView(string Kind, string Actor, string? Name, bool IsAdmin, IReadOnlyList<string> Scopes, string? AntiforgeryHeader, string? AntiforgeryToken);

internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api) =>
        api.MapGet("/session", Show).RequireAuthorization(Policies.SignedIn).WithTags("Access").WithSummary("Who the caller is and what they may do");

    private static Ok<SessionView> Show(HttpContext http, IAntiforgery antiforgery)
    {
        var caller = http.User;
        var session = caller.FindFirstValue(PortalClaims.Token) is null;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new SessionView(
            session ? "session" : "token",
            caller.Actor().ToString(),
            caller.Identity?.Name,
            caller.IsInRole(PortalClaims.AdminRole) || caller.Holds(TokenScope.Admin),
            [.. caller.Scopes().Select(scope => scope.Word())],
            session ? SessionWrites.Header : null,
            session ? antiforgery.GetAndStoreTokens(http).RequestToken : null));
    }
}

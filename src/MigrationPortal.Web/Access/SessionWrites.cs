using Microsoft.AspNetCore.Antiforgery;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>A browser sends its session by itself, also from a foreign page; so a session's writes must show the token that only our pages hold.</summary>
internal sealed class SessionWrites(IAntiforgery antiforgery) : IEndpointFilter
{
    public const string Header = "X-CSRF-TOKEN";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var safe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (safe || http.User.HasClaim(claim => claim.Type == PortalClaims.Token)) return await next(context);
        return await antiforgery.IsRequestValidAsync(http)
            ? await next(context)
            : Problems.Of(StatusCodes.Status400BadRequest, "antiforgery", $"A browser session sends the token of GET /api/v1/session in the header {Header}. Programs use an API token instead.");
    }
}

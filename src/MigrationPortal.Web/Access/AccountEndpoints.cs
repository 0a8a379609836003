using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Web.Access;

/// <summary>Sign in, sign out, and the page for those who may not enter.</summary>
internal static class AccountEndpoints
{
    public static IEndpointRouteBuilder MapAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").AllowAnonymous().ExcludeFromDescription();
        account.MapGet("/sign-in", Show);
        account.MapGet("/sign-in/gitlab", GoAsync);
        account.MapGet("/sign-out", AskSignOut);
        account.MapPost("/sign-out", SignOutAsync).DisableAntiforgery();
        account.MapGet("/signed-out", () => Page(AccountPageKind.SignedOut));
        account.MapGet("/denied", () => Page(AccountPageKind.Denied));
        account.MapConsent();
        return routes;
    }

    private static RazorComponentResult<AccountPage> Show(HttpContext http, string? returnUrl, string? failed) =>
        Page(AccountPageKind.SignIn, ReturnUrl.Safe(returnUrl, http.Request.PathBase), failed);

    private static async Task<IResult> GoAsync(HttpContext http, IOptionsMonitor<OpenIdConnectOptions> options, string? returnUrl, CancellationToken cancel)
    {
        var back = ReturnUrl.Safe(returnUrl, http.Request.PathBase);
        try
        {
            // Asked here first, because a challenge that cannot reach GitLab would end as a fault.
            var oidc = options.Get(OpenIdConnectDefaults.AuthenticationScheme);
            await oidc.ConfigurationManager!.GetConfigurationAsync(cancel);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or HttpRequestException)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Page(AccountPageKind.SignIn, back, "unavailable", StatusCodes.Status503ServiceUnavailable);
        }

        return Results.Challenge(new AuthenticationProperties { RedirectUri = back }, [OpenIdConnectDefaults.AuthenticationScheme]);
    }

    private static Results<RedirectHttpResult, RazorComponentResult<AccountPage>> AskSignOut(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true ? Page(AccountPageKind.SignOut) : TypedResults.Redirect($"{http.Request.PathBase}/account/signed-out");

    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery antiforgery, ActingSessions acting)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Page(AccountPageKind.SignOut, status: StatusCodes.Status400BadRequest);
        try
        {
            await acting.EndAsync(http.User, "signed out", CancellationToken.None);
        }
        catch (GitLabUnavailableException)
        {
            // A refresh is under way and does not end; the session goes with all that is in it.
        }

        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.Redirect($"{http.Request.PathBase}/account/signed-out");
    }

    internal static RazorComponentResult<AccountPage> Page(AccountPageKind kind, string? returnUrl = null, string? failed = null, int? status = null) =>
        new(new { Kind = kind, ReturnUrl = returnUrl, Failed = failed })
        {
            PreventStreamingRendering = true,
            StatusCode = status,
        };
}

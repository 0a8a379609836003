using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Web.Access;

/// <summary>Where a click goes that needs the person's consent; it comes back to the page of the click.</summary>
internal static class ConsentEndpoints
{
    public static void MapConsent(this IEndpointRouteBuilder account) => account.MapGet("/consent", GoAsync);

    private static async Task<IResult> GoAsync(HttpContext http, ActingSessions acting, IOptionsMonitor<OpenIdConnectOptions> options, string? returnUrl, CancellationToken cancel)
    {
        var back = ConsentAnswer.On(ReturnUrl.Safe(returnUrl, http.Request.PathBase), null);
        var person = (await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal;
        if (person?.FindFirstValue(PortalClaims.Session) is not { } session)
        {
            var again = $"{http.Request.PathBase}/account/consent?returnUrl={Uri.EscapeDataString(back)}";
            return TypedResults.Redirect($"{http.Request.PathBase}/account/sign-in?returnUrl={Uri.EscapeDataString(again)}");
        }

        if (await acting.UntilAsync(person, cancel) is not null) return TypedResults.Redirect(back);
        // A trusted application gets its token without a question, so another site's link must not be enough.
        if (http.Request.Headers["Sec-Fetch-Site"] is ["cross-site"]) return AccountEndpoints.Page(AccountPageKind.Consent, back);
        try
        {
            // Asked here first, because a challenge that cannot reach GitLab would end as a fault.
            await options.Get(GitLabConsent.SchemeName).ConfigurationManager!.GetConfigurationAsync(cancel);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or HttpRequestException)
        {
            return TypedResults.Redirect(ConsentAnswer.On(back, ConsentAnswer.Unavailable));
        }

        return Results.Challenge(new AuthenticationProperties { RedirectUri = back, Items = { [GitLabConsent.SessionItem] = session } }, [GitLabConsent.SchemeName]);
    }
}

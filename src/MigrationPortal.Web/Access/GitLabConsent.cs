using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Web.Access;

/// <summary>
/// The second consent: the same application and address as sign-in, with scope <c>api</c>. It signs nobody in: its token goes
/// into the session that asked, and only when GitLab names the same person.
/// </summary>
internal sealed partial class GitLabConsent(ActingSessions acting, IGitLabIdentity gitLab, ILogger<GitLabConsent> logger) : OpenIdConnectEvents
{
    public const string SchemeName = "GitLabConsent";

    /// <summary>In the sealed state: the session that asked.</summary>
    public const string SessionItem = "consent.session";

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var cancel = context.HttpContext.RequestAborted;
        var answer = context.TokenEndpointResponse;
        var asked = context.Properties!.Items.TryGetValue(SessionItem, out var session) ? session : null;
        var person = (await context.HttpContext.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal;
        if (person?.User() is not { } user || asked is null || person.FindFirstValue(PortalClaims.Session) != asked || answer?.AccessToken is not { Length: > 0 } token)
        {
            Leave(context.Response, context.Properties, ConsentAnswer.TooLate);
            context.HandleResponse();
            return;
        }

        var code = await SeenAsync(user, context.SecurityToken.Subject, token, answer.Scope, cancel);
        if (code is null)
        {
            var seconds = int.TryParse(answer.ExpiresIn, CultureInfo.InvariantCulture, out var life) ? life : 7200;
            if (!await acting.GiveAsync(person, new RefreshedToken(token, answer.RefreshToken ?? "", TimeSpan.FromSeconds(seconds)), cancel)) code = ConsentAnswer.TooLate;
        }

        if (code is not null)
        {
            NotGiven(logger, user.Number, code);
            await acting.RevokeAsync(user, token, cancel);
        }

        Leave(context.Response, context.Properties, code);
        context.HandleResponse();
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        Leave(context.Response, context.Properties, ConsentAnswer.Denied);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var why = context.Failure?.Message ?? "no reason given";
        Failed(logger, why);
        Leave(context.Response, context.Properties, context.Failure switch
        {
            GitLabUnavailableException => ConsentAnswer.Unavailable,
            _ when why.Contains("invalid_scope", StringComparison.Ordinal) => ConsentAnswer.ScopeMissing,
            _ when why.Contains("Correlation", StringComparison.OrdinalIgnoreCase) => ConsentAnswer.TooLate,
            _ => ConsentAnswer.Failed,
        });
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <returns>Null when GitLab, asked with the token itself, names the person who is signed in.</returns>
    private async Task<string?> SeenAsync(Domain.Shared.UserId user, string subject, string token, string? scopes, CancellationToken cancel)
    {
        if (subject != user.Number.ToString(CultureInfo.InvariantCulture)) return ConsentAnswer.OtherUser;
        if (scopes is not null && !scopes.Split(' ').Contains("api")) return ConsentAnswer.ScopeMissing;
        return await gitLab.WhoAsync(user.Instance, token, cancel) switch
        {
            null or { Blocked: true } => ConsentAnswer.Failed,
            { Number: var number } when number != user.Number => ConsentAnswer.OtherUser,
            _ => null,
        };
    }

    // What stands in the properties was checked before it was sealed into the state.
    private static void Leave(HttpResponse response, AuthenticationProperties? properties, string? code) =>
        response.Redirect(ConsentAnswer.On(properties?.RedirectUri ?? $"{response.HttpContext.Request.PathBase}/my-projects", code));

    [LoggerMessage(5122, LogLevel.Information, "User {User} did not let the portal act: {Code}")]
    private static partial void NotGiven(ILogger logger, long user, string code);

    [LoggerMessage(5123, LogLevel.Warning, "A consent failed: {Why}")]
    private static partial void Failed(ILogger logger, string why);
}

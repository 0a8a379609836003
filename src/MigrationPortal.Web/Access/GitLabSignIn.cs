using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Web.Access;

/// <summary>The steps of sign-in that are ours: who the person is and whether they administer the instance.</summary>
internal sealed partial class GitLabSignIn(
    InstanceDirectory instances,
    IGitLabIdentity gitLab,
    IUserDirectory users,
    IAuditTrail audit,
    TimeProvider time,
    ILogger<GitLabSignIn> logger) : OpenIdConnectEvents
{
    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var cancel = context.HttpContext.RequestAborted;
        var instance = instances.Production.Id;
        var answer = context.TokenEndpointResponse;
        if (answer?.AccessToken is not { Length: > 0 } token || await gitLab.WhoAsync(instance, token, cancel) is not { } person)
        {
            context.Fail("GitLab did not accept its own token at GET /user: the application needs the scope read_user.");
            return;
        }

        var subject = context.SecurityToken.Subject;
        if (subject != person.Number.ToString(CultureInfo.InvariantCulture))
        {
            context.Fail("GitLab's id token and its GET /user name different people.");
            return;
        }

        if (person.Blocked)
        {
            context.Fail("This GitLab account is blocked.");
            return;
        }

        var id = new Domain.Shared.UserId(instance, person.Number);
        await users.SeenAsync(person.Seen(id.Instance, time.GetUtcNow()), cancel);
        context.Principal = PersonIdentity.Of(instance, person, session: null);
        context.Properties!.Items[SessionEvents.CheckedAt] = UserSessions.Write(time.GetUtcNow());
        var seconds = int.TryParse(answer.ExpiresIn, CultureInfo.InvariantCulture, out var life) ? life : 7200;
        context.Properties.StoreTokens(
        [
            new AuthenticationToken { Name = "access_token", Value = token },
            new AuthenticationToken { Name = "refresh_token", Value = answer.RefreshToken ?? "" },
            new AuthenticationToken { Name = "expires_at", Value = UserSessions.Write(time.GetUtcNow().AddSeconds(seconds)) },
        ]);
        await audit.AppendAsync(
            new AuditEntry(time.GetUtcNow(), instance, PortalClaims.OwnerOf(id), "session.begin", $"user/{id}", null, null,
                person.IsAdmin ? """{"admin":true}""" : """{"admin":false}"""),
            cancel);
        SignedIn(logger, person.Number, person.IsAdmin);
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        SignInFailed(logger, context.Failure?.Message ?? "no reason given");
        var why = context.Failure switch
        {
            GitLabUnavailableException => "unavailable",
            _ when context.Failure?.Message.Contains("access_denied", StringComparison.Ordinal) == true => "refused",
            _ when context.Failure?.Message.Contains("Correlation", StringComparison.OrdinalIgnoreCase) == true => "too-late",
            _ => "failed",
        };
        context.Response.Redirect($"{context.Request.PathBase}/account/sign-in?failed={why}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    [LoggerMessage(5110, LogLevel.Information, "User {User} signed in (administrator: {Admin})")]
    private static partial void SignedIn(ILogger logger, long user, bool admin);

    [LoggerMessage(5111, LogLevel.Warning, "A sign-in failed: {Why}")]
    private static partial void SignInFailed(ILogger logger, string why);
}

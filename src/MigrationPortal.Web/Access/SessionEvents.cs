using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Web.Access;

/// <summary>Asks GitLab again every few minutes whether the person still exists and still is an administrator.</summary>
internal sealed partial class SessionEvents(
    UserSessions sessions,
    IGitLabIdentity gitLab,
    IUserDirectory users,
    IOptions<SignInOptions> options,
    TimeProvider time,
    ILogger<SessionEvents> logger) : CookieAuthenticationEvents
{
    public const string CheckedAt = "checked_at";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var cancel = context.HttpContext.RequestAborted;
        if (context.Principal?.User() is not { } user || context.Principal.FindFirstValue(PortalClaims.Session) is null)
        {
            context.RejectPrincipal();
            return;
        }

        if (Checked(context) + options.Value.RecheckAfter > time.GetUtcNow()) return;
        try
        {
            var person = await sessions.AccessTokenAsync(context.Principal, cancel) is { } token
                ? await gitLab.WhoAsync(user.Instance, token, cancel)
                : null;
            if (person is not null) await users.SeenAsync(person.Seen(user.Instance, time.GetUtcNow()), cancel);
            if (person is null || person.Blocked)
            {
                SessionEnded(logger, user.Number);
                context.RejectPrincipal();
                return;
            }

            context.ReplacePrincipal(PersonIdentity.Of(user.Instance, person, context.Principal.FindFirstValue(PortalClaims.Session)));
            context.Properties.Items[CheckedAt] = UserSessions.Write(time.GetUtcNow());
            context.ShouldRenew = true;
        }
        catch (GitLabUnavailableException fault)
        {
            // An outage of GitLab is when the portal is needed most: what GitLab said last holds.
            RecheckPutOff(logger, user.Number, fault.Message);
        }
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        // The start page is the administrators'; everybody else starts at their projects.
        context.RedirectUri = request.Path == "/" ? $"{request.PathBase}/my-projects" : $"{request.PathBase}/account/denied";
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static DateTimeOffset Checked(CookieValidatePrincipalContext context) =>
        context.Properties.Items.TryGetValue(CheckedAt, out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;

    [LoggerMessage(5102, LogLevel.Information, "GitLab no longer knows user {User}, or blocked them: signed out")]
    private static partial void SessionEnded(ILogger logger, long user);

    [LoggerMessage(5103, LogLevel.Warning, "The rights of user {User} could not be checked again and hold as they were: {Why}")]
    private static partial void RecheckPutOff(ILogger logger, long user, string why);
}

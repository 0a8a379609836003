using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>The claims of a signed-in person, from what <c>GET /user</c> said and nothing else.</summary>
internal static class PersonIdentity
{
    public static ClaimsPrincipal Of(InstanceId instance, GitLabPerson person, string? session)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, person.Number.ToString(CultureInfo.InvariantCulture)),
                new Claim(ClaimTypes.Name, person.Name ?? person.Username),
                new Claim("username", person.Username),
                new Claim(PortalClaims.Instance, instance.Name),
                .. PortalClaims.ScopesOf(person.IsAdmin).Select(scope => new Claim(PortalClaims.Scope, scope.Word())),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme);
        if (person.IsAdmin) identity.AddClaim(new Claim(ClaimTypes.Role, PortalClaims.AdminRole));
        if (session is not null) identity.AddClaim(new Claim(PortalClaims.Session, session));
        return new ClaimsPrincipal(identity);
    }
}

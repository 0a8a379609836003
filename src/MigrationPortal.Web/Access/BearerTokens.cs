using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>
/// <c>Authorization: Bearer mp_...</c>. The store looks a secret up by its hash, so nothing compares secrets byte by
/// byte. A person's token never allows more than the person may do now.
/// </summary>
internal sealed class BearerTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ITokenStore tokens,
    IUserDirectory users) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var secret = header[Prefix.Length..].Trim();
        if (!secret.StartsWith("mp_", StringComparison.Ordinal)) return AuthenticateResult.Fail("Not a token of the portal.");
        var token = await tokens.AuthenticateAsync(secret, TimeProvider.GetUtcNow(), Context.RequestAborted);
        if (token is null) return AuthenticateResult.Fail("Unknown, expired or revoked.");

        var allowed = await AllowedAsync(token);
        var identity = new ClaimsIdentity(
            [
                new Claim(PortalClaims.Token, token.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new Claim(ClaimTypes.Name, token.Name),
                .. allowed.Select(scope => new Claim(PortalClaims.Scope, scope.Word())),
            ],
            SchemeName);
        if (PortalClaims.UserOf(token.Owner) is { } owner)
        {
            identity.AddClaim(new Claim(PortalClaims.Instance, owner.Instance.Name));
            identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, owner.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private async Task<IReadOnlyList<TokenScope>> AllowedAsync(ApiToken token)
    {
        if (token.Owner.Kind == ActorKind.Portal) return token.Scopes;
        if (PortalClaims.UserOf(token.Owner) is not { } owner) return [];
        if (await users.FindAsync(owner, Context.RequestAborted) is not { } person) return [];
        var mayNow = PortalClaims.ScopesOf(person.IsAdmin);
        return [.. token.Scopes.Where(mayNow.Contains)];
    }
}

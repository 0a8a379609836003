using System.Security.Cryptography;
using System.Text;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Codes and refresh tokens become access tokens; tokens are asked about and ended.</summary>
internal sealed class TokenEndpoints(OAuthSettings settings, CodeBook codes, SigningKey key, TokenStore tokens, TimeProvider time)
{
    private static readonly TimeSpan AccessLife = TimeSpan.FromHours(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth/token", (Delegate)ExchangeAsync);
        routes.MapPost("/oauth/revoke", (Delegate)RevokeAsync);
        routes.MapPost("/oauth/introspect", (Delegate)IntrospectAsync);
        routes.MapGet("/oauth/token/info", Info);
        routes.MapMethods("/oauth/userinfo", ["GET", "POST"], UserInfo);
    }

    private async Task<IResult> ExchangeAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await ParametersReader.ReadAsync(http.Request) is not { } p || !IsClient(http.Request, p))
        {
            return Fail(401, "invalid_client", "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.");
        }

        return p.Text("grant_type") switch
        {
            "authorization_code" => await ByCodeAsync(http, p),
            "refresh_token" => await ByRefreshAsync(http, p),
            _ => Fail(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server."),
        };
    }

    private async Task<IResult> ByCodeAsync(HttpContext http, Parameters p) =>
        codes.Redeem(p.Text("code"), p.Text("redirect_uri"), p.Text("code_verifier"), http.Instance().Name) is { } grant
            ? await AnswerAsync(http, grant.Username, grant.Request.ScopeList, grant.Request.Nonce)
            : InvalidGrant();

    private async Task<IResult> ByRefreshAsync(HttpContext http, Parameters p) =>
        await tokens.UseUpAsync(http.Instance().Name, p.Text("refresh_token") ?? "") is { } old
            ? await AnswerAsync(http, old.Username, old.Scopes, nonce: null)
            : InvalidGrant();

    private async Task<IResult> AnswerAsync(HttpContext http, string username, IReadOnlyList<string> scopes, string? nonce)
    {
        var now = time.GetUtcNow();
        var url = http.InstanceUrl();
        var (user, idToken) = http.Instance().Do(w => w.Directory.FindUser(username) is { State: UserState.Active } u
            ? (u, scopes.Contains("openid") ? key.Sign(Claims.IdToken(w, u, scopes, url, settings.ClientId, nonce, now)) : null)
            : default);
        if (user is null)
        {
            return InvalidGrant();
        }

        var pair = Guid.NewGuid().ToString("N");
        var answer = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["access_token"] = await tokens.IssueAsync(http.Instance().Name, TokenKind.OAuth, settings.ClientId, user, scopes, now + AccessLife, pair),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)AccessLife.TotalSeconds,
            ["refresh_token"] = await tokens.IssueAsync(http.Instance().Name, TokenKind.Refresh, settings.ClientId, user, scopes, null, pair),
            ["scope"] = string.Join(' ', scopes),
            ["created_at"] = now.ToUnixTimeSeconds(),
        };
        if (idToken is not null)
        {
            answer["id_token"] = idToken;
        }

        return Results.Json(answer);
    }

    private async Task<IResult> RevokeAsync(HttpContext http)
    {
        if (await ParametersReader.ReadAsync(http.Request) is not { } p || !IsClient(http.Request, p))
        {
            return Fail(403, "unauthorized_client", "You are not authorized to revoke this token");
        }

        await tokens.RevokeOAuthAsync(http.Instance().Name, p.Text("token") ?? "");
        return Results.Json(new { });
    }

    private async Task<IResult> IntrospectAsync(HttpContext http)
    {
        if (await ParametersReader.ReadAsync(http.Request) is not { } p || !IsClient(http.Request, p))
        {
            return Fail(401, "invalid_client", "Client authentication failed");
        }

        return Live(http, p.Text("token")) is { } token
            ? Results.Json(new
            {
                active = true,
                scope = string.Join(' ', token.Scopes),
                client_id = settings.ClientId,
                token_type = "Bearer",
                exp = token.ExpiresAt?.ToUnixTimeSeconds(),
                iat = token.CreatedAt.ToUnixTimeSeconds(),
            })
            : Results.Json(new { active = false });
    }

    private IResult Info(HttpContext http)
    {
        if (Live(http, Bearer(http.Request)) is not { } token)
        {
            return Unauthorized(http);
        }

        return Results.Json(new
        {
            resource_owner_id = http.Instance().Do(w => w.Directory.FindUser(token.Username)?.Id),
            scope = token.Scopes,
            expires_in = (int?)(token.ExpiresAt - time.GetUtcNow())?.TotalSeconds,
            application = new { uid = settings.ClientId },
            created_at = token.CreatedAt.ToUnixTimeSeconds(),
        });
    }

    private IResult UserInfo(HttpContext http)
    {
        if (Live(http, Bearer(http.Request)) is not { } token || !token.Scopes.Contains("openid"))
        {
            return Unauthorized(http);
        }

        var url = http.InstanceUrl();
        var claims = http.Instance().Do(w =>
            w.Directory.FindUser(token.Username) is { } user ? Claims.UserInfo(w, user, token.Scopes, url) : null);
        return claims is null ? Unauthorized(http) : Results.Json(claims);
    }

    private AccessToken? Live(HttpContext http, string? text) =>
        text is not null && tokens.Find(http.Instance().Name, text) is { Kind: TokenKind.OAuth, Revoked: false } token && !(token.ExpiresAt <= time.GetUtcNow())
            ? token
            : null;

    private bool IsClient(HttpRequest request, Parameters p)
    {
        var (id, secret) = Basic(request) ?? (p.Text("client_id"), p.Text("client_secret"));
        return id == settings.ClientId && (settings.ClientSecret is null || (secret is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(settings.ClientSecret)))));
    }

    private static (string? Id, string? Secret)? Basic(HttpRequest request)
    {
        var header = request.Headers.Authorization.FirstOrDefault();
        if (header is null || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        var parts = Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)
            : [];
        return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : (null, null);
    }

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.FirstOrDefault() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : request.Query["access_token"].FirstOrDefault();

    private static IResult Unauthorized(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Fail(401, "invalid_token", "The access token is invalid");
    }

    private static IResult InvalidGrant() => Fail(
        400,
        "invalid_grant",
        "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.");

    private static IResult Fail(int status, string error, string description) =>
        Results.Json(new { error, error_description = description }, statusCode: status);
}

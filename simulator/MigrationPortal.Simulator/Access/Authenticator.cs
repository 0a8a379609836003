namespace MigrationPortal.Simulator;

/// <summary>Who calls: finds the token the way GitLab looks for it. No token at all is anonymous, a bad one is refused.</summary>
internal sealed class Authenticator(TokenStore tokens, TimeProvider time)
{
    public (AccessToken? Token, ApiAnswer? Refusal) Identify(HttpContext http, Instance instance)
    {
        var (text, mayBeOAuth) = Presented(http.Request);
        if (text is null)
        {
            return (null, null);
        }

        var token = tokens.Find(instance.Name, text);
        if (token is null or { Kind: TokenKind.Refresh } || (token.Kind == TokenKind.OAuth && !mayBeOAuth))
        {
            return (null, ApiAnswer.Unauthorized);
        }

        if (token.Revoked)
        {
            return (null, Invalid("Token was revoked. You have to re-authorize from the user."));
        }

        return token.ExpiresAt <= time.GetUtcNow()
            ? (null, Invalid("Token is expired. You can either do re-authorization or token refresh."))
            : (token, null);
    }

    private static (string? Text, bool MayBeOAuth) Presented(HttpRequest request)
    {
        if (request.Headers["PRIVATE-TOKEN"].FirstOrDefault() is { Length: > 0 } header)
        {
            return (header, false);
        }

        if (request.Headers.Authorization.FirstOrDefault() is { } authorization
            && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return (authorization[7..].Trim(), true);
        }

        return request.Query["private_token"].FirstOrDefault() is { Length: > 0 } inQuery
            ? (inQuery, false)
            : (request.Query["access_token"].FirstOrDefault(), true);
    }

    private static ApiAnswer Invalid(string why) => new(401, new { error = "invalid_token", error_description = why });
}

namespace MigrationPortal.Simulator;

/// <summary>What a client asks for at <c>/oauth/authorize</c>.</summary>
internal sealed record AuthorizationRequest(
    string ClientId,
    string RedirectUri,
    string ResponseType,
    string Scope,
    string? State,
    string? Nonce,
    string? CodeChallenge,
    string? CodeChallengeMethod)
{
    public static AuthorizationRequest Of(Parameters p) => new(
        p.Text("client_id") ?? "",
        p.Text("redirect_uri") ?? "",
        p.Text("response_type") ?? "",
        p.Text("scope") is { Length: > 0 } scope ? scope : Scopes.Api,
        p.Text("state"),
        p.Text("nonce"),
        p.Text("code_challenge"),
        p.Text("code_challenge_method"));

    public IReadOnlyList<string> ScopeList => Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is not answered by a redirect, or null: an unknown client or address, and what GitLab shows a page of its own for.</summary>
    public string? Problem(OAuthSettings settings) =>
        ClientId != settings.ClientId ? "Client authentication failed due to unknown client"
        : !Allowed(settings) ? "The redirect URI included is not valid."
        : ScopeList.Except(settings.Scopes ?? Scopes.Known).Any() ? "The requested scope is invalid, unknown, or malformed."
        : null;

    /// <summary>OAuth's error code for what is answered to the client, or null.</summary>
    public string? Error(OAuthSettings settings) =>
        ResponseType != "code" ? "unsupported_response_type"
        : CodeChallenge is null && settings.ClientSecret is null ? "invalid_request"
        : CodeChallengeMethod is not (null or "S256" or "plain") ? "invalid_code_challenge_method"
        : null;

    public string Redirect(string name, string value)
    {
        var uri = RedirectUri + (RedirectUri.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"{name}={Uri.EscapeDataString(value)}";
        return State is null ? uri : $"{uri}&state={Uri.EscapeDataString(State)}";
    }

    private bool Allowed(OAuthSettings settings) =>
        Uri.TryCreate(RedirectUri, UriKind.Absolute, out var uri)
        && ((uri.IsLoopback && uri.Scheme is "http" or "https") || settings.RedirectUris.Contains(RedirectUri));
}

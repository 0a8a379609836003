namespace MigrationPortal.Simulator;

/// <summary>Accounts and their tokens: given out, revoked, restored, made to expire.</summary>
internal static class TokenControl
{
    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/users", Users);
        sim.MapPost("/tokens", IssueAsync);
        sim.MapPost("/tokens/{token}/revoke", (HttpContext http, string token, TokenStore store) => ChangeAsync(http, store, token, t => t with { Revoked = true }));
        sim.MapPost("/tokens/{token}/restore", (HttpContext http, string token, TokenStore store) => ChangeAsync(http, store, token, t => t with { Revoked = false }));
        sim.MapPost("/tokens/{token}/expiry", (HttpContext http, string token, ExpiryRequest request, TokenStore store) =>
            ChangeAsync(http, store, token, t => t with { ExpiresAt = request.ExpiresAt }));
        sim.MapPost("/tokens/{token}/scopes", (HttpContext http, string token, ScopesRequest request, TokenStore store) =>
            ChangeAsync(http, store, token, t => t with { Scopes = request.Scopes }));
    }

    private static IResult Users(HttpContext http, TokenStore store) => Results.Json(http.Instance().Do(w => w.Directory.Users
        .Select(u => new { u.Id, u.Username, u.Name, u.IsAdmin, State = u.State.ToString().ToLowerInvariant(), Token = store.TokenOf(http.Instance().Name, u) })
        .ToArray()));

    private static async Task<IResult> IssueAsync(HttpContext http, TokenRequest request, TokenStore store)
    {
        var user = http.Instance().Do(w => w.Directory.FindUser(request.Username));
        return user is null
            ? Results.NotFound(new { error = "no such user" })
            : Results.Json(
                new { token = await store.IssueAsync(http.Instance().Name, TokenKind.Personal, request.Name ?? "made by hand", user, request.Scopes, request.ExpiresAt) },
                statusCode: 201);
    }

    // The two fixed tokens of each instance may be named "admin" and "read", so that no secret stands in an address.
    private static async Task<IResult> ChangeAsync(HttpContext http, TokenStore store, string token, Func<AccessToken, AccessToken> change)
    {
        var text = token switch { "admin" => store.AdminToken(http.Instance().Name), "read" => store.ReadToken(http.Instance().Name), _ => token };
        return await store.ChangeAsync(text, change) ? Results.NoContent() : Results.NotFound(new { error = "no such token" });
    }

    private sealed record TokenRequest(string Username, IReadOnlyList<string> Scopes, string? Name, DateTimeOffset? ExpiresAt);

    private sealed record ExpiryRequest(DateTimeOffset? ExpiresAt);

    private sealed record ScopesRequest(IReadOnlyList<string> Scopes);
}

using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Access;

/// <param name="ExpiresAt">Real time; null: until it is revoked.</param>
public sealed record TokenView(long Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    internal static TokenView Of(ApiToken token) =>
        new(token.Id, token.Name, [.. token.Scopes.Select(scope => scope.Word())], token.CreatedAt, token.ExpiresAt, token.LastUsedAt);
}

/// <param name="Token">The secret: shown in this answer and never again.</param>
public sealed record NewTokenView(long Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string Token);

public sealed record NewTokenBody(string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt);

/// <summary>
/// A caller's own API tokens. A person signed in makes them for themselves; a program needs the scope <c>admin</c>, so
/// that a token for little cannot mint others, and nobody gives a scope that they do not hold.
/// </summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").RequireScope(TokenScope.Admin, TokenScope.SelfService).WithTags("Access");
        tokens.MapGet("", ListAsync).WithSummary("The caller's own API tokens, without their secrets");
        tokens.MapPost("", CreateAsync).WithSummary("Makes an API token; the secret is in this answer only");
        tokens.MapDelete("/{id:long}", RevokeAsync).WithSummary("Revokes one of the caller's own API tokens");
    }

    private static async Task<Results<Ok<PageOf<TokenView>>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal caller, ITokenStore store, TimeProvider time, int? limit, string? cursor, CancellationToken cancel)
    {
        if (TooLittle(caller) is { } no) return no;
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var own = await store.ListAsync(OwnerOf(caller), time.GetUtcNow(), cancel);
        var rows = own.Where(token => paging.AfterNumber is null || token.Id < paging.AfterNumber).OrderByDescending(token => token.Id).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, TokenView.Of, token => token.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<NewTokenView>, ProblemHttpResult>> CreateAsync(
        NewTokenBody body, ClaimsPrincipal caller, HttpContext http, ITokenStore store, IAuditTrail audit, TimeProvider time, CancellationToken cancel)
    {
        if (TooLittle(caller) is { } no) return no;
        var now = time.GetUtcNow();
        var errors = new RequestErrors();
        var name = errors.Text("name", body.Name, 100);
        var scopes = Scopes(body.Scopes, errors);
        if (body.ExpiresAt <= now) errors.Add("expiresAt", "Lies in the past: leave it out or name a later time.");
        if (errors.Any) return errors.ToProblem();
        if (scopes.FirstOrDefault(scope => !caller.Holds(scope), (TokenScope)(-1)) is var lacking && Enum.IsDefined(lacking))
            return Problems.Of(StatusCodes.Status403Forbidden, "scope-missing", $"The caller does not hold the scope '{lacking.Word()}' and cannot give it.",
                new Dictionary<string, object?> { ["missingScope"] = lacking.Word() });

        var (token, secret) = await audit.ChangeAsync<(ApiToken Token, string Secret)>(
            async () =>
            {
                var made = await store.CreateAsync(new NewToken(name, OwnerOf(caller), scopes, body.ExpiresAt), now, cancel);
                return (made, new AuditEntry(now, null, caller.Actor(), "token.create", $"token/{made.Token.Id}", null, null,
                    System.Text.Json.JsonSerializer.Serialize(new { scopes = made.Token.Scopes.Select(scope => scope.Word()), made.Token.ExpiresAt })));
            },
            cancel);
        http.Response.Headers.CacheControl = "no-store";
        var view = TokenView.Of(token);
        return TypedResults.Created($"/api/v1/tokens/{token.Id}", new NewTokenView(view.Id, view.Name, view.Scopes, view.CreatedAt, view.ExpiresAt, secret));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        long id, ClaimsPrincipal caller, ITokenStore store, IAuditTrail audit, TimeProvider time, CancellationToken cancel)
    {
        if (TooLittle(caller) is { } no) return no;
        var entry = new AuditEntry(time.GetUtcNow(), null, caller.Actor(), "token.revoke", $"token/{id}", null, null, null);
        return await audit.ChangeAsync<bool>(async () => await store.RevokeAsync(id, OwnerOf(caller), entry.At, cancel) ? (true, entry) : (false, null), cancel)
            ? TypedResults.NoContent() : Problems.NotFound($"token {id} of yours");
    }

    private static List<TokenScope> Scopes(IReadOnlyList<string>? words, RequestErrors errors)
    {
        var known = string.Join(", ", Enum.GetValues<TokenScope>().Select(scope => scope.Word()));
        if (words is null or { Count: 0 }) errors.Add("scopes", $"Needed: at least one of {known}.");
        var scopes = new List<TokenScope>();
        foreach (var word in words ?? [])
            if (PortalClaims.ParseScope(word) is { } scope) scopes.Add(scope);
            else errors.Add("scopes", $"'{word}' is not a scope. Use: {known}.");
        return [.. scopes.Distinct()];
    }

    // A token without a person belongs to the portal, and so do those that it makes.
    private static Actor OwnerOf(ClaimsPrincipal caller) => caller.User() is { } user ? PortalClaims.OwnerOf(user) : Actor.Portal;

    private static ProblemHttpResult? TooLittle(ClaimsPrincipal caller) =>
        caller.FindFirstValue(PortalClaims.Token) is null || caller.Holds(TokenScope.Admin) ? null
            : Problems.Of(StatusCodes.Status403Forbidden, "scope-missing", "A program needs the scope 'admin' to manage API tokens.",
                new Dictionary<string, object?> { ["missingScope"] = "admin" });
}

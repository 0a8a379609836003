using System.Security.Claims;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>What a signed-in person or an API token carries, and how the rest of the portal reads it.</summary>
public static class PortalClaims
{
    public const string Scope = "scope";
    public const string Instance = "gitlab_instance";
    public const string Token = "token_id";
    public const string Session = "session_key";
    public const string AdminRole = "admin";

    public static Actor Actor(this ClaimsPrincipal caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.FindFirstValue(Token) is { } token) return new Actor(ActorKind.Token, token);
        return caller.User() is { } user
            ? OwnerOf(user)
            : throw new InvalidOperationException("An endpoint asked who calls, and lets strangers in.");
    }

    /// <summary>The GitLab user of a session; null for an API token.</summary>
    public static UserId? User(this ClaimsPrincipal caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.FindFirstValue(Instance) is { } instance
            && long.TryParse(caller.FindFirstValue(ClaimTypes.NameIdentifier), out var number)
                ? new UserId(new InstanceId(instance), number)
                : null;
    }

    /// <summary>How a person stands in audit and owns tokens: <c>user:production/12</c>.</summary>
    public static Actor OwnerOf(UserId user) => new(ActorKind.User, user.ToString());

    /// <summary>The person behind <c>user:production/12</c>; null for the portal and for an API token.</summary>
    public static UserId? UserOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.User;
    }

    public static bool Holds(this ClaimsPrincipal caller, TokenScope scope)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.HasClaim(Scope, scope.Word()) || caller.HasClaim(Scope, TokenScope.Admin.Word());
    }

    public static IReadOnlyList<TokenScope> Scopes(this ClaimsPrincipal caller) =>
        [.. Enum.GetValues<TokenScope>().Where(caller.Holds)];

    /// <summary>An administrator may do everything, everybody else looks after their own projects.</summary>
    public static IReadOnlyList<TokenScope> ScopesOf(bool isAdmin) =>
        isAdmin ? Enum.GetValues<TokenScope>() : [TokenScope.SelfService];

    public static string Word(this TokenScope scope) => scope switch
    {
        TokenScope.Read => "read",
        TokenScope.SelfService => "selfservice",
        TokenScope.Approve => "approve",
        TokenScope.Operate => "operate",
        TokenScope.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "A scope without a word."),
    };

    public static TokenScope? ParseScope(string? word)
    {
        foreach (var scope in Enum.GetValues<TokenScope>())
            if (scope.Word() == word) return scope;
        return null;
    }
}

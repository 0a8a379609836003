namespace MigrationPortal.Simulator;

internal static class Scopes
{
    public const string Api = "api";
    public const string ReadApi = "read_api";
    public const string ReadUser = "read_user";
    public const string CreateRunner = "create_runner";
    public const string ManageRunner = "manage_runner";

    public static IReadOnlyList<string> Known { get; } =
    [
        Api, ReadApi, ReadUser, CreateRunner, ManageRunner, "admin_mode", "read_repository", "write_repository",
        "openid", "profile", "email",
    ];
}

internal enum TokenKind
{
    Personal,
    OAuth,

    /// <summary>Opens nothing by itself: it is exchanged for a new pair, once.</summary>
    Refresh,
}

/// <summary>An access token as the store keeps it. The text itself is only held for tokens made from the seed.</summary>
internal sealed record AccessToken
{
    public required int Id { get; init; }

    /// <summary>The GitLab that gave it: no other takes it.</summary>
    public string Instance { get; init; } = TokenStore.Production;

    public required TokenKind Kind { get; init; }

    public required string Name { get; init; }

    public required string Username { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Real time. Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Revoked { get; init; }

    /// <summary>Shared by the access and the refresh token of one answer.</summary>
    public string? Pair { get; init; }
}

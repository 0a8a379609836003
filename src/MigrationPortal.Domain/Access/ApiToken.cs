using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>An API token without its secret: of that only a SHA-256 hash is kept.</summary>
/// <param name="Owner">Null for the bootstrap token, which belongs to the installation.</param>
/// <param name="ExpiresAt">Real time; null: until revoked.</param>
public sealed record ApiToken(
    long Id,
    string Name,
    UserId? Owner,
    Scopes Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt)
{
    public bool IsUsable(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}

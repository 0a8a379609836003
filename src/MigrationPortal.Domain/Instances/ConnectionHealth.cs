using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>What the last check of an instance's tokens and version said; shown on screen and in <c>/health/ready</c>.</summary>
/// <param name="Problems">Sentences that name the setting and the remedy; empty when all is well.</param>
/// <param name="CanWrite">False means observe mode: everything works but apply.</param>
public sealed record ConnectionHealth(
    InstanceId Instance,
    DateTimeOffset CheckedAt,
    bool Reachable,
    string? Version,
    bool CanRead,
    bool CanWrite,
    TokenFacts? ReadToken,
    TokenFacts? WriteToken,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Warnings);

/// <summary>A GitLab token without its secret.</summary>
public sealed record TokenFacts(IReadOnlyList<string> Scopes, bool IsAdmin, DateOnly? ExpiresOn);

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Access;

/// <summary>The erasable table of names.</summary>
internal sealed class UserRow : IEntityTypeConfiguration<UserRow>
{
    public InstanceId Instance { get; set; }

    public long Number { get; set; }

    public string Username { get; set; } = "";

    public string Name { get; set; } = "";

    public bool IsAdmin { get; set; }

    public DateTimeOffset SignedInAt { get; set; }

    public void Configure(EntityTypeBuilder<UserRow> builder) =>
        builder.ToTable("users").HasKey(row => new { row.Instance, row.Number });
}

internal sealed class TokenRow : IEntityTypeConfiguration<TokenRow>
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public Actor Owner { get; set; } = Actor.Portal;

    public string[] Scopes { get; set; } = [];

    /// <summary>SHA-256 of the secret: it has 256 random bits, so a slow hash would add nothing.</summary>
    public byte[] SecretHash { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public void Configure(EntityTypeBuilder<TokenRow> builder)
    {
        builder.ToTable("api_tokens").HasKey(row => row.Id);
        builder.HasIndex(row => row.SecretHash).IsUnique();
        builder.HasIndex(row => row.Owner);
    }
}

internal sealed class IdempotencyRow : IEntityTypeConfiguration<IdempotencyRow>
{
    public string Caller { get; set; } = "";

    public string Route { get; set; } = "";

    public string Key { get; set; } = "";

    public string BodyHash { get; set; } = "";

    public DateTimeOffset ClaimedAt { get; set; }

    public int? Status { get; set; }

    public string? Body { get; set; }

    public string? Location { get; set; }

    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("idempotency_keys").HasKey(row => new { row.Caller, row.Route, row.Key });
        builder.HasIndex(row => row.ClaimedAt);
    }
}

internal sealed class SessionRow : IEntityTypeConfiguration<SessionRow>
{
    public string Key { get; set; } = "";

    public InstanceId Instance { get; set; }

    public long UserNumber { get; set; }

    public byte[] Ticket { get; set; } = [];

    public DateTimeOffset ExpiresAt { get; set; }

    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("sessions").HasKey(row => row.Key);
        builder.HasIndex(row => row.ExpiresAt);
    }
}

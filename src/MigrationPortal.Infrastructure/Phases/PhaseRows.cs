using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Phases;

/// <summary>What admins wrote.</summary>
internal sealed class SettingsRow : IEntityTypeConfiguration<SettingsRow>
{
    public InstanceId Instance { get; set; }

    public long Version { get; set; }

    public string Document { get; set; } = "";

    public void Configure(EntityTypeBuilder<SettingsRow> builder)
    {
        builder.ToTable("migration_settings").HasKey(row => row.Instance);
        builder.Property(row => row.Document).HasColumnType("jsonb");
    }
}

/// <summary>What the portal wrote.</summary>
internal sealed class PhaseStateRow : IEntityTypeConfiguration<PhaseStateRow>
{
    public InstanceId Instance { get; set; }

    public long Version { get; set; }

    public string Document { get; set; } = "";

    public void Configure(EntityTypeBuilder<PhaseStateRow> builder)
    {
        builder.ToTable("phase_states").HasKey(row => row.Instance);
        builder.Property(row => row.Document).HasColumnType("jsonb");
    }
}

internal sealed class ScheduledFlipRow : IEntityTypeConfiguration<ScheduledFlipRow>
{
    public long Id { get; set; }

    public InstanceId Instance { get; set; }

    public string Target { get; set; } = "";

    public DateTimeOffset DueAt { get; set; }

    public Actor By { get; set; } = Actor.Portal;

    public string Reason { get; set; } = "";

    public string[] Overrides { get; set; } = [];

    public long? OperationId { get; set; }

    public string? Outcome { get; set; }

    public MissedRule Missed { get; set; }

    public DateTimeOffset? MissedAt { get; set; }

    public string? MissedWhy { get; set; }

    public DateTimeOffset? HeldUntil { get; set; }

    public string? HeldBy { get; set; }

    public void Configure(EntityTypeBuilder<ScheduledFlipRow> builder)
    {
        builder.ToTable("scheduled_flips").HasKey(row => row.Id);
        builder.Property(row => row.Target).HasColumnType("jsonb");
        builder.Property(row => row.Missed).HasConversion<string>();
        builder.HasIndex(row => new { row.Instance, row.DueAt }).HasFilter("outcome IS NULL");
    }
}

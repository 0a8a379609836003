using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Plans;

internal sealed class PlanRow : IEntityTypeConfiguration<PlanRow>
{
    public long Id { get; set; }

    public InstanceId Instance { get; set; }

    public DateTimeOffset MadeAt { get; set; }

    /// <summary><see cref="PlanHead"/>, small enough for lists; its id is the column's.</summary>
    public string Head { get; set; } = "";

    /// <summary><see cref="Plan"/>, up to a megabyte; its id is the column's.</summary>
    public string Document { get; set; } = "";

    public void Configure(EntityTypeBuilder<PlanRow> builder)
    {
        builder.ToTable("plans").HasKey(row => row.Id);
        builder.Property(row => row.Head).HasColumnType("jsonb");
        builder.Property(row => row.Document).HasColumnType("jsonb");
        builder.HasIndex(row => new { row.Instance, row.Id });
    }
}

internal sealed class OperationRow : IEntityTypeConfiguration<OperationRow>
{
    public long Id { get; set; }

    public InstanceId Instance { get; set; }

    public long PlanId { get; set; }

    public OperationState State { get; set; }

    public long Version { get; set; }

    /// <summary><see cref="OperationHead"/>; id, state and version are the columns'.</summary>
    public string Head { get; set; } = "";

    /// <summary>Given when the row is added; read on its own, because lists of operations do not need it.</summary>
    public BreakGlassRow? BreakGlass { get; set; }

    public void Configure(EntityTypeBuilder<OperationRow> builder)
    {
        builder.ToTable("operations").HasKey(row => row.Id);
        builder.Property(row => row.State).HasConversion<string>();
        builder.Property(row => row.Head).HasColumnType("jsonb");
        builder.HasOne<PlanRow>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.Instance, row.Id });

        // The promise of one operation per instance at a time, kept by the database.
        builder.HasIndex(row => row.Instance).IsUnique().HasDatabaseName(OneAtATime)
            .HasFilter("state NOT IN ('Succeeded', 'RolledBack', 'Aborted')");
    }

    public const string OneAtATime = "ix_operations_one_at_a_time";
}

/// <summary>One step. Its own row, because each save of an operation of hundreds of steps changes one.</summary>
internal sealed class OperationStepRow : IEntityTypeConfiguration<OperationStepRow>
{
    public long OperationId { get; set; }

    /// <summary>From 0, in the operation's order.</summary>
    public int Position { get; set; }

    /// <summary><see cref="OperationStep"/>.</summary>
    public string Document { get; set; } = "";

    public void Configure(EntityTypeBuilder<OperationStepRow> builder)
    {
        builder.ToTable("operation_steps").HasKey(row => new { row.OperationId, row.Position });
        builder.Property(row => row.Document).HasColumnType("jsonb");
        builder.HasOne<OperationRow>().WithMany().HasForeignKey(row => row.OperationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The way back without the portal, as it was before the operation's first step. Never changed.</summary>
internal sealed class BreakGlassRow : IEntityTypeConfiguration<BreakGlassRow>
{
    public long OperationId { get; set; }

    public string Script { get; set; } = "";

    public void Configure(EntityTypeBuilder<BreakGlassRow> builder)
    {
        builder.ToTable("break_glass_scripts").HasKey(row => row.OperationId);
        builder.HasOne<OperationRow>().WithOne(row => row.BreakGlass).HasForeignKey<BreakGlassRow>(row => row.OperationId).OnDelete(DeleteBehavior.Cascade);
    }
}

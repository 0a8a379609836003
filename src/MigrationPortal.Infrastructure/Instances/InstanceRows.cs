using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>Numbers an instance, because a million job rows a day should not carry its name.</summary>
internal sealed class InstanceRow : IEntityTypeConfiguration<InstanceRow>
{
    public short Number { get; set; }

    public InstanceId Name { get; set; }

    /// <summary>How many job ids one partition of the raw table spans; new partitions take the value of their day.</summary>
    public long PartitionSpan { get; set; }

    public string? Health { get; set; }

    /// <summary>GitLab's own time of the newest fleet snapshot.</summary>
    public DateTimeOffset? FleetTakenAt { get; set; }

    public void Configure(EntityTypeBuilder<InstanceRow> builder)
    {
        builder.ToTable("instances").HasKey(row => row.Number);
        builder.Property(row => row.Number).UseIdentityAlwaysColumn();
        builder.HasIndex(row => row.Name).IsUnique();
        builder.Property(row => row.PartitionSpan).HasDefaultValue(4_194_304L);
        builder.Property(row => row.Health).HasColumnType("jsonb");
    }
}

internal sealed class WatermarkRow : IEntityTypeConfiguration<WatermarkRow>
{
    public InstanceId Instance { get; set; }

    public string Source { get; set; } = "";

    public string Value { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public void Configure(EntityTypeBuilder<WatermarkRow> builder) =>
        builder.ToTable("watermarks").HasKey(row => new { row.Instance, row.Source });
}

internal sealed class LeaseRow : IEntityTypeConfiguration<LeaseRow>
{
    public string Name { get; set; } = "";

    public string? Holder { get; set; }

    public long Token { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public void Configure(EntityTypeBuilder<LeaseRow> builder) => builder.ToTable("leases").HasKey(row => row.Name);
}

internal sealed class BudgetRow : IEntityTypeConfiguration<BudgetRow>
{
    public InstanceId Instance { get; set; }

    public RequestLane Lane { get; set; }

    public double LeftOver { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? HeldUntil { get; set; }

    public void Configure(EntityTypeBuilder<BudgetRow> builder) =>
        builder.ToTable("request_budgets").HasKey(row => new { row.Instance, row.Lane });
}

/// <summary>Spent requests by purpose and minute.</summary>
internal sealed class SpendingRow : IEntityTypeConfiguration<SpendingRow>
{
    public InstanceId Instance { get; set; }

    public RequestLane Lane { get; set; }

    public string Purpose { get; set; } = "";

    public DateTimeOffset Minute { get; set; }

    public long Taken { get; set; }

    public long PutOff { get; set; }

    public void Configure(EntityTypeBuilder<SpendingRow> builder) =>
        builder.ToTable("request_spending").HasKey(row => new { row.Instance, row.Minute, row.Lane, row.Purpose });
}

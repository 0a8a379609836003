using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Fleet;

/// <summary>A runner as the last sweep that saw it did; written by sweeps alone.</summary>
internal sealed class RunnerRow : IEntityTypeConfiguration<RunnerRow>
{
    public InstanceId Instance { get; set; }

    public long Number { get; set; }

    /// <summary><see cref="ObservedRunner"/>.</summary>
    public string Observed { get; set; } = "";

    public DateTimeOffset FirstSeenAt { get; set; }

    /// <summary>The first snapshot without it; null while it is there.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    public void Configure(EntityTypeBuilder<RunnerRow> builder)
    {
        builder.ToTable("runners").HasKey(row => new { row.Instance, row.Number });
        builder.Property(row => row.Observed).HasColumnType("jsonb");
    }
}

/// <summary>What admins decided about a runner; written by admins alone.</summary>
internal sealed class StandingRow : IEntityTypeConfiguration<StandingRow>
{
    public InstanceId Instance { get; set; }

    public long Number { get; set; }

    public RunnerRole? Role { get; set; }

    public bool RoleConfirmed { get; set; }

    public bool Managed { get; set; }

    /// <summary><see cref="RunnerAttributes"/> from before the first change; frozen by the first standing as managed.</summary>
    public string? Baseline { get; set; }

    public void Configure(EntityTypeBuilder<StandingRow> builder)
    {
        builder.ToTable("runner_standings").HasKey(row => new { row.Instance, row.Number });
        builder.Property(row => row.Role).HasConversion<string>();
        builder.Property(row => row.Baseline).HasColumnType("jsonb");
    }
}

/// <summary>Kept for good: GitLab forgets stale managers, and then nobody else knows an old job's executor.</summary>
internal sealed class ManagerRow : IEntityTypeConfiguration<ManagerRow>
{
    public InstanceId Instance { get; set; }

    public long Runner { get; set; }

    public string SystemId { get; set; } = "";

    /// <summary>The first one that was known; a manager does not change it.</summary>
    public string Executor { get; set; } = "";

    public string? Version { get; set; }

    public DateTimeOffset FirstSeenAt { get; set; }

    public void Configure(EntityTypeBuilder<ManagerRow> builder) =>
        builder.ToTable("runner_managers").HasKey(row => new { row.Instance, row.Runner, row.SystemId });
}

internal sealed class RunnerChangeRow : IEntityTypeConfiguration<RunnerChangeRow>
{
    public long Id { get; set; }

    public InstanceId Instance { get; set; }

    public long Runner { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    public string Attribute { get; set; } = "";

    public string? Before { get; set; }

    public string? After { get; set; }

    public void Configure(EntityTypeBuilder<RunnerChangeRow> builder)
    {
        builder.ToTable("runner_changes").HasKey(row => row.Id);
        builder.HasIndex(row => new { row.Instance, row.Runner, row.Id });
    }
}

internal sealed class ProjectRow : IEntityTypeConfiguration<ProjectRow>
{
    public InstanceId Instance { get; set; }

    public long Number { get; set; }

    public string Path { get; set; } = "";

    public bool InstanceRunners { get; set; }

    public bool GroupRunners { get; set; }

    public long[] Groups { get; set; } = [];

    public string? DefaultBranch { get; set; }

    public bool Archived { get; set; }

    public DateTimeOffset? LastActivityAt { get; set; }

    public string[]? ProtectedBranches { get; set; }

    public string[]? ProtectedTags { get; set; }

    public DateTimeOffset ReadAt { get; set; }

    public void Configure(EntityTypeBuilder<ProjectRow> builder)
    {
        builder.ToTable("projects").HasKey(row => new { row.Instance, row.Number });
        builder.HasIndex(row => new { row.Instance, row.Path });
    }
}

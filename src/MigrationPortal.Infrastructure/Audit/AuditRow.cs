using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Audit;

/// <summary>One link of the chain. Texts are kept as text, not jsonb: the hash is over what was written.</summary>
internal sealed class AuditRow : IEntityTypeConfiguration<AuditRow>
{
    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public InstanceId? Instance { get; set; }

    public Actor Who { get; set; } = Actor.Portal;

    public string What { get; set; } = "";

    public string Subject { get; set; } = "";

    public string? Why { get; set; }

    public string? Before { get; set; }

    public string? After { get; set; }

    public string Hash { get; set; } = "";

    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit_entries").HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedNever();
    }
}

using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Access;
using MigrationPortal.Infrastructure.Audit;
using MigrationPortal.Infrastructure.Fleet;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Phases;
using MigrationPortal.Infrastructure.Plans;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>The small tables. Jobs and their rollups are written by COPY and SQL (see <c>Jobs</c>) and have no entities.</summary>
internal sealed class PortalDbContext(DbContextOptions<PortalDbContext> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    public DbSet<WatermarkRow> Watermarks => Set<WatermarkRow>();

    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    public DbSet<BudgetRow> Budgets => Set<BudgetRow>();

    public DbSet<SpendingRow> Spendings => Set<SpendingRow>();

    public DbSet<RunnerRow> Runners => Set<RunnerRow>();

    public DbSet<StandingRow> Standings => Set<StandingRow>();

    public DbSet<ManagerRow> Managers => Set<ManagerRow>();

    public DbSet<RunnerChangeRow> RunnerChanges => Set<RunnerChangeRow>();

    public DbSet<ProjectRow> Projects => Set<ProjectRow>();

    public DbSet<PlanRow> Plans => Set<PlanRow>();

    public DbSet<OperationRow> Operations => Set<OperationRow>();

    public DbSet<BreakGlassRow> BreakGlassScripts => Set<BreakGlassRow>();

    public DbSet<SettingsRow> Settings => Set<SettingsRow>();

    public DbSet<PhaseStateRow> PhaseStates => Set<PhaseStateRow>();

    public DbSet<ScheduledFlipRow> ScheduledFlips => Set<ScheduledFlipRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<TokenRow> Tokens => Set<TokenRow>();

    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<InstanceId>().HaveConversion<InstanceIdConverter>();
        configurationBuilder.Properties<Actor>().HaveConversion<ActorConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);

    private sealed class InstanceIdConverter() : ValueConverter<InstanceId, string>(id => id.Name, name => new InstanceId(name));

    // timestamptz takes UTC only.
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);

    private sealed class ActorConverter() : ValueConverter<Actor, string>(actor => ActorText.Write(actor), text => ActorText.Read(text));
}

/// <summary>An actor in one column: <c>portal</c>, <c>user:12</c>, <c>token:3</c>.</summary>
internal static class ActorText
{
    public static string Write(Actor actor) => actor.ToString();

    public static Actor Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return Actor.Portal;
        return new Actor(Enum.Parse<ActorKind>(text.AsSpan(0, colon), ignoreCase: true), text[(colon + 1)..]);
    }
}

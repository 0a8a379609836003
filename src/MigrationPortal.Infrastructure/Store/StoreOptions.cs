using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>How the context meets PostgreSQL; the one place, for the portal, the tests and <c>dotnet ef</c> alike.</summary>
internal static class StoreOptions
{
    public const string MigrationsAssembly = "MigrationPortal.Migrations";

    public static DbContextOptionsBuilder UsePortalStore(this DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options
            .UseNpgsql(source, npgsql => npgsql
                .MigrationsAssembly(MigrationsAssembly)
                .MigrationsHistoryTable("schema_migrations"))
            .UseSnakeCaseNamingConvention();
}

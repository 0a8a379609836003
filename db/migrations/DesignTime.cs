using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Migrations;

/// <summary>Lets <c>dotnet ef migrations add NAME --project db/migrations</c> see the model; no database is needed for that.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<PortalDbContext>
{
    public PortalDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PortalDbContext>();
        options.UsePortalStore(NpgsqlDataSource.Create("Host=localhost;Database=design"));
        return new PortalDbContext(options.Options);
    }
}

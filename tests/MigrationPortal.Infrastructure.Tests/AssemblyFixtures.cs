using MigrationPortal.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

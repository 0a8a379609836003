using MigrationPortal.EndToEnd.Tests.Harness;
using MigrationPortal.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(ChromiumFixture))]

// Every story starts a simulator, a portal and a browser: side by side they would only slow each other down.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

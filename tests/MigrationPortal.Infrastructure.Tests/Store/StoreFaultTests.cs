using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Store;

public sealed class StoreFaultTests
{
    [Theory]
    [InlineData("53100", "could not extend file: No space left on device", "The database's disk is full")]
    [InlineData("XX000", "could not write init file", "could not write init file): look at its disk")]
    [InlineData("58030", "could not fsync file", "could not fsync file): look at its disk")]
    [InlineData("53300", "too many clients", "has no connection left")]
    [InlineData("57P03", "the database system is starting up", "does not answer")]
    public void TheDatabasesOwnFaults_AreExplained_AlsoInsideAnother(string state, string message, string words)
    {
        var fault = new PostgresException(message, "FATAL", "FATAL", state);

        StoreFault.Explain(fault).ShouldNotBeNull().ShouldContain(words);
        StoreFault.Explain(new InvalidOperationException("outer", fault)).ShouldBe(StoreFault.Explain(fault));
    }

    [Theory]
    [InlineData("23505")]
    [InlineData("42P01")]
    [InlineData("P0001")]
    public void OurOwnFaults_AreNot(string state) => StoreFault.Explain(new PostgresException("x", "ERROR", "ERROR", state)).ShouldBeNull();
}

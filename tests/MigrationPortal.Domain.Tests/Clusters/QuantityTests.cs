using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("500m", 500)]
    [InlineData("1.5", 1500)]
    [InlineData("2", 2000)]
    [InlineData("1e3", 1000000)]
    [InlineData("100u", 1)]
    [InlineData("1k", 1000000)]
    [InlineData("", 0)]
    [InlineData("two", 0)]
    [InlineData(null, 0)]
    public void Millis_AreRoundedUp(string? text, int millis) => Quantity.Millis(text).ShouldBe(millis);

    [Theory]
    [InlineData("4Gi", 4294967296)]
    [InlineData("256Mi", 268435456)]
    [InlineData("1G", 1000000000)]
    [InlineData("512m", 1)]
    [InlineData("1024", 1024)]
    [InlineData("1E", 1000000000000000000)]
    [InlineData("99999999999999999999999999999E", 0)]
    public void Bytes_KnowBinaryAndDecimal(string text, long bytes) => Quantity.Bytes(text).ShouldBe(bytes);
}

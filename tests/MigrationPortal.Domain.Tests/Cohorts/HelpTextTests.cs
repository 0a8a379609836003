using MigrationPortal.Domain.Cohorts.Help;

namespace MigrationPortal.Domain.Tests.Cohorts;

public sealed class HelpTextTests
{
    [Theory]
    [InlineData(" why?\r\nbecause ", "why?\nbecause")]
    [InlineData("a\0b", "ab")]
    [InlineData("password=hunter2hunter2", "password=[removed]")]
    public void Clean_KeepsPlainWords_AndTakesSecretsOut(string text, string expected) => HelpText.Clean(text, 100).ShouldBe(expected);

    [Fact]
    public void Clean_RemovesAKeyOverItsLines()
    {
        const string key = "see\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\nthere";
        HelpText.Clean(key, 200)!.ShouldNotContain("MIIEow");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \r\n ")]
    [InlineData("\0")]
    [InlineData("12345678901")]
    public void Clean_EmptyOrTooLong_IsNothing(string? text) => HelpText.Clean(text, 10).ShouldBeNull();

    [Fact]
    public void Clean_NeverGrowsBeyondTheLimit() => HelpText.Clean("token=a token=b", 15)!.Length.ShouldBeLessThanOrEqualTo(15);
}

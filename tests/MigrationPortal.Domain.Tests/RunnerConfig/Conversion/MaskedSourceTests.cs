using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class MaskedSourceTests
{
    [Theory]
    [InlineData("  token = \"glrt-hidden-one1\"", "  token = (left out)")]
    [InlineData("      SecretKey = \"hidden-one\"", "      SecretKey = (left out)")]
    [InlineData("  \"amazonec2-secret-key=hidden-one\",", "  \"amazonec2-secret-key=(left out)\",")]
    [InlineData("environment = [\"A=b\", \"DB_PASSWORD=hidden-one\"]", "environment = [\"A=b\", \"DB_PASSWORD=(left out)\"]")]
    [InlineData("url = \"https://me:hidden-one@example.org\"", "url = (left out)")]
    [InlineData("  docker login -p hidden-one registry", "  (left out)")]
    [InlineData("  image = \"node:22\" # ours", "  image = \"node:22\" # ours")]
    [InlineData("  tls-key-file = \"/etc/key.pem\"", "  tls-key-file = \"/etc/key.pem\"")]
    [InlineData("", "")]
    public void Lines_AreShownWithoutSecrets(string line, string shown) => MaskedSource.Lines(line).ShouldBe([shown]);
}

using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class ConfigSecretsTests
{
    [Theory]
    [InlineData("[[runners]]\n  token = \"abc\"\n", "runners[0].token")]
    [InlineData("[[runners]]\n  TOKEN = \"abc\"\n", "runners[0].TOKEN")]
    [InlineData("sentry_dsn = \"https://k@s.example.org/1\"\n[[runners]]\n", "sentry_dsn")]
    [InlineData("[[runners]]\n  [runners.kubernetes]\n    bearer_token = \"abc\"\n", "runners[0].kubernetes.bearer_token")]
    [InlineData("[[runners]]\n  [runners.cache.azure]\n    AccountKey = \"abc\"\n", "runners[0].cache.azure.AccountKey")]
    [InlineData("[[runners]]\n  environment = [\"NPM_TOKEN=abc\"]\n", "runners[0].environment (NPM_TOKEN)")]
    [InlineData("[[runners]]\n  pre_build_script = \"curl https://u:pw@example.org\"\n", "runners[0].pre_build_script")]
    [InlineData("[[runners]]\n  [runners.machine]\n    MachineOptions = [\"amazonec2-secret-key=abc\", \"zone=a\"]\n", "runners[0].machine.MachineOptions (amazonec2-secret-key)")]
    [InlineData("# password = \"abc\"\n[[runners]]\n", "a comment")]
    public void Secret_IsTakenOut_AndNamed(string toml, string path)
    {
        var clean = ConfigSecrets.TakeOut(toml);

        clean.Taken.ShouldHaveSingleItem().Path.ShouldBe(path);
        clean.Toml.ShouldNotContain("abc");
        clean.Toml.ShouldNotContain("pw@");
        ConfigSecrets.TakeOut(clean.Toml).Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[[runners]]\n  token = \"$CI_SERVER_TOKEN\"\n")]
    [InlineData("[[runners]]\n  environment = [\"A=b\", \"TOKEN=$OTHER\"]\n  # the token comes from a Secret\n")]
    [InlineData("[[runners]]\n  [runners.kubernetes]\n    image_pull_secrets = [\"registry-login\"]\n    bearer_token_overwrite_allowed = false\n")]
    public void Names_AreNoSecrets_AndTheTextStaysAsItIs(string toml) => ConfigSecrets.TakeOut(toml).ShouldSatisfyAllConditions(one => one.Taken.ShouldBeEmpty(), one => one.Toml.ShouldBe(toml));
}

using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class StoredSecretsTests
{
    [Theory]
    [InlineData("environment = [\"DB_PASS=hunter2\"]")]
    [InlineData("environment = [\"GH_PAT=hunter2\"]")]
    [InlineData("environment = [\"NPM=npm_hunter2hunter2hunter2hunter2\"]")]
    [InlineData("[runners.autoscaler.plugin_config]\nclient_secret = \"hunter2\"")]
    [InlineData("[[runners.kubernetes.volumes.csi]]\nname = \"x\"\n[runners.kubernetes.volumes.csi.volume_attributes]\npassword = \"hunter2\"")]
    [InlineData("[runners.machine]\nMachineOptionsWithName = [\"amazonec2-secret-key=hunter2\"]")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"redis\"\ncommand = [\"redis-server --requirepass hunter2 --password hunter2\"]")]
    public void Secrets_AreNeverStored(string lines)
    {
        var kept = ConfigSecrets.TakeOut($"[[runners]]\n{lines}\n");

        kept.Toml.ShouldNotContain("hunter2");
        kept.Taken.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("environment = [\"FF_MASK_ALL_DEFAULT_TOKENS=true\", \"FF_GIT_URLS_WITHOUT_TOKENS=true\"]")]
    [InlineData("environment = [\"AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/token\"]")]
    [InlineData("environment = [\"DEPLOY_TOKEN=$TOKEN\"]")]
    [InlineData("[runners.cache.gcs]\nCredentialsFile = \"/etc/gcs.json\"")]
    public void WhatOnlySoundsLikeOne_Stays(string lines)
    {
        var toml = $"[[runners]]\n{lines}\n";

        ConfigSecrets.TakeOut(toml).ShouldBe(new WithoutSecrets(toml, [], 0), toml);
    }
}

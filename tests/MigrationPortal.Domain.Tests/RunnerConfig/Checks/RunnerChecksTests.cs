using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>What each runner needs, its cache, its secrets and its flags.</summary>
public sealed class RunnerChecksTests
{
    [Theory]
    [InlineData("", "warning no-runners runners 1")]
    [InlineData("concurrent = 4", "warning no-runners runners 1")]
    [InlineData("[[runners]]\nname = \"x\"", "info template runners[0] 1")]
    [InlineData("[[runners]]\nurl = \"https://g.example.com\"\nexecutor = \"shell\"", "warning missing-key runners[0].token 1")]
    [InlineData("[[runners]]\ntoken = \"$T\"\nexecutor = \"shell\"", "warning missing-key runners[0].url 1")]
    [InlineData("[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"$T\"", "warning missing-key runners[0].executor 1")]
    [InlineData("[[runners]]\nurl = \"g.example.com\"\ntoken = \"$T\"\nexecutor = \"shell\"", "warning bad-value runners[0].url 2")]
    [InlineData("[[runners]]\nurl = \"https://g.example.com/ci\"\ntoken = \"$T\"\nexecutor = \"shell\"", "warning bad-value runners[0].url 2")]
    [InlineData("[[runners]]\nurl = \"$URL\"\ntoken = \"$T\"\nexecutor = \"shell\"", "")]
    [InlineData("[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"$T\"\nexecutor = \"shell\"\n[runners.docker]\nimage = \"x\"", "info unused-section runners[0].docker 5")]
    [InlineData("[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"$T\"\nexecutor = \"kubernetes\"", "warning unused-section runners[0].kubernetes 4")]
    [InlineData("[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"$T\"\nexecutor = \"docker+machine\"\n[runners.docker]\n[runners.machine]", "warning deprecated-executor runners[0].executor 4")]
    [InlineData("[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"$T\"\nexecutor = \"docker-autoscaler\"\n[runners.docker]\n[runners.autoscaler]", "")]
    [InlineData("listen_address = \"nowhere\"\n[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"$T\"\nexecutor = \"shell\"", "warning bad-value listen_address 1")]
    public void Runners(string toml, string expected) => Found(toml, "no-runners", "template", "missing-key", "bad-value", "unused-section", "deprecated-executor").ShouldBe(expected);

    [Theory]
    [InlineData("$T", "$T", "warning shared-token runners[1].token 6")]
    [InlineData("glrt-abcdefghij", "glrt-abcdefghij", "warning shared-token runners[1].token 6")]
    [InlineData("$T", "$U", "")]
    [InlineData("TOKEN", "TOKEN", "")]
    public void SharedToken(string one, string other, string expected) =>
        Found($"[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"{one}\"\n[[runners]]\nurl = \"https://g.example.com\"\ntoken = \"{other}\"", "shared-token").ShouldBe(expected);

    [Theory]
    [InlineData("", "warning missing-cache runners[0].cache 6")]
    [InlineData("[runners.cache]\nShared = true", "warning missing-cache runners[0].cache.Type 7")]
    [InlineData("[runners.cache]\nType = \"s3\"", "warning bad-cache runners[0].cache.s3 8")]
    [InlineData("[runners.cache]\nType = \"s3\"\n[runners.cache.s3]\nServerAddress = \"s3.example.com\"", "error bad-cache runners[0].cache.s3.BucketName 9")]
    [InlineData("[runners.cache]\nType = \"s3\"\n[runners.cache.s3]\nBucketName = \"x\"", "")]
    [InlineData("[runners.cache]\nType = \"s3\"\n[runners.cache.s3]\nBucketName = \"x\"\nAccessKey = \"REDACTED\"", "error bad-cache runners[0].cache.s3.AccessKey 9")]
    [InlineData("[runners.cache]\nType = \"s3\"\n[runners.cache.s3]\nBucketName = \"x\"\nAccessKey = \"REDACTED\"\nSecretKey = \"REDACTED\"", "warning bad-cache runners[0].cache.s3.ServerAddress 9")]
    [InlineData("[runners.cache]\nType = \"gcs\"\n[runners.cache.gcs]\nCredentialsFile = \"/x\"", "error bad-cache runners[0].cache.gcs.BucketName 9")]
    [InlineData("[runners.cache]\nType = \"azure\"\n[runners.cache.azure]\nContainerName = \"x\"\nAccountName = \"y\"", "")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"c\"\nmount_path = \"/cache\"", "")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"c\"\nmount_path = \"/cache\"", "warning missing-cache runners[0].cache 6")]
    public void Cache(string lines, string expected) => Found(ConfigText.Kubernetes(lines), "missing-cache", "bad-cache").ShouldBe(expected);

    [Theory]
    [InlineData("[[runners]]\ntoken = \"glrt-verysecretvalue1\"", "info secret-in-clear runners[0].token 2")]
    [InlineData("[[runners]]\ntoken = \"${TOKEN}\"", "")]
    [InlineData("[[runners]]\ntoken = \"REDACTED\"", "")]
    [InlineData("[[runners]]\ntoken = \"__REDACTED__\"", "")]
    [InlineData("[[runners]]\n[runners.kubernetes]\nbearer_token = \"verysecretvalue1\"", "warning secret-in-clear bearer_token 3")]
    [InlineData("[[runners]]\n[runners.cache.s3]\nAccessKey = \"verysecretvalue1\"\nSecretKey = \"verysecretvalue1\"", "warning secret-in-clear runners[0].cache.s3.AccessKey 3; warning secret-in-clear runners[0].cache.s3.SecretKey 4")]
    [InlineData("[[runners]]\n[runners.cache.s3]\nSecretKey = \"$S3_KEY\"", "error not-expanded runners[0].cache.s3.SecretKey 3")]
    [InlineData("[[runners]]\n[runners.cache.azure]\nAccountKey = \"verysecretvalue1\"", "warning secret-in-clear runners[0].cache.azure.AccountKey 3")]
    [InlineData("[[runners]]\nenvironment = [\"A=b\", \"DEPLOY_TOKEN=verysecretvalue1\"]", "warning secret-in-clear runners[0].environment 2")]
    [InlineData("[[runners]]\nenvironment = [\"DEPLOY_TOKEN=$OTHER\"]", "")]
    [InlineData("[[runners]]\n[runners.machine]\nMachineOptions = [\"amazonec2-secret-key=verysecretvalue1\"]", "warning secret-in-clear runners[0].machine.MachineOptions 3")]
    [InlineData("[[runners]]\n[runners.ssh]\npassword = \"verysecretvalue1\"", "warning secret-in-clear runners[0].ssh.password 3")]
    [InlineData("[[runners]]\n[runners.autoscaler.connector_config]\npassword = \"verysecretvalue1\"", "warning secret-in-clear runners[0].autoscaler.connector_config.password 3")]
    public void Secrets(string toml, string expected) => Found(toml, "secret-in-clear", "not-expanded").ShouldBe(expected);

    [Theory]
    [InlineData("[[runners]]\ntoken = \"glrt-verysecretvalue1\"\nexecutor = \"glrt-verysecretvalue1\nx")]
    [InlineData("[[runners]]\ntoken = glrt-verysecretvalue1-and-more-of-it")]
    [InlineData("[[runners]]\ntoken = [\"glrt-verysecretvalue1\"]\n[runners.cache.s3]\nSecretKey = 5\nAccessKey = \"verysecretvalue1\"\n[runners.kubernetes]\nbearer_token = {a = \"verysecretvalue1\"}")]
    [InlineData("[[runners]]\nenvironment = [\"PASSWORD=verysecretvalue1\", \"FF_TIMESTAMPS=verysecretvalue1\"]")]
    public void NoFinding_EverHoldsASecret(string toml)
    {
        var found = ValidateConfig.Of(toml);

        found.ShouldNotBeEmpty();
        found.ShouldAllBe(one => !$"{one.Key}{one.Message}{one.Remedy}".Contains("verysecretvalue1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[runners.feature_flags]\nFF_USE_FASTZIP = true", "")]
    [InlineData("[runners.feature_flags]\nFF_USE_FASTZPI = true", "warning unknown-flag runners[0].feature_flags.FF_USE_FASTZPI 8")]
    [InlineData("[runners.feature_flags]\nuse_fastzip = true", "warning unknown-flag runners[0].feature_flags.use_fastzip 8")]
    [InlineData("[runners.feature_flags]\nFF_NETWORK_PER_BUILD = true", "info unknown-flag runners[0].feature_flags.FF_NETWORK_PER_BUILD 8")]
    [InlineData("[runners.feature_flags]\nFF_USE_GO_CLOUD_WITH_CACHE_ARCHIVER = true", "warning unknown-flag runners[0].feature_flags.FF_USE_GO_CLOUD_WITH_CACHE_ARCHIVER 8")]
    public void Flags(string lines, string expected) => Found(ConfigText.Kubernetes(lines), "unknown-flag", "bad-value").ShouldBe(expected);

    [Theory]
    [InlineData("FF_USE_FASTZIP=true", "")]
    [InlineData("FF_USE_FASTZIP=yes", "error bad-value runners[0].environment 6")]
    [InlineData("FF_USE_FASTZIP", "error bad-value runners[0].environment 6")]
    [InlineData("FF_USE_FASTZIPS=1", "warning unknown-flag runners[0].environment 6")]
    public void Flags_OfTheEnvironment(string entry, string expected) => Found(ConfigText.Kubernetes("", $"environment = [\"{entry}\"]"), "unknown-flag", "bad-value").ShouldBe(expected);

    [Fact]
    public void Braces_AreHelms() => Found(ConfigText.Kubernetes("namespace = \"{{.Release.Namespace}}\""), "helm-template").ShouldBe("info helm-template namespace 7");

    [Fact]
    public void Metrics_AndBootVerify_AreMissed()
    {
        Found(ConfigText.Kubernetes(""), "no-metrics", "no-boot-verify").ShouldBe("info no-metrics listen_address 1; info no-boot-verify runners[0].experimental.boot_verify.enabled 2");
        ConfigText.Found(ConfigText.Kubernetes("", "[runners.experimental.boot_verify]\nenabled = true"), "no-boot-verify").ShouldBeEmpty();
        ConfigText.Found(ConfigText.Kubernetes(""), new Version(18, 9), null, "no-boot-verify").ShouldBeEmpty();
        Found("listen_address = \"127.0.0.1:9252\"\n" + ConfigText.Kubernetes(""), "no-metrics").ShouldBe("info no-metrics listen_address 1");
    }

    private static string Found(string toml, params string[] codes) => ConfigText.Found(toml, codes);
}

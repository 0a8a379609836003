using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class ConfigPathTests
{
    [Fact]
    public void Set_MakesTheWay_AndTakesEmptySectionsAway()
    {
        var document = ConfigDocument.Read("[[runners]]\n  name = \"x\"\n").Document!;

        ConfigPath.Set(document.Root, "runners[0].kubernetes.pod_security_context.run_as_user", new ConfigScalar(0L));
        ConfigPath.Set(document.Root, "runners[0].kubernetes.volumes.secret[0].name", new ConfigScalar("a"));
        ConfigField.Text(ConfigPath.Get(document.Root, "runners[0].kubernetes.pod_security_context.run_as_user")).ShouldBe("0");
        ConfigPath.Set(document.Root, "runners[0].kubernetes.pod_security_context.run_as_user", null);
        ConfigPath.Set(document.Root, "runners[0].kubernetes.nothing.here", null);

        document.Render().ShouldBe("[[runners]]\n  name = \"x\"\n\n  [runners.kubernetes]\n\n    [runners.kubernetes.volumes]\n\n      [[runners.kubernetes.volumes.secret]]\n        name = \"a\"\n");
    }

    [Theory]
    [InlineData("runners[].kubernetes.poll_timeout", "600", "600")]
    [InlineData("runners[].kubernetes.poll_timeout", "soon", null)]
    [InlineData("runners[].kubernetes.privileged", "false", "false")]
    [InlineData("runners[].kubernetes.privileged", "no", null)]
    [InlineData("runners[].kubernetes.cpu_limit", "500m", "\"500m\"")]
    [InlineData("runners[].kubernetes.allowed_images", "a/*\n\n b/** \n", "[\"a/*\", \"b/**\"]")]
    [InlineData("runners[].kubernetes.pod_security_context.supplemental_groups", "1\n2", "[1, 2]")]
    [InlineData("runners[].kubernetes.pod_security_context.supplemental_groups", "1\nx", null)]
    [InlineData("runners[].kubernetes.cleanup_resources_timeout", "5m", "\"5m\"")]
    [InlineData("runners[].kubernetes.cleanup_resources_timeout", "5", null)]
    [InlineData("runners[].kubernetes.node_tolerations", "ci=true = NoSchedule\nx =", "{\"ci=true\" = \"NoSchedule\", x = \"\"}")]
    [InlineData("runners[].kubernetes.node_tolerations", "no value", null)]
    [InlineData("runners[].feature_flags", "FF_A = true\nFF_B = 1", null)]
    [InlineData("runners[].kubernetes.retry_limits", "exceeded quota = 20", "{\"exceeded quota\" = 20}")]
    public void Field_IsReadByTheKeysType(string key, string text, string? toml)
    {
        var (node, problem) = ConfigField.Read(ConfigKeys.Find(key)!, text);

        (problem is null).ShouldBe(toml is not null);
        if (toml is null) return;
        var document = ConfigDocument.Read($"x = {toml}\n").Document!;
        node.ShouldNotBeNull().IsSame(document.Root["x"]!).ShouldBeTrue();
        ConfigField.Read(ConfigKeys.Find(key)!, ConfigField.Text(node)).Node!.IsSame(node).ShouldBeTrue();
    }
}

using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Faults that a configuration can have without any one key being wrong.</summary>
public sealed class LaterChecksTests
{
    private const string On = "[runners.feature_flags]\nFF_USE_ADVANCED_POD_SPEC_CONFIGURATION = true\n";

    [Theory]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_non_root = true", "error non-root-conflict pod_security_context.run_as_non_root 9")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_non_root = true\nrun_as_user = 1000", "")]
    [InlineData("[runners.kubernetes.build_container_security_context]\nrun_as_non_root = true", "")]
    [InlineData("[runners.kubernetes.helper_container_security_context]\nrun_as_non_root = true", "error non-root-conflict helper_container_security_context.run_as_non_root 9")]
    [InlineData("[runners.kubernetes.init_permissions_container_security_context]\nrun_as_non_root = true\nrun_as_user = 1", "")]
    [InlineData("helper_image_flavor = \"ubi-fips\"\n[runners.kubernetes.helper_container_security_context]\nrun_as_non_root = true", "warning non-root-conflict helper_container_security_context.run_as_non_root 10")]
    public void NonRoot_OfTheHelpersImage(string lines, string found) => ConfigText.Found(ConfigText.Kubernetes("image = \"a\"\n" + lines), CheckCodes.NonRootConflict).ShouldBe(found);

    [Theory]
    [InlineData("SYS_ADMIN", 1)]
    [InlineData("ALL", 1)]
    [InlineData("NET_BIND_SERVICE", 0)]
    public void StrongCapabilities_OfAContainer(string name, int count) =>
        ValidateConfig.Of(ConfigText.Kubernetes($"[runners.kubernetes.service_container_security_context.capabilities]\nadd = [\"{name}\"]")).Count(found => found.Code == CheckCodes.UnsafeProfile && found.Key.EndsWith("capabilities.add", StringComparison.Ordinal)).ShouldBe(count);

    [Theory]
    [InlineData("-1", 0)]
    [InlineData("-2", 1)]
    [InlineData("4", 0)]
    public void ServicesLimit(string value, int count) => ValidateConfig.Of($"[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nservices_limit = {value}\n").Count(found => found.Code == CheckCodes.BadValue).ShouldBe(count);

    [Theory]
    [InlineData("* 8-17 * JAN MON-FRI", true)]
    [InlineData("* * * * mon,WED", true)]
    [InlineData("* * * * foo", false)]
    [InlineData("MON * * * *", false)]
    [InlineData("* * * MON *", false)]
    [InlineData("* * * * monday", false)]
    public void NamesOfSchedules(string period, bool valid) =>
        ValidateConfig.Of(ConfigText.Kubernetes($"[[runners.kubernetes.autoscaler.policy]]\nperiods = [\"{period}\"]")).Any(found => found.Code == CheckCodes.BadSchedule).ShouldBe(!valid);

    [Theory]
    [InlineData("registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper:x86_64-v18.1.0", "19.3.0", "warning")]
    [InlineData("h:x86_64-v19.3.1", "19.3.0", "info")]
    [InlineData("h:x86_64-v19.3.0", "19.3.0", "")]
    [InlineData("h:x86_64-latest", "19.3.0", "warning")]
    [InlineData("h:x86_64-v${CI_RUNNER_VERSION}", "19.3.0", "")]
    [InlineData("h:ours", "19.3.0", "")]
    [InlineData("h", "19.3.0", "warning")]
    public void HelperOfAnotherRelease(string image, string target, string severity) =>
        string.Join(';', ValidateConfig.Of(ConfigText.Kubernetes($"helper_image = \"{image}\""), Version.Parse(target)).Where(found => found.Code == CheckCodes.HelperSkew).Select(found => found.Severity.ToString().ToLowerInvariant())).ShouldBe(severity);

    [Theory]
    [InlineData(PodSecurityLevel.Baseline, "hostNetwork: true", "hostNetwork")]
    [InlineData(PodSecurityLevel.Baseline, "containers: [{name: build, securityContext: {privileged: true}}]", "privileged build")]
    [InlineData(PodSecurityLevel.Baseline, "containers: [{name: helper, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]", "SYS_ADMIN")]
    [InlineData(PodSecurityLevel.Baseline, "volumes: [{name: a, hostPath: {path: /}}]", "hostPath")]
    [InlineData(PodSecurityLevel.Baseline, "securityContext: {sysctls: [{name: kernel.msgmax, value: \"1\"}]}", "kernel.msgmax")]
    [InlineData(PodSecurityLevel.Baseline, "securityContext: {sysctls: [{name: net.ipv4.ping_group_range, value: \"0 1\"}]}", null)]
    [InlineData(PodSecurityLevel.Restricted, "volumes: [{name: a, nfs: {server: x, path: /}}]", "kind nfs")]
    [InlineData(PodSecurityLevel.Privileged, "hostNetwork: true", null)]
    public void PodSecurity_OfPatches(PodSecurityLevel level, string patch, string? says)
    {
        var found = ValidateConfig.Of($"[[runners]]\nexecutor = \"kubernetes\"\n{On}[runners.kubernetes]\n[[runners.kubernetes.pod_spec]]\npatch = '''\n{patch}\n'''\n", null, new() { PodSecurity = level }).Where(one => one.Code == CheckCodes.PodSecurityRefuses && one.Key.EndsWith("pod_spec", StringComparison.Ordinal)).ToList();
        if (says is null) found.ShouldBeEmpty();
        else found.ShouldContain(one => one.Message.Contains(says));
    }

    [Fact]
    public void PodSecurity_ThatAPatchFulfils_IsFulfilled()
    {
        const string All = "securityContext: {seccompProfile: {type: RuntimeDefault}, runAsNonRoot: true, runAsUser: 1000}";
        var toml = $"[[runners]]\nexecutor = \"kubernetes\"\n{On}[runners.kubernetes]\nallow_privilege_escalation = false\ncap_drop = [\"ALL\"]\n[[runners.kubernetes.pod_spec]]\npatch = '''\n{All}\n'''\n";
        ValidateConfig.Of(toml, null, new() { PodSecurity = PodSecurityLevel.Restricted }).ShouldNotContain(one => one.Code == CheckCodes.PodSecurityRefuses);
        ValidateConfig.Of(toml.Replace("CONFIGURATION = true", "CONFIGURATION = false"), null, new() { PodSecurity = PodSecurityLevel.Restricted }).ShouldContain(one => one.Code == CheckCodes.PodSecurityRefuses);
    }

    [Theory]
    [InlineData("[\"node\"]", new long[] { RunnerProfile.Nobody })]
    [InlineData("[\"node\", \"1000\"]", new long[] { RunnerProfile.Nobody, 1000 })]
    [InlineData("[]", new long[0])]
    public void NamesOfAnAllowlist_AreNoEmptyList(string list, long[] ids) =>
        ProfileOfConfig.Of(ConfigDocument.Read(ConfigText.Kubernetes($"allowed_users = {list}")).Document!).ShouldNotBeNull().AllowedUsers.ShouldBe(ids);
}

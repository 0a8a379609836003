using System.Text.Json;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.RunnerConfig;

namespace MigrationPortal.Domain.Tests.Readiness;

public sealed class ProfileOfConfigTests
{
    private const string Build = "[runners.kubernetes.build_container_security_context]\n";
    private const string Pod = "[runners.kubernetes.pod_security_context]\n";
    private const string Patch = "[runners.feature_flags]\nFF_USE_ADVANCED_POD_SPEC_CONFIGURATION = true\n[[runners.kubernetes.pod_spec]]\npatch = ";

    [Fact]
    public void NothingSet_IsTheDefault() => JsonSerializer.Serialize(Of("")).ShouldBe(JsonSerializer.Serialize(RunnerProfile.Default));

    [Fact]
    public void NoKubernetesRunner_IsNone() => ProfileOfConfig.Of(ConfigDocument.Read("[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nimage = \"x\"").Document!).ShouldBeNull();

    [Theory]
    [InlineData("privileged = true", true, true)]
    [InlineData("privileged = true\n" + Build + "privileged = false", false, true)]
    [InlineData("[runners.kubernetes.service_container_security_context]\nprivileged = true", false, true)]
    [InlineData(Patch + "\"containers: [{name: build, securityContext: {privileged: true}}]\"", true, false)]
    public void Privileges(string lines, bool build, bool services) => (Of(lines).PrivilegedBuild, Of(lines).PrivilegedServices).ShouldBe((build, services));

    [Theory]
    [InlineData("", null, false)]
    [InlineData(Pod + "run_as_user = 5\nrun_as_non_root = true", 5L, true)]
    [InlineData(Pod + "run_as_user = 5\nrun_as_non_root = true\n" + Build + "run_as_user = 0\nrun_as_non_root = false", 0L, false)]
    [InlineData("[runners.kubernetes.helper_container_security_context]\nrun_as_user = 5", null, false)]
    [InlineData(Pod + "run_as_user = 5\n" + Patch + "\"containers: [{name: build, securityContext: {runAsUser: 7}}]\"", 7L, false)]
    public void Identity(string lines, long? user, bool nonRoot) => (Of(lines).RunAsUser, Of(lines).RunAsNonRoot).ShouldBe((user, nonRoot));

    [Fact]
    public void Lists_AreTakenOver()
    {
        var profile = Of("allowed_images = [\"a/**\"]\nallowed_services = [\"b\"]\nallowed_users = [\"1000\", \"node\", \"0\"]\nallowed_groups = [\"5\"]\npull_policy = [\"always\"]\nallowed_pull_policies = [\"always\", \"never\"]");

        profile.AllowedImages.ShouldBe(["a/**"]);
        profile.AllowedServices.ShouldBe(["b"]);
        profile.AllowedUsers.ShouldBe([1000, RunnerProfile.Nobody, 0]);
        profile.AllowedGroups.ShouldBe([5]);
        profile.AllowedPullPolicies.ShouldBe(["always", "never"]);
        Of("pull_policy = \"always\"").AllowedPullPolicies.ShouldBe(["always"]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("[runners.cache]\nType = \"s3\"", true)]
    [InlineData("[runners.cache]\nType = \"local\"", false)]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"c\"\nmount_path = \"/cache\"", true)]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"c\"\nmount_path = \"/cache\"", false)]
    public void Cache(string lines, bool has) => Of(lines).HasCache.ShouldBe(has);

    [Fact]
    public void Resources_AreBytesAndCores_AndOverwritesByTheirVariables()
    {
        var profile = Of("memory_limit = \"2Gi\"\ncpu_limit = \"1500m\"\nmemory_limit_overwrite_max_allowed = \"8Gi\"\nhelper_cpu_limit_overwrite_max_allowed = \"2\"\nservice_ephemeral_storage_request_overwrite_max_allowed = \"1Gi\"\npod_cpu_limit_overwrite_max_allowed = \"4\"\nnamespace_overwrite_allowed = \"^ci$\"\npod_labels_overwrite_allowed = \"\"\nbearer_token_overwrite_allowed = true\nnode_selector_overwrite_allowed = \".*\"");

        (profile.MemoryLimit, profile.CpuLimit).ShouldBe((2L << 30, 1.5));
        profile.OverwriteLimits.Select(one => $"{one.Key}={one.Value}").Order().ShouldBe(
            ["KUBERNETES_BEARER_TOKEN=.*", "KUBERNETES_HELPER_CPU_LIMIT=2", "KUBERNETES_MEMORY_LIMIT=8Gi", "KUBERNETES_NAMESPACE_OVERWRITE=^ci$", "KUBERNETES_NODE_SELECTOR_*=.*", "KUBERNETES_POD_CPU_LIMIT=4", "KUBERNETES_SERVICE_EPHEMERAL_STORAGE_REQUEST=1Gi"]);
        Of(Patch + "\"containers: [{name: build, resources: {limits: {memory: 1Gi, nvidia.com/gpu: 1}}}]\"").ShouldSatisfyAllConditions(one => one.MemoryLimit.ShouldBe(1L << 30), one => one.Devices.ShouldBe(["nvidia.com/gpu"]));
    }

    [Theory]
    [InlineData("cap_add = [\"NET_RAW\", \"SYS_PTRACE\"]", "NET_RAW SYS_PTRACE")]
    [InlineData("cap_add = [\"NET_RAW\"]\ncap_drop = [\"NET_RAW\"]", "")]
    [InlineData(Build + "capabilities = {add = [\"NET_RAW\"]}", "")]
    [InlineData("cap_add = [\"NET_RAW\"]\n" + Build + "capabilities = {add = [\"NET_ADMIN\"]}", "NET_ADMIN")]
    [InlineData("cap_add = [\"NET_RAW\"]\n" + Build + "capabilities = {drop = [\"ALL\"]}", "")]
    [InlineData(Patch + "\"containers: [{name: build, securityContext: {capabilities: {add: [NET_RAW]}}}]\"", "NET_RAW")]
    public void Capabilities_AreThoseThatComeOut(string lines, string expected) => string.Join(' ', Of(lines).Capabilities).ShouldBe(expected);

    [Theory]
    [InlineData(Patch + "\"securityContext: {sysctls: [{name: net.ipv4.ping_group_range, value: '0 2147483647'}]}\"", true)]
    [InlineData(Patch + "\"securityContext: {sysctls: [{name: net.ipv4.ping_group_range, value: '1 0'}]}\"", false)]
    [InlineData("[[runners.kubernetes.pod_spec]]\npatch = \"securityContext: {sysctls: [{name: net.ipv4.ping_group_range, value: '0 2147483647'}]}\"", false)]
    [InlineData(Patch + "'[{\"op\": \"add\", \"path\": \"/securityContext/sysctls\", \"value\": [{\"name\": \"net.ipv4.ping_group_range\", \"value\": \"0 2147483647\"}]}]'\npatch_type = \"json\"", true)]
    public void Ping_NeedsTheSysctl_AndItsFlag(string lines, bool allowed) => Of(lines).AllowsPing.ShouldBe(allowed);

    [Theory]
    [InlineData("[runners.kubernetes.node_selector]\n\"kubernetes.io/arch\" = \"arm64\"", "arm64", false)]
    [InlineData("[runners.kubernetes.node_selector]\n\"karpenter.sh/capacity-type\" = \"spot\"", "amd64", true)]
    [InlineData("[runners.kubernetes.node_tolerations]\n\"kubernetes.azure.com/scalesetpriority=spot\" = \"NoSchedule\"", "amd64", true)]
    [InlineData("[runners.kubernetes.node_tolerations]\n\"ci\" = \"NoSchedule\"", "amd64", false)]
    [InlineData("[[runners.kubernetes.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_terms]]\n[[runners.kubernetes.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_terms.match_expressions]]\nkey = \"kubernetes.io/arch\"\noperator = \"In\"\nvalues = [\"amd64\", \"arm64\"]", "amd64 arm64", false)]
    public void Nodes(string lines, string architectures, bool spot) => (string.Join(' ', Of(lines).Architectures), Of(lines).OnSpotNodes).ShouldBe((architectures, spot));

    [Theory]
    [InlineData("[runners.kubernetes.build_container_security_context.app_armor_profile]\ntype = \"Unconfined\"", true)]
    [InlineData("[runners.kubernetes.build_container_security_context.seccomp_profile]\ntype = \"Unconfined\"", false)]
    [InlineData("[runners.kubernetes.pod_security_context.seccomp_profile]\ntype = \"RuntimeDefault\"\n[runners.kubernetes.build_container_security_context.app_armor_profile]\ntype = \"Unconfined\"", false)]
    [InlineData(Patch + "\"hostUsers: false\"", true)]
    public void Unconfined(string lines, bool expected) => Of(lines).Unconfined.ShouldBe(expected);

    [Fact]
    public void TheRest_IsTakenOver()
    {
        var profile = Of("poll_timeout = 900\n[[runners.kubernetes.volumes.empty_dir]]\nname = \"shm\"\nmount_path = \"/dev/shm\"\n[[runners.kubernetes.volumes.host_path]]\nname = \"kvm\"\nmount_path = \"/dev/kvm\"\n[runners.feature_flags]\nFF_KUBERNETES_HONOR_ENTRYPOINT = true");

        (profile.PollTimeoutSeconds, profile.HonorsEntrypoint).ShouldBe((900, true));
        profile.Mounts.ShouldBe(["/dev/kvm", "/dev/shm"], ignoreOrder: true);
        profile.Devices.ShouldBe(["/dev/kvm"]);
    }

    [Fact]
    public void DockerRunnersBesideIt_SayWhatJobsAreUsedTo()
    {
        var profile = ProfileOfConfig.Of(ConfigDocument.Read("[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nvolumes = [\"/cache\", \"/srv:/data:ro\"]\nextra_hosts = [\"db:10.0.0.1\"]\n[[runners]]\nexecutor = \"kubernetes\"\n").Document!).ShouldNotBeNull();

        profile.OldMounts.ShouldBe(["/cache", "/data"]);
        profile.OldHosts.ShouldBe(["db"]);
    }

    private static RunnerProfile Of(string lines) => ProfileOfConfig.Of(ConfigDocument.Read($"[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\n{lines}\n").Document.ShouldNotBeNull()).ShouldNotBeNull();
}

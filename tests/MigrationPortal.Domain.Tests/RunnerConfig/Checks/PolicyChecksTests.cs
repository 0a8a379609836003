using MigrationPortal.Domain.RunnerConfig;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Identity, capabilities, what is unsafe, and patches that undo the rest.</summary>
public sealed class PolicyChecksTests
{
    private const string Pod = "[runners.kubernetes.pod_security_context]\n";
    private const string Build = "[runners.kubernetes.build_container_security_context]\n";
    private const string Service = "[runners.kubernetes.service_container_security_context]\n";
    private const string Flag = "[runners.feature_flags]\nFF_USE_ADVANCED_POD_SPEC_CONFIGURATION = true";

    [Theory]
    [InlineData("allowed_users = [\"1000\"]\n" + Pod + "run_as_user = 1000", "warning dead-allowlist allowed_users 7")]
    [InlineData("allowed_users = [\"1000\"]\n" + Build + "run_as_user = 1000\n" + Service + "run_as_user = 1000", "warning dead-allowlist allowed_users 7")]
    [InlineData("allowed_users = [\"1000\"]\n" + Build + "run_as_user = 0", "warning dead-allowlist allowed_users 7")]
    [InlineData("allowed_groups = [\"1000\"]\n" + Pod + "run_as_group = 1", "warning dead-allowlist allowed_groups 7")]
    [InlineData("allowed_users = [\"1000\"]\nallowed_groups = [\"1000\"]\n" + Pod + "run_as_user = 1\nrun_as_group = 1", "warning dead-allowlist allowed_users 7; warning dead-allowlist allowed_groups 8")]
    [InlineData("allowed_users = [\"1000\"]\n" + Pod + "run_as_group = 1\nfs_group = 1\nrun_as_non_root = true", "error non-root-conflict pod_security_context.run_as_non_root 11")]
    [InlineData("allowed_users = [\"1000\"]\n" + Service + "run_as_user = 1", "")]
    [InlineData("allowed_users = [\"1000\"]\n[runners.kubernetes.helper_container_security_context]\nrun_as_user = 1", "")]
    [InlineData("allowed_users = [\"1000\", \"node\"]", "warning bad-allowlist allowed_users 7")]
    [InlineData("allowed_users = [\"node\"]", "error bad-allowlist allowed_users 7")]
    [InlineData("allowed_groups = [\"-1\"]", "error bad-allowlist allowed_groups 7")]
    [InlineData("allowed_users = [\"0\"]", "warning root-allowed allowed_users 7")]
    [InlineData("allowed_users = [\"00\", \"1\"]", "warning root-allowed allowed_users 7")]
    [InlineData("allowed_users = []", "")]
    [InlineData(Pod + "run_as_non_root = true\nrun_as_user = 0", "error non-root-conflict pod_security_context.run_as_user 9")]
    [InlineData(Pod + "run_as_non_root = true\n" + Build + "run_as_user = 0", "error non-root-conflict pod_security_context.run_as_non_root 8; error non-root-conflict build_container_security_context.run_as_user 10")]
    [InlineData(Pod + "run_as_non_root = true\n" + Build + "run_as_user = 0\nrun_as_non_root = false", "error non-root-conflict pod_security_context.run_as_non_root 8")]
    [InlineData(Pod + "run_as_non_root = true\nrun_as_user = 1", "")]
    public void Identity(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "dead-allowlist", "bad-allowlist", "root-allowed", "non-root-conflict").ShouldBe(expected);

    [Theory]
    [InlineData("", "info root-possible pod_security_context.run_as_non_root 6")]
    [InlineData("allowed_users = [\"1000\"]", "warning root-possible allowed_users 7")]
    [InlineData(Pod + "run_as_user = 0", "warning root-possible pod_security_context.run_as_user 8")]
    [InlineData(Build + "run_as_user = 0", "warning root-possible build_container_security_context.run_as_user 8")]
    [InlineData("allowed_users = [\"1000\"]\n" + Pod + "run_as_non_root = true", "")]
    [InlineData(Pod + "run_as_user = 1000", "")]
    public void RootPossible(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "root-possible").ShouldBe(expected);

    [Theory]
    [InlineData("cap_add = [\"NET_RAW\"]", "")]
    [InlineData("cap_add = [\"NET_RAW\"]\ncap_drop = [\"NET_RAW\"]", "error capability-trap cap_add 7")]
    [InlineData("cap_add = [\"CAP_NET_RAW\"]", "error capability-trap cap_add 7")]
    [InlineData("cap_drop = [\"ALL\"]", "")]
    [InlineData(Build + "capabilities = {add = [\"NET_RAW\"]}", "error capability-trap build_container_security_context.capabilities.add 8")]
    [InlineData("cap_add = [\"NET_RAW\"]\n" + Build + "capabilities = {add = [\"NET_RAW\"]}", "")]
    [InlineData(Build + "capabilities = {drop = [\"SYS_ADMIN\"]}", "warning capability-trap build_container_security_context.capabilities.drop 8")]
    [InlineData(Build + "capabilities = {drop = []}", "warning capability-trap build_container_security_context.capabilities.drop 8")]
    [InlineData(Build + "capabilities = {drop = [\"ALL\"]}", "")]
    [InlineData(Build + "capabilities = {drop = [\"NET_RAW\", \"MKNOD\"]}", "")]
    [InlineData("cap_add = [\"SYS_PTRACE\"]\n" + Service + "capabilities = {add = [\"NET_ADMIN\"]}", "warning capability-trap service_container_security_context.capabilities.add 9")]
    [InlineData("cap_drop = [\"MKNOD\"]\n" + Build + "capabilities = {drop = [\"NET_RAW\"]}", "warning capability-trap build_container_security_context.capabilities.drop 9")]
    [InlineData("cap_add = [\"NET_ROW\"]", "error bad-value cap_add 7")]
    [InlineData("cap_add = [\"net_admin\"]", "")]
    public void Capability(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "capability-trap", "bad-value").ShouldBe(expected);

    [Theory]
    [InlineData("", "NET_RAW", null)]
    [InlineData("cap_add = [\"NET_RAW\"]", null, "NET_RAW")]
    [InlineData("cap_drop = [\"MKNOD\"]", "NET_RAW,MKNOD", null)]
    [InlineData(Build + "capabilities = {add = [\"NET_RAW\"]}", "NET_RAW", "NET_RAW")]
    [InlineData(Build + "capabilities = {drop = [\"SYS_ADMIN\"]}", "SYS_ADMIN", null)]
    [InlineData(Build + "capabilities = {drop = []}", "", null)]
    [InlineData("cap_add = [\"A\", \"B\"]\ncap_drop = [\"B\"]\n" + Build + "capabilities = {add = [\"C\"]}", "NET_RAW,B", "C")]
    [InlineData("[runners.kubernetes.node_selector]\n\"kubernetes.io/os\" = \"windows\"", null, null)]
    public void Capabilities_ComeOutAsTheExecutorMergesThem(string lines, string? drop, string? add)
    {
        var merged = Capabilities.Of(KubernetesSection.Of(ConfigDocument.Read(ConfigText.Kubernetes(lines)).Document!)[0], "build");

        (merged.Drop is null ? null : string.Join(',', merged.Drop)).ShouldBe(drop);
        (merged.Add is null ? null : string.Join(',', merged.Add)).ShouldBe(add);
    }

    [Theory]
    [InlineData("automount_service_account_token = false", "")]
    [InlineData("automount_service_account_token = true", "warning unsafe-profile automount_service_account_token 7")]
    [InlineData("", "info unsafe-profile automount_service_account_token 6")]
    [InlineData("service_account = \"deployer\"", "warning unsafe-profile automount_service_account_token 6")]
    [InlineData("automount_service_account_token = false\nprivileged = true", "warning unsafe-profile privileged 8")]
    [InlineData("automount_service_account_token = false\nprivileged = false", "")]
    [InlineData("automount_service_account_token = false\n" + Build + "privileged = true", "warning unsafe-profile build_container_security_context.privileged 9")]
    [InlineData("automount_service_account_token = false\n" + Service + "privileged = true", "warning unsafe-profile service_container_security_context.privileged 9")]
    [InlineData("automount_service_account_token = false\nallowed_services = [\"docker:*-dind\"]\n" + Service + "privileged = true", "info unsafe-profile service_container_security_context.privileged 10")]
    [InlineData("automount_service_account_token = false\ncap_add = [\"SYS_ADMIN\"]", "warning unsafe-profile cap_add 8")]
    [InlineData("automount_service_account_token = false\n" + Build + "capabilities = {add = [\"ALL\"]}", "warning unsafe-profile build_container_security_context.capabilities.add 9")]
    [InlineData("automount_service_account_token = false\nallow_privilege_escalation = true", "info unsafe-profile allow_privilege_escalation 8")]
    [InlineData("automount_service_account_token = false\nbearer_token_overwrite_allowed = true", "info unsafe-profile bearer_token_overwrite_allowed 8")]
    [InlineData("automount_service_account_token = false\n[[runners.kubernetes.volumes.host_path]]\nname = \"d\"\nmount_path = \"/var/run/docker.sock\"", "warning unsafe-profile volumes.host_path[0] 8")]
    [InlineData("automount_service_account_token = false\n[[runners.kubernetes.volumes.host_path]]\nname = \"d\"\nmount_path = \"/cache\"\nhost_path = \"/srv\"", "warning unsafe-profile volumes.host_path[0] 8")]
    public void Unsafe(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "unsafe-profile").ShouldBe(expected);

    [Fact]
    public void Unsafe_TheDockerSocket_IsCalledWhatItIs() =>
        ConfigText.Only(ConfigText.Kubernetes("automount_service_account_token = false\n[[runners.kubernetes.volumes.host_path]]\nname = \"d\"\nmount_path = \"/x\"\nhost_path = \"/run/containerd/containerd.sock\""), "unsafe-profile").Message.ShouldContain("container runtime of the node");

    [Theory]
    // Off, both, none, broken.
    [InlineData("patch = \"hostUsers: false\"", false, "error pod-spec-off pod_spec 7")]
    [InlineData("patch = \"hostUsers: false\"", true, "")]
    [InlineData("patch = \"hostUsers: false\"\npatch_path = \"/x\"", true, "error bad-pod-spec pod_spec[0].patch_path 9; warning pod-spec-defeats-policy pod_spec[0].patch_path 9")]
    [InlineData("patch_type = \"json\"", true, "error bad-pod-spec pod_spec[0].patch 7")]
    [InlineData("patch = \"a: [\"", true, "error bad-pod-spec pod_spec[0].patch 8")]
    [InlineData("patch = \"- a\"", true, "error bad-pod-spec pod_spec[0].patch 8")]
    [InlineData("patch = \"hostUsers: false\"\npatch_type = \"json\"", true, "error bad-pod-spec pod_spec[0].patch 8")]
    [InlineData("patch = '[{\"op\": \"put\", \"path\": \"/hostUsers\"}]'\npatch_type = \"json\"", true, "error bad-pod-spec pod_spec[0].patch 8")]
    [InlineData("patch = '[{\"op\": \"add\", \"path\": \"/hostUsers\"}]'\npatch_type = \"json\"", true, "error bad-pod-spec pod_spec[0].patch 8")]
    [InlineData("patch = '[{\"op\": \"add\", \"path\": \"/hostUsers\", \"value\": false}]'\npatch_type = \"json\"", true, "")]
    [InlineData("patch = \"spec: {hostUsers: false}\"", true, "error bad-pod-spec pod_spec[0].patch 8")]
    [InlineData("patch = \"containers: [{name: build, stdin: true}]\"\npatch_type = \"merge\"", true, "error bad-pod-spec pod_spec[0].patch_type 9")]
    // Defeats.
    [InlineData("patch = \"hostNetwork: true\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"hostPID: true\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"hostNetwork: false\"", true, "")]
    [InlineData("patch = \"volumes: [{name: h, hostPath: {path: /}}]\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"containers: [{name: build, securityContext: {privileged: true}}]\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"containers: [{name: build, securityContext: {privileged: false}}]\"", true, "")]
    [InlineData("patch = \"containers: [{name: build, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"containers: [{name: build, securityContext: null}]\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"securityContext: {runAsUser: 0}\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"serviceAccountName: admin\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"automountServiceAccountToken: true\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = \"automountServiceAccountToken: false\"", true, "")]
    [InlineData("patch = '[{\"op\": \"add\", \"path\": \"/containers/0/securityContext/privileged\", \"value\": true}]'\npatch_type = \"json\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = '[{\"op\": \"remove\", \"path\": \"/containers/1/securityContext\"}]'\npatch_type = \"json\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    [InlineData("patch = '[{\"op\": \"replace\", \"path\": \"/securityContext\", \"value\": {\"runAsUser\": 0}}]'\npatch_type = \"json\"", true, "warning pod-spec-defeats-policy pod_spec[0].patch 8")]
    // Nothing to do with policies.
    [InlineData("patch = \"containers: [{name: build, resources: {limits: {'nvidia.com/gpu': 1}}}]\"", true, "")]
    [InlineData("patch = \"securityContext: {sysctls: [{name: net.ipv4.ping_group_range, value: '0 2147483647'}]}\"", true, "")]
    [InlineData("patch = '''\nvolumes:\n- name: credentials\n  projected: {sources: [{secret: {name: docker-config}}]}\ncontainers:\n- name: build\n  volumeMounts: [{name: credentials, mountPath: /credentials, readOnly: true}]\n'''", true, "")]
    public void PodSpec(string lines, bool isOn, string expected)
    {
        var toml = ConfigText.Kubernetes($"[[runners.kubernetes.pod_spec]]\n{lines}\n{(isOn ? Flag : "")}");
        ConfigText.Found(toml, "pod-spec-off", "bad-pod-spec", "pod-spec-defeats-policy").ShouldBe(expected);
    }

    [Theory]
    [InlineData("privileged = false", "containers: [{name: build, securityContext: {privileged: true}}]", "error", "privileged")]
    [InlineData("allowed_users = [\"1000\"]", "containers: [{name: build, securityContext: {runAsUser: 0}}]", "error", "allowed_users")]
    [InlineData(Build + "run_as_user = 1000", "containers: [{name: build, securityContext: {runAsUser: 2000}}]", "error", "build_container_security_context.run_as_user")]
    [InlineData(Pod + "run_as_non_root = true", "securityContext: {runAsNonRoot: false}", "error", "pod_security_context.run_as_non_root")]
    [InlineData(Pod + "run_as_non_root = true", "containers: [{name: helper, securityContext: {runAsNonRoot: false}}]", "error", "pod_security_context.run_as_non_root")]
    [InlineData("cap_drop = [\"ALL\"]", "containers: [{name: build, securityContext: {capabilities: {add: [NET_ADMIN]}}}]", "error", "cap_drop")]
    [InlineData("automount_service_account_token = false", "automountServiceAccountToken: true", "error", "automount_service_account_token")]
    [InlineData("service_account = \"jobs\"", "serviceAccountName: admin", "error", "service_account")]
    [InlineData("allow_privilege_escalation = false", "containers: [{name: svc-0, securityContext: {allowPrivilegeEscalation: true}}]", "error", "allow_privilege_escalation")]
    [InlineData("memory_limit = \"1Gi\"", "containers: [{name: build, resources: {limits: {memory: 8Gi}}}]", "warning", "memory_limit")]
    [InlineData("helper_cpu_request = \"1\"", "containers: [{name: helper, resources: {requests: {cpu: 2}}}]", "warning", "helper_cpu_request")]
    [InlineData("allowed_images = [\"a/*\"]", "containers: [{name: build, image: b}]", "warning", "allowed_images")]
    [InlineData("[runners.kubernetes.build_container_security_context.seccomp_profile]\ntype = \"RuntimeDefault\"", "containers: [{name: build, securityContext: {seccompProfile: {type: Unconfined}}}]", "error", "build_container_security_context.seccomp_profile.type")]
    public void PodSpec_NamesTheKeyThatItUndoes(string lines, string patch, string severity, string undone)
    {
        var found = ConfigText.Only(ConfigText.Kubernetes($"{lines}\n[[runners.kubernetes.pod_spec]]\npatch = \"{patch}\"\n{Flag}"), "pod-spec-defeats-policy");

        found.Severity.ToString().ToLowerInvariant().ShouldBe(severity);
        found.Message.ShouldContain($"It undoes {undone}");
    }

    [Theory]
    [InlineData(Build + "run_as_user = 1000", "containers: [{name: build, securityContext: {runAsUser: 1000}}]")]
    [InlineData("service_account = \"jobs\"", "serviceAccountName: jobs")]
    [InlineData("scheduler_name = \"x\"\ndns_policy = \"none\"\n[runners.kubernetes.dns_config]\nnameservers = [\"10.0.0.1\"]", "schedulerName: x")]
    public void PodSpec_ThatSaysTheSame_UndoesNothing(string lines, string patch) =>
        ConfigText.Found(ConfigText.Kubernetes($"{lines}\n[[runners.kubernetes.pod_spec]]\npatch = \"{patch}\"\n{Flag}"), "pod-spec-defeats-policy").ShouldBeEmpty();

    [Fact]
    public void PodSpec_OfManyAliases_EndsSoon()
    {
        var bomb = string.Join('\n', Enumerable.Range(0, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat(i == 0 ? "x" : $"*a{i - 1}", 9))}]"));
        ConfigText.Found(ConfigText.Kubernetes($"[[runners.kubernetes.pod_spec]]\npatch = '''\n{bomb}\n'''\n{Flag}"), "bad-pod-spec").ShouldStartWith("error bad-pod-spec");
    }
}

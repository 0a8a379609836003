using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Keys that are not known, not there, gone, or not yet read.</summary>
public sealed class KeyChecksTests
{
    [Theory]
    // Lost and added underscores, capitals, colons of Go's tags.
    [InlineData("[runners.kubernetes.podsecuritycontext]\nrunasuser = 1000", "error unknown-key podsecuritycontext 7", "pod_security_context")]
    [InlineData("[runners.kubernetes.buildcontainersecuritycontext]", "error unknown-key buildcontainersecuritycontext 7", "build_container_security_context")]
    [InlineData("[runners.kubernetes.helper-container-security-context]", "error unknown-key helper-container-security-context 7", "helper_container_security_context")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrunasuser = 1000", "error unknown-key pod_security_context.runasuser 8", "run_as_user")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrunAsNonRoot = true", "error unknown-key pod_security_context.runAsNonRoot 8", "run_as_non_root")]
    [InlineData("[runners.kubernetes.pod_security_context]\nfsGroup = 1", "error unknown-key pod_security_context.fsGroup 8", "fs_group")]
    [InlineData("allowPrivilegeEscalation = false", "error unknown-key allowPrivilegeEscalation 7", "allow_privilege_escalation")]
    [InlineData("serviceAccountName = \"x\"", "error unknown-key serviceAccountName 7", "service_account")]
    [InlineData("service_account_name = \"x\"", "error unknown-key service_account_name 7", "service_account")]
    [InlineData("image_pull_policy = \"always\"", "error unknown-key image_pull_policy 7", "pull_policy")]
    [InlineData("imagePullSecrets = [\"x\"]", "error unknown-key imagePullSecrets 7", "image_pull_secrets")]
    [InlineData("[runners.kubernetes.\"pod_security_context,omitempty\"]", "error unknown-key pod_security_context,omitempty 7", "pod_security_context")]
    [InlineData("[runners.kubernetes.build_container_security_context.\"capabilities,omitempty\"]", "error unknown-key build_container_security_context.capabilities,omitempty 7", "capabilities")]
    [InlineData("[runners.kubernetes.tolerations]", "error unknown-key tolerations 7", "node_tolerations")]
    // Slips of a letter or two.
    [InlineData("memory_limt = \"1Gi\"", "error unknown-key memory_limt 7", "memory_limit")]
    [InlineData("cpu_requests = \"1\"", "error unknown-key cpu_requests 7", "cpu_request")]
    [InlineData("privilegde = true", "error unknown-key privilegde 7", "privileged")]
    [InlineData("node_selectors = {}", "error unknown-key node_selectors 7", "node_selector")]
    [InlineData("namepsace = \"ci\"", "error unknown-key namepsace 7", "namespace")]
    [InlineData("[[runners.kubernetes.service]]\nname = \"x\"", "error unknown-key service 7", "services")]
    // Volumes that do not exist, and their keys.
    [InlineData("[[runners.kubernetes.volumes.projected]]\nname = \"x\"", "error unknown-key volumes.projected 7", "No release has projected volumes")]
    [InlineData("[[runners.kubernetes.volumes.downward_api]]\nname = \"x\"", "error unknown-key volumes.downward_api 7", "host_path, pvc, config_map, secret, empty_dir, csi and nfs")]
    [InlineData("[[runners.kubernetes.volumes.configmap]]\nname = \"x\"", "error unknown-key volumes.configmap 7", "config_map")]
    [InlineData("[[runners.kubernetes.volumes.secret]]\nname = \"a\"\nmount_path = \"/a\"\nsecret_name = \"x\"", "error unknown-key volumes.secret[0].secret_name 10", "name")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/a\"\nclaimName = \"x\"", "error unknown-key volumes.pvc[0].claimName 10", "name")]
    [InlineData("[[runners.kubernetes.volumes.secret]]\nname = \"a\"\nmountPath = \"/a\"", "error unknown-key volumes.secret[0].mountPath 9", "mount_path")]
    [InlineData("[[runners.kubernetes.volumes.config_map]]\nname = \"a\"\nmount_path = \"/a\"\ndefault_mode = 420", "error unknown-key volumes.config_map[0].default_mode 10", "pod_spec")]
    [InlineData("FF_USE_FASTZIP = true", "error unknown-key FF_USE_FASTZIP 7", "[runners.feature_flags]")]
    [InlineData("zzz_nothing_like_it = 1", "error unknown-key zzz_nothing_like_it 7", "Take it out")]
    // Known elsewhere.
    [InlineData("environment = [\"A=b\"]", "error wrong-section environment 7", "[[runners]]")]
    [InlineData("pre_build_script = \"x\"", "error wrong-section pre_build_script 7", "[[runners]]")]
    [InlineData("concurrent = 5", "error wrong-section concurrent 7", "global section")]
    [InlineData("run_as_user = 5", "error wrong-section run_as_user 7", "security_context")]
    [InlineData("mount_path = \"/x\"", "error wrong-section mount_path 7", "volumes")]
    [InlineData("[runners.kubernetes.cache]\nType = \"s3\"", "error wrong-section cache 7", "[runners.cache]")]
    [InlineData("shm_size = 5", "error wrong-section shm_size 7", "[runners.docker]")]
    public void InTheSection(string lines, string expected, string meant) => Judge(ConfigText.Kubernetes(lines), expected, meant);

    [Theory]
    [InlineData("[[runners]]\nbuids_dir = \"/x\"", "error unknown-key runners[0].buids_dir 2", "builds_dir")]
    [InlineData("[[runners]]\nname = \"x\"\ntags = [\"a\"]", "error unknown-key runners[0].tags 3", "GitLab")]
    [InlineData("[[runners]]\ntag_list = [\"a\"]", "error unknown-key runners[0].tag_list 2", "GitLab")]
    [InlineData("[[runners]]\nrun_untagged = true", "error unknown-key runners[0].run_untagged 2", "GitLab")]
    [InlineData("[[runners]]\ntls_ca_file = \"/x\"", "error unknown-key runners[0].tls_ca_file 2", "tls-ca-file")]
    [InlineData("[[runners]]\nconcurrent = 3", "error wrong-section runners[0].concurrent 2", "global")]
    [InlineData("[[runners]]\nprivileged = true\nexecutor = \"kubernetes\"", "error wrong-section runners[0].privileged 2", "[runners.kubernetes]")]
    [InlineData("[[runners]]\nprivileged = true\nexecutor = \"docker\"", "error wrong-section runners[0].privileged 2", "[runners.docker]")]
    [InlineData("[[runners]]\n[[runner.kubernetes.volumes.pvc]]\nname = \"x\"", "error wrong-section runner 2", "runners")]
    [InlineData("[[runners]]\n[kubernetes]\nimage = \"x\"", "error wrong-section kubernetes 2", "[runners.kubernetes]")]
    [InlineData("[[runners]]\n[runners.kuberntes]\nimage = \"x\"", "error unknown-key runners[0].kuberntes 2", "kubernetes")]
    [InlineData("[[runners]]\n[runners.cache]\ntype = \"s3\"\n[runners.cache.s3]\nbucket_name = \"x\"", "error unknown-key runners[0].cache.s3.bucket_name 5", "BucketName")]
    [InlineData("[[runners]]\n[runners.cache]\nServerAddress = \"x\"", "error wrong-section runners[0].cache.ServerAddress 3", "[runners.cache.s3]")]
    [InlineData("concurent = 4\n[[runners]]", "error unknown-key concurent 1", "concurrent")]
    [InlineData("executor = \"kubernetes\"\n[[runners]]", "error wrong-section executor 1", "[[runners]]")]
    public void InTheFile(string toml, string expected, string meant) => Judge(toml, expected, meant);

    [Fact]
    public void NamesOfOnesOwn_AreNoKeys() =>
        ConfigText.Found(ConfigText.Kubernetes("[runners.kubernetes.pod_labels]\n\"anything.example.com/at-all\" = \"x\"\n[runners.kubernetes.retry_limits]\n\"exceeded quota\" = 20\n[runners.kubernetes.node_tolerations]\n\"\" = \"\""), "unknown-key", "wrong-section").ShouldBeEmpty();

    [Fact]
    public void Case_DoesNotCount() => ConfigText.Found(ConfigText.Kubernetes("IMAGE = \"x\"\nNameSpace = \"ci\"\n[runners.cache]\ntype = \"s3\""), "unknown-key", "wrong-section").ShouldBeEmpty();

    [Theory]
    [InlineData("[[runners]]\npre_clone_script = \"x\"", "error removed-key runners[0].pre_clone_script 2", "pre_get_sources_script", "17.0")]
    [InlineData("[[runners]]\npost_clone_script = \"x\"", "error removed-key runners[0].post_clone_script 2", "post_get_sources_script", "17.0")]
    [InlineData("metrics_server = \":9252\"\n[[runners]]", "error removed-key metrics_server 1", "listen_address", "12.0")]
    [InlineData("[[runners]]\n[runners.kubernetes]\nterminationGracePeriodSeconds = 5", "error removed-key runners[0].kubernetes.terminationGracePeriodSeconds 3", "pod_termination_grace_period_seconds", "17.0")]
    [InlineData("[[runners]]\n[runners.kubernetes]\ncpus = \"1\"", "error removed-key runners[0].kubernetes.cpus 3", "cpu_limit", "9.4")]
    [InlineData("[[runners]]\n[runners.kubernetes]\nhelper_memory = \"1\"", "error removed-key runners[0].kubernetes.helper_memory 3", "helper_memory_limit", "9.4")]
    [InlineData("[[runners]]\n[runners.docker]\ndisable_pull = true", "error removed-key runners[0].docker.disable_pull 3", "pull_policy", "0.2")]
    public void RemovedKeys_NameWhatTookTheirPlace(string toml, string expected, string instead, string version)
    {
        var found = ValidateConfig.Of(toml).Where(one => one.Code == "removed-key").ShouldHaveSingleItem();

        $"{found.Severity.ToString().ToLowerInvariant()} {found.Code} {found.Key} {found.Line}".ShouldBe(expected);
        found.Remedy.ShouldContain(instead);
        found.Message.ShouldContain(version);
    }

    [Fact]
    public void RemovedKeys_OfARunnerThatKnowsThem_AreRight() => ConfigText.Found("[[runners]]\npre_clone_script = \"x\"", new Version(16, 5), null, "removed-key").ShouldBeEmpty();

    [Theory]
    [InlineData("allowed_users = [\"1\"]", "18.3.0", "error too-new allowed_users 7")]
    [InlineData("allowed_users = [\"1\"]", "18.4.0", "")]
    [InlineData("allowed_users = [\"1\"]", "18.4", "")]
    [InlineData("pod_cpu_limit = \"1\"", "18.9", "error too-new pod_cpu_limit 7")]
    [InlineData("[[runners.kubernetes.volumes.nfs]]\nname = \"n\"\nmount_path = \"/n\"\nserver = \"s\"\npath = \"/p\"", "18.11", "error too-new volumes.nfs 7")]
    [InlineData("[runners.kubernetes.autoscaler]\nmax_pause_pods = 1", "18.10", "error too-new autoscaler 7")]
    [InlineData("[runners.kubernetes.autoscaler]\npause_pod_image_pull_secrets = [\"a\"]", "18.11", "error too-new autoscaler.pause_pod_image_pull_secrets 8")]
    [InlineData("suspend_pvc_size = \"1Gi\"", "19.4", "error not-released suspend_pvc_size 7")]
    [InlineData("suspend_pvc_size = \"1Gi\"", null, "error not-released suspend_pvc_size 7")]
    public void KeysThatTheTargetDoesNotKnow_AreTold(string lines, string? target, string expected) =>
        ConfigText.Found(ConfigText.Kubernetes(lines), target is null ? null : Version.Parse(target), null, "too-new", "not-released").ShouldBe(expected);

    private static void Judge(string toml, string expected, string meant)
    {
        var found = ValidateConfig.Of(toml).Where(one => one.Code is "unknown-key" or "wrong-section").ShouldHaveSingleItem();

        ConfigText.Told(found).ShouldBe(expected);
        $"{found.Message} {found.Remedy}".ShouldContain(meant);
        FindingForm.Judge(found, toml, toml);
    }
}

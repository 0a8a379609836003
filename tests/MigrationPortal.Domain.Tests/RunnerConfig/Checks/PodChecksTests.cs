using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Volumes, labels, patterns, images, the network of pods, and the namespace that they run in.</summary>
public sealed class PodChecksTests
{
    [Theory]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"\nmount_path = \"/a\"\n[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"\nmount_path = \"/b\"", "error duplicate-volume volumes.empty_dir[1].name 11")]
    [InlineData("[[runners.kubernetes.volumes.secret]]\nname = \"a\"\nmount_path = \"/a\"\n[[runners.kubernetes.volumes.config_map]]\nname = \"a\"\nmount_path = \"/b\"", "error duplicate-volume volumes.config_map[0].name 11")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/a\"\n[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/b\"", "")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/a\"\n[[runners.kubernetes.volumes.secret]]\nname = \"a\"\nmount_path = \"/b\"", "error duplicate-volume volumes.secret[0].name 11")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/a\"\n[[runners.kubernetes.volumes.secret]]\nname = \"b\"\nmount_path = \"/a/\"", "error duplicate-volume volumes.secret[0].mount_path 12")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a_b\"\nmount_path = \"/a\"", "error bad-volume volumes.empty_dir[0].name 8")]
    [InlineData("[[runners.kubernetes.volumes.secret]]\nname = \"My.Secret\"\nmount_path = \"/a\"", "error bad-volume volumes.secret[0].name 8")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"build-$CI_CONCURRENT_ID\"\nmount_path = \"/a\"", "")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"\nmount_path = \"a\"", "error bad-volume volumes.empty_dir[0].mount_path 9")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"\nmount_path = \"/\"", "error bad-volume volumes.empty_dir[0].mount_path 9")]
    [InlineData("[[runners.kubernetes.volumes.host_path]]\nname = \"a\"\nmount_path = \"/a:/b\"", "error bad-volume volumes.host_path[0].mount_path 9")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"", "error missing-key volumes.empty_dir[0].mount_path 7")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nmount_path = \"/a\"", "error missing-key volumes.empty_dir[0].name 7")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"\nmount_path = \"/a\"\nsub_path = \"../b\"", "error bad-volume volumes.empty_dir[0].sub_path 10")]
    [InlineData("[[runners.kubernetes.volumes.secret]]\nname = \"a\"\nmount_path = \"/a\"\n[runners.kubernetes.volumes.secret.items]\n\"config.json\" = \"/docker/config.json\"", "error bad-volume volumes.secret[0].items.config.json 11")]
    [InlineData("[[runners.kubernetes.volumes.secret]]\nname = \"a\"\nmount_path = \"/a\"\n[runners.kubernetes.volumes.secret.items]\n\"config.json\" = \"docker/config.json\"", "")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"scripts\"\nmount_path = \"/a\"", "error reserved-volume volumes.empty_dir[0].name 8")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"logs\"\nmount_path = \"/logs\"", "error reserved-volume volumes.empty_dir[0].name 8")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"repo\"\nmount_path = \"/a\"", "error reserved-volume volumes.empty_dir[0].name 8")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"repo\"\nmount_path = \"/builds\"", "")]
    [InlineData("[[runners.kubernetes.volumes.nfs]]\nname = \"a\"\nmount_path = \"/a\"\nserver = \"s\"", "error missing-key volumes.nfs[0].path 7")]
    [InlineData("[[runners.kubernetes.volumes.csi]]\nname = \"a\"\nmount_path = \"/a\"", "error missing-key volumes.csi[0].driver 7")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/a\"\nmount_propagation = \"Bidirectional\"", "error bad-volume volumes.pvc[0].mount_propagation 10")]
    public void Volumes(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "duplicate-volume", "bad-volume", "reserved-volume", "missing-key").ShouldBe(expected);

    [Theory]
    [InlineData("[runners.kubernetes.pod_labels]\n\"job.runner.gitlab.com/pod\" = \"x\"", "error reserved-label pod_labels.job.runner.gitlab.com/pod 8")]
    [InlineData("[runners.kubernetes.pod_labels]\n\"runner.gitlab.com\" = \"x\"", "error reserved-label pod_labels.runner.gitlab.com 8")]
    [InlineData("[runners.kubernetes.pod_labels]\n\"-x\" = \"x\"", "error bad-label pod_labels.-x 8")]
    [InlineData("[runners.kubernetes.pod_labels]\n\"a/b/c\" = \"x\"", "error bad-label pod_labels.a/b/c 8")]
    [InlineData("[runners.kubernetes.pod_labels]\nteam = \"a b/c\"", "warning bad-label pod_labels.team 8")]
    [InlineData("[runners.kubernetes.pod_labels]\nteam = \"$CI_JOB_ID\"\n\"app.example.com/name\" = \"Runner_1.x\"", "")]
    [InlineData("[runners.kubernetes.pod_annotations]\n\"a b\" = \"x\"", "error bad-label pod_annotations.a b 8")]
    [InlineData("[runners.kubernetes.pod_annotations]\nKey1 = \"anything: at all\"", "")]
    [InlineData("[runners.kubernetes.node_selector]\n\"kubernetes.io/arch\" = \"amd64\"", "")]
    [InlineData("[runners.kubernetes.node_selector]\nzone = \"a/b\"", "error bad-label node_selector.zone 8")]
    [InlineData("[runners.labels]\nab = \"x\"", "error bad-label runners[0].labels.ab 8")]
    [InlineData("[runners.labels]\nteam = \"a b\"", "error bad-label runners[0].labels.team 8")]
    [InlineData("[runners.labels]\nteam = \"a-b\"", "")]
    public void Labels(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "bad-label", "reserved-label").ShouldBe(expected);

    [Theory]
    [InlineData(16, 16, "")]
    [InlineData(17, 16, "error bad-label runners[0].labels 20")]
    public void Labels_OfARunner_AreCountedWithThoseOfTheFile(int shared, int own, string expected)
    {
        string Lines(string prefix, int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"{prefix}{i} = \"x\""));
        ConfigText.Found($"[labels]\n{Lines("shared-", shared)}\n[[runners]]\n[runners.labels]\n{Lines("own-", own)}\n", "bad-label").ShouldBe(expected);
    }

    [Theory]
    [InlineData("namespace_overwrite_allowed = \"ci\"", "warning unanchored-pattern namespace_overwrite_allowed 7")]
    [InlineData("namespace_overwrite_allowed = \"^ci-.*\"", "warning unanchored-pattern namespace_overwrite_allowed 7")]
    [InlineData("namespace_overwrite_allowed = \"^ci$|^qa\"", "warning unanchored-pattern namespace_overwrite_allowed 7")]
    [InlineData("namespace_overwrite_allowed = \"^ci$|^qa$\"", "")]
    [InlineData("namespace_overwrite_allowed = \"^(ci|qa)-[a-z]+$\"", "")]
    [InlineData("namespace_overwrite_allowed = '^ci\\$'", "warning unanchored-pattern namespace_overwrite_allowed 7")]
    [InlineData("namespace_overwrite_allowed = \".*\"", "warning open-overwrite namespace_overwrite_allowed 7")]
    [InlineData("service_account_overwrite_allowed = \"^.*$\"", "warning open-overwrite service_account_overwrite_allowed 7")]
    [InlineData("pod_annotations_overwrite_allowed = \".*\"", "info open-overwrite pod_annotations_overwrite_allowed 7")]
    [InlineData("pod_labels_overwrite_allowed = \"\"", "")]
    [InlineData("pod_labels_overwrite_allowed = \"(\"", "error bad-pattern pod_labels_overwrite_allowed 7")]
    [InlineData("pod_labels_overwrite_allowed = '^(?!x).*$'", "error bad-pattern pod_labels_overwrite_allowed 7")]
    [InlineData("pod_labels_overwrite_allowed = '^(a)\\1$'", "error bad-pattern pod_labels_overwrite_allowed 7")]
    [InlineData("pod_labels_overwrite_allowed = '^(?P<team>\\pL+[[:digit:]]{1,3})$'", "")]
    [InlineData("pod_labels_overwrite_allowed = '^a{1,2000}$'", "error bad-pattern pod_labels_overwrite_allowed 7")]
    [InlineData("bearer_token_overwrite_allowed = true", "")]
    public void Patterns(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "unanchored-pattern", "open-overwrite", "bad-pattern").ShouldBe(expected);

    [Theory]
    [InlineData("", "info pull-policy allowed_pull_policies 6; info pull-policy pull_policy 6")]
    [InlineData("pull_policy = \"always\"", "warning pull-policy allowed_pull_policies 6")]
    [InlineData("pull_policy = [\"always\"]\nallowed_pull_policies = [\"always\", \"if-not-present\"]", "")]
    [InlineData("pull_policy = [\"always\"]\nallowed_pull_policies = [\"if-not-present\"]", "error pull-policy pull_policy 7")]
    [InlineData("pull_policy = [\"always\", \"never\"]\nallowed_pull_policies = [\"always\"]", "warning pull-policy pull_policy 7")]
    [InlineData("pull_policy = \"never\"\nallowed_pull_policies = [\"never\"]", "warning pull-policy pull_policy 7")]
    [InlineData("pull_policy = \"always\"\nallowed_pull_policies = [\"always\"]\nimage_pull_secrets = [\"a\"]\nuse_service_account_image_pull_secrets = true", "error pull-policy image_pull_secrets 9")]
    public void PullPolicies(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "pull-policy").ShouldBe(expected);

    [Theory]
    [InlineData("image = \"x\"\nnamespace = \"ci\"\npoll_timeout = 600", "")]
    [InlineData("image = \"x\"\nnamespace = \"default\"\npoll_timeout = 600", "warning missing-namespace namespace 8")]
    [InlineData("image = \"x\"\npoll_timeout = 600", "warning missing-namespace namespace 6")]
    [InlineData("image = \"x\"\nnamespace_per_job = true\npoll_timeout = 600", "")]
    [InlineData("image = \"\"\nnamespace = \"ci\"\npoll_timeout = 600", "warning missing-image image 7")]
    [InlineData("image = \"x\"\nnamespace = \"ci\"\npoll_timeout = 180", "info short-poll-timeout poll_timeout 9")]
    [InlineData("image = \"x\"\nnamespace = \"ci\"\npoll_timeout = 600\nimage_pull_secrets = [\"a\"]", "info no-availability-check image_pull_secrets 10")]
    [InlineData("image = \"x\"\nnamespace = \"ci\"\npoll_timeout = 600\nimage_pull_secrets = [\"a\"]\nresource_availability_check_max_attempts = 5", "")]
    [InlineData("image = \"x\"\nnamespace = \"ci\"\npoll_timeout = 600\nresource_availability_check_max_attempts = -1\nservice_account = \"a\"", "")]
    public void Defaults(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "missing-image", "missing-namespace", "short-poll-timeout", "no-availability-check").ShouldBe(expected);

    [Fact]
    public void MissingNamespace_OfATemplate_IsNoReproach() =>
        ConfigText.Found("[[runners]]\n[runners.kubernetes]\nimage = \"x\"\n", "missing-namespace", "missing-key", "template").ShouldBe("info template runners[0] 1; info missing-namespace namespace 2");

    [Theory]
    [InlineData("dns_policy = \"none\"", "error missing-key dns_config.nameservers 6")]
    [InlineData("dns_policy = \"none\"\n[runners.kubernetes.dns_config]\nnameservers = [\"10.0.0.10\", \"fd00::1\"]", "")]
    [InlineData("[runners.kubernetes.dns_config]\nnameservers = [\"dns.example.com\"]", "error bad-value dns_config.nameservers 8")]
    [InlineData("[runners.kubernetes.dns_config]\nnameservers = [\"10.0.0.1\", \"10.0.0.2\", \"10.0.0.3\", \"10.0.0.4\"]", "error bad-value dns_config.nameservers 8")]
    [InlineData("[[runners.kubernetes.dns_config.options]]\nvalue = \"2\"", "error missing-key dns_config.options 7")]
    [InlineData("[[runners.kubernetes.host_aliases]]\nip = \"host-gateway\"\nhostnames = [\"x\"]", "error bad-value host_aliases[0].ip 8")]
    [InlineData("[[runners.kubernetes.host_aliases]]\nip = \"10.0.0.1\"\nhostnames = [\"my_host\"]", "error bad-alias host_aliases[0].hostnames 9")]
    [InlineData("[[runners.kubernetes.host_aliases]]\nhostnames = [\"x\"]", "error missing-key host_aliases[0].ip 7")]
    [InlineData("[runners.kubernetes.container_lifecycle.post_start]\n[runners.kubernetes.container_lifecycle.post_start.exec]\ncommand = [\"true\"]", "")]
    [InlineData("[runners.kubernetes.container_lifecycle.post_start]", "error bad-value container_lifecycle.post_start 7")]
    [InlineData("[runners.kubernetes.container_lifecycle.pre_stop]\nexec = {command = [\"a\"]}\ntcp_socket = {port = 80}", "error bad-value container_lifecycle.pre_stop 7")]
    [InlineData("[runners.kubernetes.container_lifecycle.pre_stop]\nhttp_get = {path = \"/\"}", "error bad-value container_lifecycle.pre_stop.http_get.port 7")]
    [InlineData("[[runners.kubernetes.affinity.pod_anti_affinity.required_during_scheduling_ignored_during_execution]]\nnamespaces = [\"a\"]", "error bad-value affinity.pod_anti_affinity.required_during_scheduling_ignored_during_execution 7")]
    [InlineData("[[runners.kubernetes.affinity.node_affinity.preferred_during_scheduling_ignored_during_execution]]\n[[runners.kubernetes.affinity.node_affinity.preferred_during_scheduling_ignored_during_execution.preference.match_expressions]]\nkey = \"a\"\noperator = \"Exists\"", "error bad-value affinity.node_affinity.preferred_during_scheduling_ignored_during_execution 7")]
    [InlineData("[[runners.kubernetes.affinity.node_affinity.preferred_during_scheduling_ignored_during_execution]]\nweight = 101", "error bad-value affinity.node_affinity.preferred_during_scheduling_ignored_during_execution[0].weight 8")]
    [InlineData("[runners.kubernetes.build_container_security_context.seccomp_profile]\ntype = \"Localhost\"", "error missing-key build_container_security_context.seccomp_profile 7")]
    public void NetworkAndShape(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "missing-key", "bad-value", "bad-alias").ShouldBe(expected);

    [Theory]
    [InlineData("[[runners.kubernetes.services]]\nname = \"postgres:16\"\nalias = \"my_db\"", "error bad-alias services[0].alias 9")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"postgres:16\"\nalias = \"db, Cache\"", "error bad-alias services[0].alias 9")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"postgres:16\"\nalias = \"db1\"\n[[runners.kubernetes.services]]\nname = \"registry.example.com/x/postgis:3\"", "warning port-clash services[1].name 11")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"postgres:16\"\n[[runners.kubernetes.services]]\nname = \"redis:7\"", "")]
    [InlineData("[[runners.kubernetes.services]]\nalias = \"db\"", "error missing-key services[0].name 7")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"docker:27-dind\"", "warning unused-section services[0].name 8")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"docker:27-dind\"\n[runners.kubernetes.service_container_security_context]\nprivileged = true", "")]
    public void Services(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "bad-alias", "port-clash", "missing-key", "unused-section").ShouldBe(expected);

    [Theory]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\nperiods = [\"* 8-17 * * mon-fri\"]\ntimezone = \"Europe/Vienna\"", "info needs-rights autoscaler 7")]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\nperiods = [\"* * 9-17 * * mon-fri *\"]", "info needs-rights autoscaler 7; error bad-schedule autoscaler.policy[0].periods 8")]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\nperiods = [\"* 25 * * *\"]", "info needs-rights autoscaler 7; error bad-schedule autoscaler.policy[0].periods 8")]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\nperiods = [\"* * * *\"]", "info needs-rights autoscaler 7; error bad-schedule autoscaler.policy[0].periods 8")]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\nperiods = [\"*/5 0,12 1-15/2 jan-mar ?\"]\ntimezone = \"\"", "info needs-rights autoscaler 7")]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\ntimezone = \"Europe/Vien\"", "info needs-rights autoscaler 7; error bad-schedule autoscaler.policy[0].timezone 8")]
    [InlineData("pod_disruption_budget = true", "info needs-rights pod_disruption_budget 7")]
    [InlineData("namespace_per_job = true", "info needs-rights namespace_per_job 7")]
    public void SchedulesAndRights(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "bad-schedule", "needs-rights").ShouldBe(expected);

    [Theory]
    [InlineData("[[runners]]\nexecutor = \"docker+machine\"\n[runners.machine]\n[[runners.machine.autoscaling]]\nPeriods = [\"* * 9-17 * * mon-fri *\"]\nTimezone = \"UTC\"", "")]
    [InlineData("[[runners]]\n[runners.machine]\n[[runners.machine.autoscaling]]\nPeriods = [\"* 9-17 * * mon-fri\"]", "")]
    [InlineData("[[runners]]\n[runners.machine]\n[[runners.machine.autoscaling]]\nPeriods = [\"9-17\"]", "error bad-schedule runners[0].machine.autoscaling[0].Periods 4")]
    [InlineData("[[runners]]\n[runners.machine]\nOffPeakTimezone = \"UTC\"", "error bad-schedule runners[0].machine.OffPeakTimezone 3")]
    public void SchedulesOfMachines(string toml, string expected) => ConfigText.Found(toml, "bad-schedule").ShouldBe(expected);

    [Theory]
    [InlineData("[[runners.kubernetes.services]]\nname = \"x\"", "error windows services 9")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = 5", "error windows pod_security_context.run_as_user 10")]
    [InlineData("[runners.kubernetes.a]", "")]
    public void Windows(string lines, string expected) =>
        ConfigText.Found(ConfigText.Kubernetes($"[runners.kubernetes.node_selector]\n\"kubernetes.io/os\" = \"windows\"\n{lines.Replace("[runners.kubernetes.a]", "", StringComparison.Ordinal)}", ""), "windows")
            .Split("; ").Where(one => !one.EndsWith("node_selector 7", StringComparison.Ordinal)).ShouldBe(expected.Length == 0 ? [] : [expected]);

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    [Fact]
    public void NetworkPolicies_AreHeldAgainstTheLabelsOfJobPods()
    {
        string Of(IReadOnlyList<PodSelector>? policies, string lines = "") => ConfigText.Found(ConfigText.Kubernetes("namespace = \"ci\"\n" + lines), null, new JobNamespaceFacts { NetworkPolicies = policies }, "no-network-policy");

        Of(null).ShouldBe("info no-network-policy namespace 7");
        Of([]).ShouldBe("warning no-network-policy namespace 7");
        Of([new("all", None, [])]).ShouldBeEmpty();
        Of([new("jobs", None, [new("job.runner.gitlab.com/pod", "Exists", [])])]).ShouldBeEmpty();
        Of([new("circulating", new Dictionary<string, string> { ["app"] = "gitlab-runner-job" }, [])]).ShouldBe("warning no-network-policy namespace 7");
        Of([new("circulating", new Dictionary<string, string> { ["app"] = "gitlab-runner-job" }, [])], "[runners.kubernetes.pod_labels]\napp = \"gitlab-runner-job\"").ShouldBeEmpty();
        Of([new("other", new Dictionary<string, string> { ["app"] = "x" }, [])], "[runners.kubernetes.pod_labels]\napp = \"gitlab-runner-job\"").ShouldBe("warning no-network-policy namespace 7");
        Of([new("others", None, [new("job.runner.gitlab.com/pod", "DoesNotExist", [])])]).ShouldBe("warning no-network-policy namespace 7");
        Of([new("some", None, [new("project.runner.gitlab.com/id", "In", ["7"])])]).ShouldBeEmpty();
    }

    private const string Hardened = """
        allow_privilege_escalation = false
        cap_drop = ["ALL"]
        [runners.kubernetes.pod_security_context]
        run_as_non_root = true
        [runners.kubernetes.pod_security_context.seccomp_profile]
        type = "RuntimeDefault"
        """;

    [Theory]
    [InlineData(PodSecurityLevel.Privileged, "privileged = true", "")]
    [InlineData(PodSecurityLevel.Baseline, "", "")]
    [InlineData(PodSecurityLevel.Baseline, "cap_add = [\"NET_RAW\"]", "cap_add")]
    [InlineData(PodSecurityLevel.Baseline, "cap_add = [\"CHOWN\"]", "")]
    [InlineData(PodSecurityLevel.Baseline, "privileged = true", "privileged")]
    [InlineData(PodSecurityLevel.Baseline, "[runners.kubernetes.service_container_security_context]\nprivileged = true", "service_container_security_context.privileged")]
    [InlineData(PodSecurityLevel.Baseline, "[[runners.kubernetes.volumes.host_path]]\nname = \"a\"\nmount_path = \"/a\"", "volumes.host_path")]
    [InlineData(PodSecurityLevel.Baseline, "[runners.kubernetes.build_container_security_context.seccomp_profile]\ntype = \"Unconfined\"", "build_container_security_context.seccomp_profile.type")]
    [InlineData(PodSecurityLevel.Baseline, "[runners.kubernetes.build_container_security_context]\nproc_mount = \"unmasked\"", "build_container_security_context.proc_mount")]
    [InlineData(PodSecurityLevel.Restricted, Hardened, "")]
    [InlineData(PodSecurityLevel.Restricted, Hardened + "\n[runners.kubernetes.helper_container_security_context]\nrun_as_non_root = false", "helper_container_security_context.run_as_non_root")]
    [InlineData(PodSecurityLevel.Restricted, Hardened + "\n[runners.kubernetes.service_container_security_context]\nallow_privilege_escalation = true", "service_container_security_context.allow_privilege_escalation")]
    [InlineData(PodSecurityLevel.Restricted, Hardened + "\n[runners.kubernetes.build_container_security_context.capabilities]\ndrop = [\"NET_RAW\"]", "build_container_security_context.capabilities.drop")]
    [InlineData(PodSecurityLevel.Restricted, Hardened + "\n[runners.kubernetes.build_container_security_context]\nrun_as_user = 0", "build_container_security_context.run_as_user")]
    [InlineData(PodSecurityLevel.Restricted, "", "allow_privilege_escalation build_container_security_context.capabilities.drop helper_container_security_context.capabilities.drop init_permissions_container_security_context.capabilities.drop pod_security_context.run_as_non_root pod_security_context.seccomp_profile.type service_container_security_context.capabilities.drop")]
    public void PodSecurity(PodSecurityLevel level, string lines, string keys) =>
        string.Join(' ', ValidateConfig.Of(ConfigText.Kubernetes(lines), null, new() { PodSecurity = level }).Where(one => one.Code == "pod-security-refuses").Select(one => one.Key.Replace(ConfigText.Key, "", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)).ShouldBe(keys);
}

using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Types, words, numbers, durations and amounts.</summary>
public sealed class ValueChecksTests
{
    [Theory]
    [InlineData("poll_timeout = \"600\"", "error wrong-type poll_timeout 7")]
    [InlineData("poll_timeout = 600.5", "error wrong-type poll_timeout 7")]
    [InlineData("privileged = \"true\"", "error wrong-type privileged 7")]
    [InlineData("privileged = 1", "error wrong-type privileged 7")]
    [InlineData("image = [\"alpine\"]", "error wrong-type image 7")]
    [InlineData("cpu_limit = 2", "error wrong-type cpu_limit 7")]
    [InlineData("allowed_users = [1000]", "error wrong-type allowed_users 7")]
    [InlineData("allowed_images = \"x\"", "error wrong-type allowed_images 7")]
    [InlineData("pull_policy = \"always\"", "")]
    [InlineData("pull_policy = [\"always\"]", "")]
    [InlineData("pull_policy = [1]", "error wrong-type pull_policy 7")]
    [InlineData("pull_policy = true", "error wrong-type pull_policy 7")]
    [InlineData("image_pull_secrets = [{name = \"x\"}]", "error wrong-type image_pull_secrets 7")]
    [InlineData("[[runners.kubernetes.image_pull_secrets]]\nname = \"x\"", "error wrong-type image_pull_secrets 7")]
    [InlineData("node_selector = \"a=b\"", "error wrong-type node_selector 7")]
    [InlineData("[[runners.kubernetes.node_selector]]\na = \"b\"", "error wrong-type node_selector 7")]
    [InlineData("[runners.kubernetes.node_selector]\na = 1", "error wrong-type node_selector.a 8")]
    [InlineData("[runners.kubernetes.pod_labels]\na.b = \"x\"", "error wrong-type pod_labels.a 8")]
    [InlineData("[runners.kubernetes.retry_limits]\n\"x\" = \"5\"", "error wrong-type retry_limits.x 8")]
    [InlineData("[runners.kubernetes.services]\nname = \"x\"", "error wrong-type services 7")]
    [InlineData("[runners.kubernetes.volumes.empty_dir]\nname = \"x\"", "error wrong-type volumes.empty_dir 7")]
    [InlineData("[[runners.kubernetes.volumes.secret]]\nname = \"a\"\nmount_path = \"/a\"\nitems = [{key = \"k\", path = \"p\"}]", "error wrong-type volumes.secret[0].items 10")]
    [InlineData("[[runners.kubernetes.pod_security_context]]\nrun_as_user = 1", "error wrong-type pod_security_context 7")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = \"1000\"", "error wrong-type pod_security_context.run_as_user 8")]
    [InlineData("[runners.kubernetes.pod_security_context]\nsupplemental_groups = [\"1\"]", "error wrong-type pod_security_context.supplemental_groups 8")]
    [InlineData("cleanup_resources_timeout = 300", "error wrong-type cleanup_resources_timeout 7")]
    [InlineData("cleanup_resources_timeout = \"5m\"", "")]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\nscale_factor = 1", "")]
    [InlineData("[[runners.kubernetes.autoscaler.policy]]\nscale_factor = \"1\"", "error wrong-type autoscaler.policy[0].scale_factor 8")]
    [InlineData("services = []", "")]
    [InlineData("image = 2026-11-30T00:00:00Z", "error wrong-type image 7")]
    public void Types(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "wrong-type").ShouldBe(expected);

    [Theory]
    [InlineData("[runners]\nname = \"x\"", "error wrong-type runners 1")]
    [InlineData("concurrent = 1\n\n[runners.kubernetes]\nimage = \"x\"", "error wrong-type runners 3")]
    [InlineData("runners = [\"x\"]", "error wrong-type runners 1")]
    [InlineData("concurrent = \"4\"\n[[runners]]", "error wrong-type concurrent 1")]
    [InlineData("[[runners]]\nenvironment = \"A=b\"", "error wrong-type runners[0].environment 2")]
    [InlineData("[[runners]]\nlimit = \"4\"\nrequest_concurrency = true", "error wrong-type runners[0].limit 2; error wrong-type runners[0].request_concurrency 3")]
    [InlineData("[[runners]]\n[runners.feature_flags]\nFF_TIMESTAMPS = \"true\"", "error wrong-type runners[0].feature_flags.FF_TIMESTAMPS 3")]
    [InlineData("[[runners]]\n[runners.autoscaler.plugin_config]\nanything = 5\n[runners.autoscaler.plugin_config.deep]\na = true", "")]
    [InlineData("[[session_server]]\nsession_timeout = 5", "error wrong-type session_server 1")]
    public void TypesOfTheFile(string toml, string expected) => ConfigText.Found(toml, "wrong-type").ShouldBe(expected);

    [Theory]
    [InlineData("pull_policy = \"IfNotPresent\"", "error bad-value pull_policy 7", "if-not-present")]
    [InlineData("pull_policy = [\"always\", \"Never\"]", "error bad-value pull_policy 7", "never")]
    [InlineData("allowed_pull_policies = [\"sometimes\"]", "error bad-value allowed_pull_policies 7", "if-not-present")]
    [InlineData("dns_policy = \"ClusterFirst\"", "error bad-value dns_policy 7", "cluster-first")]
    [InlineData("[[runners.kubernetes.pod_spec]]\npatch = \"hostUsers: false\"\npatch_type = \"strategic-merge\"", "error bad-value pod_spec[0].patch_type 9", "strategic")]
    [InlineData("[runners.kubernetes.build_container_security_context.seccomp_profile]\ntype = \"runtime/default\"", "error bad-value build_container_security_context.seccomp_profile.type 8", "RuntimeDefault")]
    [InlineData("[runners.kubernetes.pod_security_context.app_armor_profile]\ntype = \"unconfined\"", "error bad-value pod_security_context.app_armor_profile.type 8", "Unconfined")]
    [InlineData("[runners.kubernetes.node_tolerations]\n\"ci\" = \"NoScheduling\"", "error bad-value node_tolerations.ci 8", "NoSchedule")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"\nmount_path = \"/a\"\nmedium = \"memory\"", "error bad-value volumes.empty_dir[0].medium 10", "Memory")]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/a\"\nmount_propagation = \"host-to-container\"", "error bad-value volumes.pvc[0].mount_propagation 10", "HostToContainer")]
    [InlineData("[runners.kubernetes.build_container_security_context]\nproc_mount = \"masked\"", "error bad-value build_container_security_context.proc_mount 8", "unmasked")]
    [InlineData("[runners.kubernetes.affinity.node_affinity.required_during_scheduling_ignored_during_execution]\n[[runners.kubernetes.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_terms]]\n[[runners.kubernetes.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_terms.match_expressions]]\nkey = \"a\"\noperator = \"in\"\nvalues = [\"b\"]", "error bad-value affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_terms[0].match_expressions[0].operator 11", "In")]
    public void Words(string lines, string expected, string meant) => Judge(ConfigText.Kubernetes(lines), expected, meant);

    [Theory]
    [InlineData("[[runners]]\nexecutor = \"kubernets\"", "error bad-value runners[0].executor 2", "kubernetes")]
    [InlineData("[[runners]]\nexecutor = \"docker+autoscaler\"", "error bad-value runners[0].executor 2", "docker-autoscaler")]
    [InlineData("[[runners]]\nshell = \"fish\"", "error bad-value runners[0].shell 2", "bash")]
    [InlineData("[[runners]]\nshell = \"zsh\"", "error bad-value runners[0].shell 2", "bash")]
    [InlineData("log_level = \"verbose\"\n[[runners]]", "error bad-value log_level 1", "debug")]
    [InlineData("log_format = \"xml\"\n[[runners]]", "error bad-value log_format 1", "json")]
    [InlineData("[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\n[runners.cache]\nType = \"empty_dir\"", "error bad-value runners[0].cache.Type 5", "s3")]
    [InlineData("[[runners]]\nexecutor = \"docker\"\n[runners.docker]\n[runners.cache]\nType = \"local\"", "warning bad-value runners[0].cache.Type 5", "s3")]
    [InlineData("[[runners]]\n[runners.cache.s3]\nAuthenticationType = \"irsa\"", "error bad-value runners[0].cache.s3.AuthenticationType 3", "iam")]
    [InlineData("concurrent = 0\n[[runners]]", "error bad-value concurrent 1", "1 or more")]
    [InlineData("concurrent = -1\n[[runners]]", "error bad-value concurrent 1", "1 or more")]
    [InlineData("[[runners]]\nlimit = -1", "warning bad-value runners[0].limit 2", "0 or more")]
    [InlineData("[[runners]]\nprepare_timeout = \"5\"", "error bad-value runners[0].prepare_timeout 2", "\"5m\"")]
    [InlineData("[[runners]]\nprepare_timeout = \"1d\"", "error bad-value runners[0].prepare_timeout 2", "no days")]
    [InlineData("[[runners]]\nprepare_timeout = \"-5m\"", "warning bad-value runners[0].prepare_timeout 2", "above 0")]
    [InlineData("[[runners]]\n[runners.kubernetes.pod_security_context]\nrun_as_user = -5", "error bad-value runners[0].kubernetes.pod_security_context.run_as_user 3", "0 or more")]
    public void WordsAndNumbersOfTheFile(string toml, string expected, string meant)
    {
        var found = ValidateConfig.Of(toml).Where(one => one.Code == "bad-value").ShouldHaveSingleItem();
        $"{found.Severity.ToString().ToLowerInvariant()} {found.Code} {found.Key} {found.Line}".ShouldBe(expected);
        $"{found.Message} {found.Remedy}".ShouldContain(meant);
    }

    [Theory]
    [InlineData("check_interval = 0\nshutdown_timeout = 0\nlog_level = \"WARNING\"\nconnection_max_age = \"-1s\"\n[[runners]]\nlimit = 0\nshell = \"\"\nprepare_timeout = \"1h30m\"\n[runners.docker]\noom_score_adjust = -500\nshm_size = 0")]
    [InlineData("[[runners]]\n[runners.kubernetes]\nresource_availability_check_max_attempts = -1\npoll_timeout = 0\npull_policy = \"\"\n[runners.cache.s3]\nAuthenticationType = \"IAM\"")]
    public void WhatTheRunnerTakes_IsNotFound(string toml) => ConfigText.Found(toml, "bad-value", "wrong-type").ShouldBeEmpty();

    [Theory]
    [InlineData("memory_limit = \"512m\"", "error bad-quantity memory_limit 7", "512Mi")]
    [InlineData("memory_limit = \"2g\"", "error bad-quantity memory_limit 7", "2Gi")]
    [InlineData("memory_limit = \"1GB\"", "error bad-quantity memory_limit 7", "1Gi")]
    [InlineData("memory_limit = \"1 Gi\"", "error bad-quantity memory_limit 7", "1Gi")]
    [InlineData("memory_limit = \"1gib\"", "error bad-quantity memory_limit 7", "1Gi")]
    [InlineData("memory_limit = \"1024\"", "error bad-quantity memory_limit 7", "1024Mi")]
    [InlineData("memory_limit = \"much\"", "error bad-quantity memory_limit 7", "512Mi")]
    [InlineData("memory_limit = \"-1Gi\"", "error bad-quantity memory_limit 7", "above 0")]
    [InlineData("memory_limit_overwrite_max_allowed = \"4g\"", "error bad-quantity memory_limit_overwrite_max_allowed 7", "4Gi")]
    [InlineData("helper_memory_request = \"128mb\"", "error bad-quantity helper_memory_request 7", "128Mi")]
    [InlineData("service_ephemeral_storage_limit = \"5m\"", "error bad-quantity service_ephemeral_storage_limit 7", "5Mi")]
    [InlineData("cpu_limit = \"2Gi\"", "error bad-quantity cpu_limit 7", "500m")]
    [InlineData("cpu_limit = \"two\"", "error bad-quantity cpu_limit 7", "500m")]
    [InlineData("cpu_limit = \"2000\"", "error bad-quantity cpu_limit 7", "500m")]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"a\"\nmount_path = \"/a\"\nsize_limit = \"1g\"", "error bad-quantity volumes.empty_dir[0].size_limit 10", "64Mi")]
    public void Quantities(string lines, string expected, string meant)
    {
        var found = ConfigText.Only(ConfigText.Kubernetes(lines), "bad-quantity");
        ConfigText.Told(found).ShouldBe(expected);
        $"{found.Message} {found.Remedy}".ShouldContain(meant);
    }

    [Fact]
    public void Quantities_OfKubernetes_AreRight() =>
        ConfigText.Found(ConfigText.Kubernetes("cpu_request = \"500m\"\ncpu_limit = \"1.5\"\nmemory_request = \"1e9\"\nmemory_limit = \"2G\"\nephemeral_storage_limit = \"10Gi\"\nhelper_memory_limit = \"268435456\"\nservice_cpu_limit = \"\"\npod_memory_limit = \"4Gi\""), "bad-quantity", "request-above-limit").ShouldBeEmpty();

    [Theory]
    [InlineData("cpu_request = \"2\"\ncpu_limit = \"1500m\"", "error request-above-limit cpu_request 7")]
    [InlineData("memory_request = \"2Gi\"\nmemory_limit = \"2G\"", "error request-above-limit memory_request 7")]
    [InlineData("helper_memory_limit = \"250Mi\"\nhelper_memory_request = \"251Mi\"", "error request-above-limit helper_memory_request 8")]
    [InlineData("service_ephemeral_storage_request = \"2Gi\"\nservice_ephemeral_storage_limit = \"1Gi\"", "error request-above-limit service_ephemeral_storage_request 7")]
    [InlineData("pod_cpu_request = \"2\"\npod_cpu_limit = \"1\"", "error request-above-limit pod_cpu_request 7")]
    [InlineData("cpu_request = \"1\"\ncpu_limit = \"1000m\"", "")]
    [InlineData("cpu_limit = \"1\"\ncpu_request_overwrite_max_allowed = \"4\"", "warning request-above-limit cpu_request_overwrite_max_allowed 8")]
    [InlineData("cpu_limit = \"8\"\ncpu_limit_overwrite_max_allowed = \"4\"", "warning above-overwrite-max cpu_limit 7")]
    [InlineData("helper_memory_limit = \"128Mi\"", "warning helper-memory helper_memory_limit 7")]
    [InlineData("helper_memory_limit = \"250Mi\"", "")]
    public void Resources(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "request-above-limit", "above-overwrite-max", "helper-memory").ShouldBe(expected);

    [Theory]
    [InlineData("", "warning missing-limit memory_limit 6")]
    [InlineData("cpu_limit = \"1\"\ncpu_request = \"1\"", "warning missing-limit memory_limit 6")]
    [InlineData("memory_limit = \"1Gi\"\nmemory_request = \"1Gi\"", "")]
    [InlineData("memory_limit = \"1Gi\"", "info missing-limit memory_request 6")]
    [InlineData("pod_memory_limit = \"1Gi\"", "")]
    public void MissingLimits(string lines, string expected) => ConfigText.Found(ConfigText.Kubernetes(lines), "missing-limit").ShouldBe(expected);

    private static void Judge(string toml, string expected, string meant)
    {
        var found = ConfigText.Only(toml, "bad-value");
        ConfigText.Told(found).ShouldBe(expected);
        $"{found.Message} {found.Remedy}".ShouldContain(meant);
    }
}

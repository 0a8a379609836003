using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class DockerRuleTests
{
    /// <summary>A value that means something, for every key of docker; a key without one here fails the walk below.</summary>
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["host"] = "\"tcp://docker:2375\"",
        ["tls_cert_path"] = "\"/certs\"",
        ["tls_verify"] = "true",
        ["hostname"] = "\"ci\"",
        ["image"] = "\"alpine\"",
        ["runtime"] = "\"runsc\"",
        ["memory"] = "\"2g\"",
        ["memory_swap"] = "\"4g\"",
        ["memory_reservation"] = "\"1g\"",
        ["cgroup_parent"] = "\"ci.slice\"",
        ["cpuset_cpus"] = "\"0,1\"",
        ["cpuset_mems"] = "\"0\"",
        ["cpus"] = "\"2\"",
        ["cpu_shares"] = "512",
        ["dns"] = "[\"10.0.0.2\"]",
        ["dns_search"] = "[\"corp.example.org\"]",
        ["privileged"] = "true",
        ["services_privileged"] = "true",
        ["disable_entrypoint_overwrite"] = "true",
        ["user"] = "\"1000\"",
        ["allowed_users"] = "[\"1000\"]",
        ["group_add"] = "[\"999\"]",
        ["userns_mode"] = "\"host\"",
        ["cap_add"] = "[\"CAP_NET_ADMIN\"]",
        ["cap_drop"] = "[\"MKNOD\"]",
        ["oom_kill_disable"] = "true",
        ["oom_score_adjust"] = "500",
        ["security_opt"] = "[\"seccomp=unconfined\"]",
        ["services_security_opt"] = "[\"no-new-privileges\"]",
        ["devices"] = "[\"/dev/kvm\"]",
        ["device_cgroup_rules"] = "[\"c 81:* rmw\"]",
        ["gpus"] = "\"all\"",
        ["services_devices"] = "{ \"emulator/*\" = [\"/dev/kvm\"] }",
        ["disable_cache"] = "true",
        ["volumes"] = "[\"/cache\"]",
        ["volume_keep"] = "true",
        ["volume_driver"] = "\"local\"",
        ["volume_driver_ops"] = "{ size = \"50G\" }",
        ["cache_dir"] = "\"/cache\"",
        ["extra_hosts"] = "[\"db:10.0.0.5\"]",
        ["volumes_from"] = "[\"data\"]",
        ["network_mode"] = "\"ci-net\"",
        ["pid_mode"] = "\"host\"",
        ["ipcmode"] = "\"host\"",
        ["mac_address"] = "\"92:d0:c6:0a:29:33\"",
        ["links"] = "[\"db:db\"]",
        ["services"] = "[{ name = \"redis:7\" }]",
        ["services[].name"] = "[{ name = \"redis:7\" }]",
        ["services[].alias"] = "[{ name = \"redis:7\", alias = \"cache\" }]",
        ["services[].command"] = "[{ name = \"redis:7\", command = [\"x\"] }]",
        ["services[].entrypoint"] = "[{ name = \"redis:7\", entrypoint = [\"x\"] }]",
        ["services[].environment"] = "[{ name = \"redis:7\", environment = [\"A=b\"] }]",
        ["services[].suspend_data_path"] = "[{ name = \"redis:7\", suspend_data_path = \"/data\" }]",
        ["services_limit"] = "5",
        ["service_memory"] = "\"1g\"",
        ["service_memory_swap"] = "\"1g\"",
        ["service_memory_reservation"] = "\"512m\"",
        ["service_cgroup_parent"] = "\"ci.slice\"",
        ["service_slot_cgroup_template"] = "\"slot-${slot}\"",
        ["service_cpuset_cpus"] = "\"0\"",
        ["service_cpus"] = "\"1\"",
        ["service_cpu_shares"] = "256",
        ["service_gpus"] = "\"all\"",
        ["wait_for_services_timeout"] = "60",
        ["allowed_images"] = "[\"ruby:*\"]",
        ["allowed_privileged_images"] = "[\"docker:*\"]",
        ["allowed_privileged_services"] = "[\"docker:*\"]",
        ["allowed_pull_policies"] = "[\"always\"]",
        ["allowed_services"] = "[\"postgres:*\"]",
        ["pull_policy"] = "\"if-not-present\"",
        ["isolation"] = "\"hyperv\"",
        ["shm_size"] = "268435456",
        ["tmpfs"] = "{ \"/run\" = \"rw\" }",
        ["services_tmpfs"] = "{ \"/var/lib/mysql\" = \"rw,size=64m\" }",
        ["sysctls"] = "{ \"net.ipv4.tcp_syncookies\" = \"1\" }",
        ["helper_image"] = "\"registry.example.org/helper:x86_64-latest\"",
        ["helper_image_flavor"] = "\"ubuntu\"",
        ["container_labels"] = "{ team = \"build\" }",
        ["enable_ipv6"] = "true",
        ["ulimit"] = "{ nofile = \"1024:2048\" }",
        ["network_mtu"] = "1400",
        ["log_options"] = "{ labels = \"a\" }",
        ["disable_pull"] = "true",
        ["registry"] = "\"x\"",
        ["image_ttl"] = "5",
    };

    [Fact]
    public void EveryDockerKeyOfTheSchema_IsConverted()
    {
        const string Prefix = "runners[].docker.";
        foreach (var key in ConfigKeys.All.Where(key => key.Path.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var name = key.Path[Prefix.Length..];
            Samples.ShouldContainKey(name, $"{key.Path} has no sample: has it a rule?");
            var top = name.Split('[')[0];
            var toml = $"[[runners]]\nexecutor = \"docker\"\n[runners.docker]\n{top} = {Samples[name]}\n";
            var result = Converted.Of(toml);
            ConversionLaws.Hold(ConfigDocument.Read(toml).Document!, result, ConversionOptions.Default, name);
            var line = result.Keys.First(one => one.SchemaPath == key.Path || one.SchemaPath.StartsWith(key.Path + "[]", StringComparison.Ordinal));
            (line.Targets.Count > 0 || line.Remedy.Length > 0).ShouldBeTrue(name);
            line.Remedy.ShouldNotStartWith("Says what holds anyway", Case.Sensitive, name);
        }
    }

    [Theory]
    [InlineData("memory = \"2g\"", "memory_limit", "\"2Gi\"", KeyMapping.Approximate)]
    [InlineData("memory = \"512m\"", "memory_limit", "\"512Mi\"", KeyMapping.Approximate)]
    [InlineData("memory = \"512MB\"", "memory_limit", "\"512Mi\"", KeyMapping.Approximate)]
    [InlineData("memory = \"1.5GiB\"", "memory_limit", "\"1536Mi\"", KeyMapping.Approximate)]
    [InlineData("memory = \"1073741824\"", "memory_limit", "\"1Gi\"", KeyMapping.Approximate)]
    [InlineData("memory = \"1000000000\"", "memory_limit", "\"1000000000\"", KeyMapping.Approximate)]
    [InlineData("memory = \"30000 kb\"", "memory_limit", "\"30000Ki\"", KeyMapping.Approximate)]
    [InlineData("memory = \"536870912b\"", "memory_limit", "\"512Mi\"", KeyMapping.Approximate)]
    [InlineData("memory = \"512\"", "memory_limit", null, KeyMapping.Impossible)]
    [InlineData("memory = \"2Gig\"", "memory_limit", null, KeyMapping.Impossible)]
    [InlineData("memory = \"${memory}\"", "memory_limit", null, KeyMapping.Impossible)]
    [InlineData("memory = \"-1\"", "memory_limit", null, KeyMapping.Impossible)]
    [InlineData("memory = \"\"", "memory_limit", null, KeyMapping.Direct)]
    [InlineData("memory = 2147483648", "memory_limit", null, KeyMapping.Impossible)]
    [InlineData("memory_reservation = \"1g\"", "memory_request", "\"1Gi\"", KeyMapping.Approximate)]
    [InlineData("memory_reservation = \"4g\"\nmemory = \"2g\"", "memory_request", "\"2Gi\"", KeyMapping.Approximate)]
    [InlineData("service_memory = \"1g\"", "service_memory_limit", "\"1Gi\"", KeyMapping.Approximate)]
    [InlineData("service_memory_reservation = \"256m\"", "service_memory_request", "\"256Mi\"", KeyMapping.Approximate)]
    [InlineData("cpus = \"2\"", "cpu_limit", "\"2\"", KeyMapping.Direct)]
    [InlineData("cpus = \"1.5\"", "cpu_limit", "\"1.5\"", KeyMapping.Direct)]
    [InlineData("cpus = \".25\"", "cpu_limit", "\"250m\"", KeyMapping.Direct)]
    [InlineData("cpus = \"1/3\"", "cpu_limit", "\"334m\"", KeyMapping.Direct)]
    [InlineData("cpus = \"1e1\"", "cpu_limit", "\"10\"", KeyMapping.Direct)]
    [InlineData("cpus = \"0.00001\"", "cpu_limit", "\"1m\"", KeyMapping.Direct)]
    [InlineData("cpus = \"two\"", "cpu_limit", null, KeyMapping.Impossible)]
    [InlineData("service_cpus = \"1\"", "service_cpu_limit", "\"1\"", KeyMapping.Direct)]
    [InlineData("cpu_shares = 512", "cpu_request", "\"500m\"", KeyMapping.Approximate)]
    [InlineData("cpu_shares = 1024", "cpu_request", "\"1000m\"", KeyMapping.Approximate)]
    [InlineData("cpu_shares = 2048\ncpus = \"1\"", "cpu_request", "\"1000m\"", KeyMapping.Approximate)]
    [InlineData("service_cpu_shares = 256", "service_cpu_request", "\"250m\"", KeyMapping.Approximate)]
    public void Resources_AreTheSameAmount(string keys, string target, string? value, KeyMapping mapping)
    {
        var result = Converted.Docker(keys);

        if (target is not ("cpu_request" or "memory_request") || value is not null) result.Value(target).ShouldBe(value);
        result.DockerKey(keys.Split(' ')[0]).Mapping.ShouldBe(mapping);
    }

    [Theory]
    [InlineData("privileged = true", "true", null, null, KeyMapping.Direct)]
    [InlineData("privileged = false", "false", null, null, KeyMapping.Direct)]
    [InlineData("privileged = true\nservices_privileged = false", null, "true", "false", KeyMapping.Direct)]
    [InlineData("services_privileged = false\nprivileged = true", null, "true", "false", KeyMapping.Direct)]
    [InlineData("privileged = true\nservices_privileged = true", "true", null, null, KeyMapping.Direct)]
    [InlineData("privileged = false\nservices_privileged = true", "false", null, "true", KeyMapping.Direct)]
    [InlineData("privileged = false\nservices_privileged = false", "false", null, "false", KeyMapping.Direct)]
    [InlineData("privileged = true\nallowed_privileged_images = [\"docker:*\"]", "false", null, null, KeyMapping.Impossible)]
    [InlineData("privileged = true\nallowed_privileged_services = [\"docker:*\"]", null, "true", "false", KeyMapping.Approximate)]
    [InlineData("privileged = false\nservices_privileged = true\nallowed_privileged_services = [\"docker:*\"]", "false", null, "false", KeyMapping.Direct)]
    public void Privilege_IsNeverGivenToMoreThanOnDocker(string keys, string? all, string? build, string? service, KeyMapping mapping)
    {
        var result = Converted.Docker(keys);

        result.Value("privileged").ShouldBe(all);
        result.Value("build_container_security_context.privileged").ShouldBe(build);
        result.Value("service_container_security_context.privileged").ShouldBe(service);
        result.DockerKey("privileged").Mapping.ShouldBe(mapping);
    }

    [Fact]
    public void Privilege_ByProfile()
    {
        const string Keys = "privileged = true\nnetwork_mode = \"host\"\npid_mode = \"host\"";

        var hardened = Converted.Docker(Keys, new() { Privileges = PrivilegeProfile.Hardened });
        hardened.Value("privileged").ShouldBe("false");
        hardened.Kubernetes()["pod_spec"].ShouldBeNull();
        hardened.Keys.Where(key => key.Key.Contains("docker.", StringComparison.Ordinal)).ShouldAllBe(key => key.Mapping == KeyMapping.Impossible);

        var services = Converted.Docker(Keys, new() { Privileges = PrivilegeProfile.ServicesOnly });
        services.Value("privileged").ShouldBeNull();
        services.Value("service_container_security_context.privileged").ShouldBe("true");
    }

    [Theory]
    [InlineData("user = \"1000\"", "build_container_security_context.run_as_user", "1000", KeyMapping.Approximate)]
    [InlineData("user = \"1000:1001\"", "build_container_security_context.run_as_group", "1001", KeyMapping.Approximate)]
    [InlineData("user = \"root\"", "build_container_security_context.run_as_user", "0", KeyMapping.Approximate)]
    [InlineData("user = \"node\"", "build_container_security_context.run_as_user", null, KeyMapping.Impossible)]
    [InlineData("allowed_users = [\"1000\", \"node\"]", "allowed_users", "[\"1000\"]", KeyMapping.Impossible)]
    [InlineData("allowed_users = [\"1000:100\"]", "allowed_groups", "[\"100\"]", KeyMapping.Approximate)]
    [InlineData("allowed_users = [\"1000\"]\nuser = \"1000\"", "allowed_users", null, KeyMapping.Impossible)]
    [InlineData("group_add = [\"999\", \"root\"]", "pod_security_context.supplemental_groups", "[999, 0]", KeyMapping.Approximate)]
    [InlineData("group_add = [\"docker\"]", "pod_security_context.supplemental_groups", null, KeyMapping.Impossible)]
    [InlineData("cap_add = [\"CAP_SYS_PTRACE\", \"net_raw\"]", "cap_add", "[\"SYS_PTRACE\", \"NET_RAW\"]", KeyMapping.Approximate)]
    [InlineData("cap_drop = [\"ALL\", \"cap_chown\"]\ncap_add = [\"CHOWN\"]", "cap_drop", "[\"ALL\"]", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"no-new-privileges:true\"]", "build_container_security_context.allow_privilege_escalation", "false", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"no-new-privileges\"]", "helper_container_security_context.allow_privilege_escalation", "false", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"seccomp:unconfined\"]", "build_container_security_context.seccomp_profile.type", "\"Unconfined\"", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"seccomp=/etc/docker/ci.json\"]", "build_container_security_context.seccomp_profile.localhost_profile", "\"profiles/ci.json\"", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"seccomp={}\"]", "build_container_security_context.seccomp_profile.type", null, KeyMapping.Impossible)]
    [InlineData("security_opt = [\"apparmor=ci\"]", "build_container_security_context.app_armor_profile.localhost_profile", "\"ci\"", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"label:disable\"]", "build_container_security_context.selinux_type", "\"spc_t\"", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"label=type:ci_t\"]", "build_container_security_context.selinux_type", "\"ci_t\"", KeyMapping.Approximate)]
    [InlineData("security_opt = [\"writable-cgroups\"]", "build_container_security_context.selinux_type", null, KeyMapping.Impossible)]
    [InlineData("services_security_opt = [\"apparmor=unconfined\"]", "service_container_security_context.app_armor_profile.type", "\"Unconfined\"", KeyMapping.Approximate)]
    [InlineData("runtime = \"runsc\"", "runtime_class_name", "\"gvisor\"", KeyMapping.Approximate)]
    [InlineData("runtime = \"runc\"", "runtime_class_name", null, KeyMapping.Direct)]
    [InlineData("pull_policy = \"if-not-present\"", "allowed_pull_policies", "[\"if-not-present\"]", KeyMapping.Approximate)]
    [InlineData("pull_policy = [\"always\", \"if-not-present\"]", "pull_policy", "[\"always\", \"if-not-present\"]", KeyMapping.Approximate)]
    [InlineData("allowed_pull_policies = [\"never\"]", "pull_policy", "[\"always\"]", KeyMapping.Approximate)]
    [InlineData("dns = [\"10.0.0.2\", \"127.0.0.11\"]", "dns_config.nameservers", "[\"10.0.0.2\"]", KeyMapping.Impossible)]
    [InlineData("dns = [\"10.0.0.2\"]", "dns_policy", "\"none\"", KeyMapping.Approximate)]
    [InlineData("dns_search = [\"corp.example.org\"]", "dns_config.searches", "[\"corp.example.org\"]", KeyMapping.Approximate)]
    [InlineData("network_mode = \"bridge\"", "dns_policy", null, KeyMapping.Approximate)]
    [InlineData("network_mode = \"host\"", "dns_policy", "\"cluster-first-with-host-net\"", KeyMapping.Approximate)]
    [InlineData("network_mode = \"gitlab_net\"", "dns_policy", null, KeyMapping.Impossible)]
    [InlineData("allowed_images = [\"**\", \"!*/kali*\"]", "allowed_images", "[\"**\", \"!*/kali*\"]", KeyMapping.Direct)]
    [InlineData("helper_image = \"registry.example.org/helper:x86_64-${CI_RUNNER_VERSION}\"", "helper_image", "\"registry.example.org/helper:x86_64-${CI_RUNNER_VERSION}\"", KeyMapping.Direct)]
    public void Keys_BecomeWhatKubernetesCallsThem(string keys, string target, string? value, KeyMapping mapping)
    {
        var result = Converted.Docker(keys);

        result.Value(target).ShouldBe(value);
        result.DockerKey(keys.Split(' ')[0]).Mapping.ShouldBe(mapping);
    }

    [Fact]
    public void ExtraHosts_AreGroupedByAddress()
    {
        var result = Converted.Docker("extra_hosts = [\"a.example.org:10.0.0.5\", \"B:10.0.0.5\", \"six:[::1]\", \"seven:fd00::7\", \"host.docker.internal:host-gateway\", \"my_db:10.0.0.6\", \"broken\"]");

        result.Kubernetes().Tables("host_aliases").Select(alias => $"{alias.Text("ip")} {string.Join(',', alias.Texts("hostnames")!)}").ShouldBe(["10.0.0.5 a.example.org,b", "::1 six", "fd00::7 seven"]);
        result.DockerKey("extra_hosts").Parts.Select(part => part.Mapping).ShouldBe([KeyMapping.Direct, KeyMapping.Direct, KeyMapping.Approximate, KeyMapping.Direct, KeyMapping.Impossible, KeyMapping.Impossible, KeyMapping.Impossible]);
    }

    [Fact]
    public void NewerKeys_AreReportedAndNotWritten()
    {
        var result = Converted.Docker("security_opt = [\"seccomp=unconfined\"]\nallowed_users = [\"1000\"]", new() { TargetVersion = new(18, 3) });

        result.Value("allowed_users").ShouldBeNull();
        result.DockerKey("allowed_users").Mapping.ShouldBe(KeyMapping.Impossible);
        result.DockerKey("allowed_users").Remedy.ShouldContain("runner 18.3 does not read it: kubernetes.allowed_users (since 18.4)");
        result.DockerKey("security_opt").Remedy.ShouldContain("(since 18.11)");
    }
}

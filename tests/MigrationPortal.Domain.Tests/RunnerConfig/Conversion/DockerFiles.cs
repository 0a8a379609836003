using System.Text;
using CsCheck;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

/// <summary>Configurations of docker runners as they are met and as they are not: valid values, slips, placeholders and nonsense beside each other.</summary>
internal static class DockerFiles
{
    private static readonly Gen<string> Sizes = Of("512m", "2g", "1.5G", "300k", "1073741824", "4GiB", "", "0", "64 mb", "x", "${memory}", "-1");

    private static readonly Gen<string> Paths = Of("/cache", "/builds", "/certs/client", "/dev/shm", "/data", "/data/", "/var/lib/docker", "/etc/ssl/certs", "/root/.m2", "/a/b.c", "/Ünïcode dir", "/$CI_PROJECT_ID", "/");

    private static readonly Gen<string> Volumes = Gen.OneOf(
        Paths,
        Gen.Select(Paths, Paths, Of("", ":ro", ":rw", ":ro,z", ":Z", ":rw,rshared"), (source, path, mode) => $"{source}:{path}{mode}"),
        Gen.Select(Of("m2", "My_Volume", "data.1", "x"), Paths, (name, path) => $"{name}:{path}"),
        Of("/var/run/docker.sock:/var/run/docker.sock", "c:\\\\cache", "c:\\\\certs:c:\\\\certs:ro", "~/.docker/config.json:/root/.docker/config.json", "/root/.docker/config.json:/root/.docker/config.json:ro", "nonsense", "a:b:c:d", "/srv/settings.xml:/root/.m2/settings.xml:ro", "/home/ci/.ssh:/root/.ssh:ro", "/dev/kvm:/dev/kvm"));

    private static readonly Gen<string> Users = Of("1000", "1000:1000", "node", "root", "0", "1000:docker", "", "-1", "99999999999");

    private static readonly Gen<(string Key, string Value)> Keys = Gen.OneOf(
        Gen.Select(Of("memory", "memory_reservation", "memory_swap", "service_memory", "service_memory_reservation", "service_memory_swap"), Sizes, (key, size) => (key, Quoted(size))),
        Gen.Select(Of("cpus", "service_cpus"), Of("1", "0.5", "2.25", "1/3", ".1", "many", "", "1e-9", "-2"), (key, value) => (key, Quoted(value))),
        Gen.Select(Of("cpu_shares", "service_cpu_shares"), Of(0, 1, 2, 512, 1024, 4096, -5), (key, value) => (key, $"{value}")),
        Volumes.List[0, 5].Select(list => ("volumes", List(list))),
        Of("host", "bridge", "none", "default", "ci-net", "container:x", "").Select(mode => ("network_mode", Quoted(mode))),
        Of("db:10.0.0.1", "a.b:10.0.0.1", "h:host-gateway", "six:::1", "six:[fd00::1]", "my_db:10.0.0.2", "x", ":", "a:999.1.1.1").List[0, 4].Select(list => ("extra_hosts", List(list))),
        Of("10.0.0.2", "1.1.1.1", "8.8.8.8", "9.9.9.9", "127.0.0.11", "fd00::1", "dns").List[0, 5].Select(list => ("dns", List(list))),
        Of("example.org", "Corp", "_x", ".").List[0, 3].Select(list => ("dns_search", List(list))),
        Of("seccomp=unconfined", "seccomp:/x.json", "seccomp={\\\"a\\\":1}", "apparmor=ci", "label=disable", "label=level:s0:c1,c2", "no-new-privileges", "no-new-privileges:false", "label=type:x_t", "odd").List[0, 4].Select(list => ("security_opt", List(list))),
        Of("no-new-privileges", "apparmor=unconfined").List[0, 2].Select(list => ("services_security_opt", List(list))),
        Of("CAP_NET_RAW", "ALL", "sys_admin", "CHOWN").List[0, 3].Select(list => ("cap_add", List(list))),
        Of("NET_RAW", "ALL", "CAP_CHOWN").List[0, 3].Select(list => ("cap_drop", List(list))),
        Gen.Bool.Select(flag => ("privileged", Flag(flag))),
        Gen.Bool.Select(flag => ("services_privileged", Flag(flag))),
        Of("[\"docker:*\"]", "[]").Select(list => ("allowed_privileged_services", list)),
        Users.Select(user => ("user", Quoted(user))),
        Users.List[0, 3].Select(list => ("allowed_users", List(list))),
        Of("999", "docker", "root").List[0, 3].Select(list => ("group_add", List(list))),
        Of("0", "67108864", "-1", "1000").Select(size => ("shm_size", size)),
        Of("{ \"/run\" = \"rw,noexec,size=64m\" }", "{ \"/dev/shm\" = \"size=50%\" }", "{ \"run\" = \"\" }", "{}", "{ \"/data\" = \"ro\", \"/data/\" = \"rw\" }").Select(map => ("tmpfs", map)),
        Of("{ \"/run\" = \"rw\" }", "{ \"/var/lib/mysql\" = \"size=1g\" }").Select(map => ("services_tmpfs", map)),
        Of("{ \"net.ipv4.tcp_syncookies\" = \"1\", \"vm.max_map_count\" = \"262144\" }", "{ \"net.core.somaxconn\" = \"1024\" }").Select(map => ("sysctls", map)),
        Of("{ team = \"a b/c\", \"x/y z\" = \"$CI_JOB_ID\", \"job.runner.gitlab.com/pod\" = \"x\", \"!\" = \"\" }").Select(map => ("container_labels", map)),
        Of("\"always\"", "[\"always\", \"if-not-present\"]", "\"sometimes\"", "[]", "\"never\"").Select(policy => ("pull_policy", policy)),
        Of("[\"always\"]", "[\"if-not-present\", \"maybe\"]").Select(policy => ("allowed_pull_policies", policy)),
        Of("\"all\"", "\"2\"", "\"device=0,1\"", "\"\"").Select(gpus => ("gpus", gpus)),
        Of("\"all\"", "\"1\"").Select(gpus => ("service_gpus", gpus)),
        Of("\"runsc\"", "\"nvidia\"", "\"runc\"", "\"My_Runtime\"").Select(runtime => ("runtime", runtime)),
        Of("[{ name = \"redis:7\", alias = \"my_db cache,db\", environment = [\"A=b\", \"PASSWORD=hunter22\"], command = [\"x\"] }, { name = \"redis:6\", alias = \"\" }]", "[{ name = \"docker:dind\" }]", "[{ alias = \"only\" }]", "[]").Select(services => ("services", services)),
        Of("hostname", "mac_address", "isolation", "host", "cgroup_parent", "userns_mode", "pid_mode", "ipcmode", "image", "helper_image", "cache_dir").Select(key => (key, Quoted("host"))),
        Of("disable_cache", "oom_kill_disable", "tls_verify", "enable_ipv6", "volume_keep", "memory", "volumes", "tmpfs").Select(key => (key, "true")),
        Of(("not_a_key", "\"x\""), ("api_token", "\"glrt-HiddenHidden12\""), ("images", "[1, 2]")));

    private static readonly Gen<string> Runners = Gen.Select(
        Of("docker", "docker", "docker+machine", "docker-autoscaler", "docker-windows", "shell", "kubernetes", ""),
        Of("", "", "  environment = [\"DOCKER_HOST=tcp://docker:2375\", \"A=b\", \"DEPLOY_TOKEN=abcdefgh\", \"FF_NETWORK_PER_BUILD=1\"]\n", "  builds_dir = \"/builds\"\n  cache_dir = \"/cache\"\n", "  pre_clone_script = \"docker info\"\n"),
        Keys.List[0, 9],
        Of("", "  [runners.cache]\n    Type = \"s3\"\n    [runners.cache.s3]\n      AccessKey = \"AKIAHIDDENHIDDEN1234\"\n      SecretKey = \"hidden/hidden/hidden\"\n", "  [runners.cache]\n    Type = \"local\"\n", "  [runners.kubernetes]\n    image = \"here\"\n    bearer_token = \"hiddenhidden\"\n    [[runners.kubernetes.volumes.empty_dir]]\n      name = \"cache\"\n      mount_path = \"/cache\"\n    [[runners.kubernetes.volumes.empty_dir]]\n      name = \"x\"\n      mount_path = \"/data/\"\n"),
        Of(
            "", "  [runners.machine]\n    IdleCount = 2\n    IdleTime = 600\n    MachineDriver = \"google\"\n    MachineOptions = [\"google-machine-type=n1-standard-4\", \"google-preemptible\", \"digitalocean-access-token=hiddenhidden\", \"odd\"]\n    [[runners.machine.autoscaling]]\n      Periods = [\"* * 9-17 * * mon-fri *\", \"0 0 9 * * fri-mon 2025\", \"x\"]\n      IdleCount = 5\n      IdleScaleFactor = 1.5\n",
            "  [runners.autoscaler]\n    capacity_per_instance = 2\n    max_instances = 10\n    plugin = \"aws\"\n    [runners.autoscaler.plugin_config]\n      name = \"asg\"\n      password = \"hiddenhidden\"\n      nested = { a = 1 }\n    [[runners.autoscaler.policy]]\n      idle_count = 2\n      periods = [\"* 8-17 * * mon-fri\"]\n"),
        (executor, more, keys, sections, scaling) =>
        {
            var text = new StringBuilder("[[runners]]\n  name = \"a\"\n  token = \"glrt-HiddenHidden12\"\n");
            if (executor.Length > 0) text.Append("  executor = ").Append(Quoted(executor)).Append('\n');
            text.Append(more).Append("  [runners.docker]\n");
            foreach (var (key, value) in keys.DistinctBy(one => one.Key)) text.Append("    ").Append(key).Append(" = ").Append(value).Append('\n');
            return text.Append(sections).Append(scaling).ToString();
        });

    public static Gen<string> Files { get; } = Gen.Select(Of("concurrent = 4\n", "", "concurrent = 2\nlisten_address = \"localhost:9252\"\nodd = 1\n[machine.shutdown_drain]\n  enabled = true\n"), Runners.List[1, 3], (head, runners) => head + string.Concat(runners));

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Quoted(string text) => $"\"{text}\"";

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(Quoted))}]";

    private static string Flag(bool flag) => flag ? "true" : "false";
}

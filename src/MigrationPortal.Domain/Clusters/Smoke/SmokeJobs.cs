using System.Globalization;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>The built-in smoke jobs. They need a POSIX shell with <c>id</c>, <c>cat</c> and <c>sed</c>; what an image lacks beyond that, they say.</summary>
public static class SmokeJobs
{
    public const string Clone = "clone";
    public const string CacheWrite = "cache-write";
    public const string CacheRead = "cache-read";
    public const string ArtifactWrite = "artifact-write";
    public const string ArtifactRead = "artifact-read";
    public const string Service = "service";
    public const string Image = "image";
    public const string ImageRefused = "image-refused";
    public const string PolicyRefused = "pull-policy-refused";
    public const string Identity = "identity";
    public const string Limits = "limits";
    public const string Privileges = "privileges";
    public const string Network = "network";
    public const string Ping = "ping";

    private const string Alias = "portal-smoke-service";

    // Whatever of these an image has: each tells a port that answers from one that does not.
    private const string ReachFunction =
        """
        reach() {
          if command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
            timeout 8 bash -c "exec 3<>/dev/tcp/$1/$2" >/dev/null 2>&1 && echo open || echo closed
          elif command -v nc >/dev/null 2>&1; then
            nc -z -w 5 "$1" "$2" >/dev/null 2>&1 && echo open || echo closed
          elif command -v curl >/dev/null 2>&1; then
            case "$(curl -s -o /dev/null --connect-timeout 5 -m 8 -w '%{time_connect}' "http://$1:$2/")" in 0.000000|0|'') echo closed;; *) echo open;; esac
          else
            echo no-tool
          fi
        }

        """;

    public static IReadOnlyList<SmokeJob> Of(SmokeExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        List<SmokeJob> jobs =
        [
            new(Clone, "if [ -e .git ] && [ -f \"$CI_CONFIG_PATH\" ]; then value=ok; else value=missing; fi\n" + Say("clone", "$value"), []),
            new(CacheWrite, "mkdir -p portal-smoke-cache\necho \"$CI_PIPELINE_ID\" > portal-smoke-cache/written\n" + Say("cache-write", "ok"), ["cache: {key: \"portal-smoke-$CI_PIPELINE_ID\", paths: [portal-smoke-cache/], policy: push}"]),
            new(CacheRead, "if [ \"$(cat portal-smoke-cache/written 2>/dev/null)\" = \"$CI_PIPELINE_ID\" ]; then value=found; else value=missing; fi\n" + Say("cache", "$value"), ["cache: {key: \"portal-smoke-$CI_PIPELINE_ID\", paths: [portal-smoke-cache/], policy: pull}"]) { Reads = true },
            new(ArtifactWrite, "echo \"$CI_PIPELINE_ID\" > portal-smoke-artifact\n" + Say("artifact-write", "ok"), ["artifacts: {paths: [portal-smoke-artifact], expire_in: 1 hour}"]),
            new(ArtifactRead, "if [ \"$(cat portal-smoke-artifact 2>/dev/null)\" = \"$CI_PIPELINE_ID\" ]; then value=found; else value=missing; fi\n" + Say("artifact", "$value"), [$"needs: [\"{SmokeJob.Prefix}{ArtifactWrite}\"]"]) { Reads = true },
            new(Identity, Say("uid", "$(id -u)") + Say("gid", "$(id -g)"), []),
            new(Limits,
                "memory=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || echo unknown)\n"
                + "cpu=$(sed 's/ /:/' /sys/fs/cgroup/cpu.max 2>/dev/null || echo \"$(cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null):$(cat /sys/fs/cgroup/cpu/cpu.cfs_period_us 2>/dev/null)\")\n"
                + Say("memory", "$memory") + Say("cpu", "$cpu"), []),
            new(Privileges,
                "if [ -e /var/run/secrets/kubernetes.io/serviceaccount/token ]; then token=there; else token=absent; fi\n"
                + "capabilities=$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status)\n"
                + Say("token", "$token") + Say("privileged", "${capabilities:-unknown}"), []),
            new(Network, ReachFunction + NetworkScript(expected.Choice), []),
            new(Ping,
                "if ! command -v ping >/dev/null 2>&1; then value=no-tool\n"
                + "elif seen=$(ping -c 1 -W 3 127.0.0.1 2>&1); then value=works\n"
                + "else case \"$seen\" in *ermitted*|*ermission*|*root*) value=not-permitted;; *) value=no-answer;; esac; fi\n"
                + Say("ping", "$value"), []),
        ];
        if (expected.DefaultImage is not null) jobs.Add(new(Image, Say("image", "started"), []) { OnDefaultImage = true });
        if (expected.RefusedImage is { } refused) jobs.Add(new(ImageRefused, Say("image-refused", "started"), []) { Image = refused, MustBeRefused = true });
        if (expected.RefusedPolicy is { } policy && expected.AnyImage is { } any) jobs.Add(new(PolicyRefused, Say("pull-policy-refused", "started"), [$"image: {{name: {SmokeFile.Quoted(any)}, pull_policy: {policy}}}"]) { MustBeRefused = true });
        if (expected.Choice.ServiceImage is { } service)
            jobs.Add(new(Service,
                ReachFunction + string.Create(CultureInfo.InvariantCulture, $"value=closed\nfor try in 1 2 3 4 5 6 7 8 9 10; do\n  value=$(reach {Alias} {expected.Choice.ServicePort})\n  [ \"$value\" = closed ] || break\n  sleep 3\ndone\n") + Say("service", "$value"),
                [$"services: [{{name: {SmokeFile.Quoted(service)}, alias: {Alias}}}]"]));
        return jobs;
    }

    /// <summary>By which the answer of a place is known.</summary>
    public static string ReachName(int index) => string.Create(CultureInfo.InvariantCulture, $"reach-{index}");

    private static string NetworkScript(SmokeChoice choice) =>
        Say("gitlab", "$(reach \"$CI_SERVER_HOST\" \"$CI_SERVER_PORT\")")
        + "host=${CI_REGISTRY%%:*}\nport=${CI_REGISTRY##*:}\n[ \"$port\" = \"$host\" ] && port=443\nif [ -z \"$host\" ]; then value=none; else value=$(reach \"$host\" \"$port\"); fi\n"
        + Say("registry", "$value")
        + Say("metadata", "$(reach 169.254.169.254 80)")
        + string.Concat(choice.Reach.Select((one, index) => Say(ReachName(index), string.Create(CultureInfo.InvariantCulture, $"$(reach {one.Host} {one.Port})"))));

    private static string Say(string name, string value) => $"echo \"{SmokeLine.Mark} name={name} value={value}\"\n";
}

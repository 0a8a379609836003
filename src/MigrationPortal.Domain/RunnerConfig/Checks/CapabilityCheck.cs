namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Lists of capabilities that come out otherwise than they are written (kubernetes-executor.md 1.4).</summary>
public sealed class CapabilityCheck : KubernetesCheck
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALL", "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE",
        "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT",
        "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM",
    };

    private static readonly IReadOnlyList<string> Keys = ["cap_add", "cap_drop", .. KubernetesSection.Containers.SelectMany(container => new[] { Own(container) + "add", Own(container) + "drop" })];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        foreach (var key in Keys)
            foreach (var name in runner.Texts(key) ?? [])
                if (Name(runner, key, name) is { } found) yield return found;

        foreach (var name in (runner.Texts("cap_add") ?? []).Intersect(runner.Texts("cap_drop") ?? [], StringComparer.OrdinalIgnoreCase))
            yield return Found(runner, CheckCodes.CapabilityTrap, "cap_add", CheckSeverity.Error, $"{name} stands in cap_add and in cap_drop: the drop wins.", $"Take {name} out of one of the two.");
        foreach (var found in KubernetesSection.Containers.SelectMany(container => Container(runner, container))) yield return found;
    }

    private static IEnumerable<ConfigFinding> Container(KubernetesSection runner, string container)
    {
        var key = Own(container);
        var (add, drop) = (runner.Texts(key + "add"), runner.Texts(key + "drop"));
        var merged = Capabilities.Of(runner, container);
        if (add is not null)
        {
            foreach (var name in add.Where(name => merged.Drop?.Contains(name, StringComparer.OrdinalIgnoreCase) == true && !name.Equals("ALL", StringComparison.OrdinalIgnoreCase)))
                yield return Found(runner, CheckCodes.CapabilityTrap, key + "add", CheckSeverity.Error,
                    $"{name} is added for the {Word(container)} container and dropped beside it, {(drop is not null ? "in its own list" : runner.Texts("cap_drop")?.Contains(name, StringComparer.OrdinalIgnoreCase) == true ? "by cap_drop" : "by gitlab-runner itself")}: it stays dropped.",
                    drop is null && name.Equals(Capabilities.DroppedByDefault, StringComparison.OrdinalIgnoreCase) ? "Write cap_add = [\"NET_RAW\"] in [runners.kubernetes]; that takes it out of what is dropped." : $"Take {name} out of the drop list, or of the add list.");
            var lost = (runner.Texts("cap_add") ?? []).Except(add, StringComparer.OrdinalIgnoreCase).ToList();
            if (lost.Count > 0)
                yield return Found(runner, CheckCodes.CapabilityTrap, key + "add", CheckSeverity.Warning, $"capabilities.add of a container takes the place of cap_add: the {Word(container)} container does not get {string.Join(", ", lost)}.", $"Repeat {string.Join(", ", lost)} here, if the container needs it.");
        }

        if (drop is not null)
        {
            var lost = (runner.Texts("cap_drop") ?? []).Except(drop, StringComparer.OrdinalIgnoreCase).ToList();
            if (!drop.Contains("ALL", StringComparer.OrdinalIgnoreCase))
            {
                if (!runner.IsWindows && !drop.Contains(Capabilities.DroppedByDefault, StringComparer.OrdinalIgnoreCase) && !(runner.Texts("cap_add") ?? []).Contains(Capabilities.DroppedByDefault, StringComparer.OrdinalIgnoreCase))
                    lost.Insert(0, Capabilities.DroppedByDefault);
                if (lost.Count > 0)
                    yield return Found(runner, CheckCodes.CapabilityTrap, key + "drop", CheckSeverity.Warning, $"capabilities.drop of a container takes the place of what is dropped else: the {Word(container)} container has {string.Join(", ", lost.Distinct(StringComparer.OrdinalIgnoreCase))} again.", $"Write drop = [\"ALL\"], or add {string.Join(", ", lost.Distinct(StringComparer.OrdinalIgnoreCase))} to the list.");
            }
        }
    }

    private static ConfigFinding? Name(KubernetesSection runner, string key, string name)
    {
        if (name.StartsWith("CAP_", StringComparison.OrdinalIgnoreCase))
            return Found(runner, CheckCodes.CapabilityTrap, key, CheckSeverity.Error, $"{name} begins with CAP_: the container runtime puts that before it once more and knows no such capability.", $"Write {name[4..].ToUpperInvariant()}.");
        return Known.Contains(name) ? null : Found(runner, CheckCodes.BadValue, key, CheckSeverity.Error, $"\"{(name.Length > 40 ? name[..40] : name)}\" is no capability of Linux: the container does not start.", Known.FirstOrDefault(known => NameDistance.AreNear(NameDistance.Squash(name), NameDistance.Squash(known), out _)) is { } meant ? $"Write {meant}." : "Write names such as NET_ADMIN or SYS_PTRACE.");
    }

    private static string Own(string container) => KubernetesSection.ContextOf(container) + ".capabilities.";

    private static string Word(string container) => container.Replace('_', '-');
}

using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class KernelRule : ReadinessRule
{
    private static readonly FrozenSet<string> Always = FrozenSet.ToFrozenSet(
        ["modprobe", "insmod", "rmmod", "losetup", "unshare", "setcap", "chroot", "swapon", "swapoff", "fusermount", "fusermount3", "nsenter", "pivot_root", "kexec", "sshfs", "umount", "ebtables", "brctl", "ipvsadm", "cryptsetup", "debootstrap", "kpartx", "qemu-nbd"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Filters = FrozenSet.ToFrozenSet(["iptables", "ip6tables", "iptables-restore", "ip6tables-restore", "iptables-legacy", "nft", "ipset", "tc"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Changes = FrozenSet.ToFrozenSet(["add", "del", "delete", "set", "change", "replace", "append", "flush", "exec", "attach"], StringComparer.Ordinal);

    public override string Id => "R06";

    public override string Title => "kernel settings and mounts";

    public override string Why => "An unprivileged container cannot change the node's kernel, mounts or network.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "Read-only file system";

    public override RuleSigns Signs { get; } = new() { Commands = [.. Always, .. Filters, "sysctl", "mount", "ip", "ifconfig", "date", "hwclock", "timedatectl"], Words = ["/sys/"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.PrivilegedBuild) yield break;
        foreach (var command in job.Programs)
        {
            if (Changed(command) is not { } what || command.Command.Has("--version", "--help")) continue;
            yield return Found(job, Usual, command.Line, $"{what}, which a container without privileges may not.",
                "Take it out and ask your administrators to set it on the nodes, or for a runner whose pods have it (a sysctl, a capability).");
        }
    }

    private static string? Changed(JobCommand command)
    {
        if (command.Command.Redirects.Any(redirect => redirect.Operator.Contains('>', StringComparison.Ordinal) && IsKernelFile(redirect.Target)) || (command.Name == "tee" && command.Arguments.Any(IsKernelFile)))
            return "It writes a setting of the kernel";
        if (Always.Contains(command.Name)) return $"{command.Name} changes the kernel, mounts or namespaces";
        if (Filters.Contains(command.Name) && command.Arguments.Count > 0 && !command.Command.Has("-V", "-h")) return $"{command.Name} changes the network of the node";
        return command.Name switch
        {
            "sysctl" when command.Arguments.Any(argument => argument is "-w" or "-p" or "--write" or "--system" || argument.StartsWith("-p", StringComparison.Ordinal) || (!argument.StartsWith('-') && argument.Contains('=', StringComparison.Ordinal))) => "sysctl changes a setting of the kernel",
            "mount" when command.Arguments.Any(argument => !argument.StartsWith('-') || argument is "-a" or "--all") => "mount mounts a file system",
            "ip" when command.Arguments.Any(Changes.Contains) => "ip changes the network",
            "ifconfig" when command.Arguments.Count > 1 => "ifconfig changes the network",
            "date" when command.Command.Has("-s", "--set") => "date sets the clock",
            "hwclock" or "timedatectl" when command.Arguments.Any(argument => argument.StartsWith("set", StringComparison.Ordinal) || argument is "-w" or "-s") => $"{command.Name} sets the clock",
            _ => null,
        };
    }

    private static bool IsKernelFile(string path) => path.StartsWith("/proc/sys/", StringComparison.Ordinal) || path.StartsWith("/sys/", StringComparison.Ordinal);
}

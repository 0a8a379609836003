using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class PackageInstallRule : ReadinessRule
{
    private static readonly FrozenSet<string> Managers = FrozenSet.ToFrozenSet(["apt", "apt-get", "aptitude", "apk", "yum", "dnf", "microdnf", "zypper", "pacman", "dpkg", "rpm", "tdnf"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Changing = FrozenSet.ToFrozenSet(["install", "add", "update", "upgrade", "dist-upgrade", "full-upgrade", "remove", "purge", "del", "in", "-i", "-U", "-ivh", "-Uvh", "-S", "-Sy", "-Syu", "localinstall", "groupinstall", "build-dep", "--install", "autoremove", "makecache"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Writers = FrozenSet.ToFrozenSet(["cp", "mv", "install", "ln", "mkdir", "touch", "rm", "tee", "chown", "chmod"], StringComparer.Ordinal);

    public override string Id => "R16";

    public override string Title => "installing as root";

    public override string Why => "Where jobs do not run as root, packages cannot be installed and system folders not written.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "are you root?";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var nonRoot = profile.IsNonRoot || job.AsksForNonRoot;
        foreach (var command in job.Commands)
        {
            if (NeedsRoot(command) is not { } what) continue;
            yield return Found(job, nonRoot ? Usual : Severity.Info, command.Line,
                nonRoot ? $"{what} needs root, and the job runs as another user." : $"{what} needs root: it works as long as the runner lets the image be root.",
                "Put it into the image: build one with these packages once, and name it in image:.");
        }
    }

    private static string? NeedsRoot(JobCommand command)
    {
        if (Managers.Contains(command.Name)) return command.Arguments.Any(Changing.Contains) ? $"{command.Name} {command.Arguments.First(Changing.Contains)}" : null;
        if (Writers.Contains(command.Name) && command.Arguments.Where(argument => !argument.StartsWith('-')) is var paths && Written(command.Name, [.. paths]).FirstOrDefault(IsSystem) is { } path) return $"Writing {path}";
        if (command.Command.Redirects.FirstOrDefault(redirect => redirect.Operator.Contains('>', StringComparison.Ordinal) && IsSystem(redirect.Target)) is { Target: { } target }) return $"Writing {target}";
        return command.Name switch
        {
            "sudo" => "sudo",
            "npm" or "pnpm" when command.Arguments.Any(argument => argument is "-g" or "--global") && command.Arguments.Any(argument => argument is "install" or "i" or "add") => $"{command.Name} with -g",
            "yarn" when command.Arguments is ["global", "add", ..] => "yarn global add",
            "pip" or "pip3" when command.Command.Verb == "install" && !command.Command.Has("--user", "--target", "-t", "--prefix") => "pip install outside of a virtual environment",
            "gem" when command.Command.Verb == "install" && !command.Command.Has("--user-install", "-i") => "gem install",
            "update-ca-certificates" or "useradd" or "adduser" or "groupadd" or "addgroup" or "ldconfig" => command.Name,
            _ => null,
        };
    }

    private static IReadOnlyList<string> Written(string name, IReadOnlyList<string> paths) => name is "cp" or "mv" or "install" or "ln" ? [.. paths.TakeLast(1)] : paths;

    private static bool IsSystem(string path) =>
        path.StartsWith("/usr/", StringComparison.Ordinal) || path.StartsWith("/etc/", StringComparison.Ordinal) || path.StartsWith("/root/", StringComparison.Ordinal) || path.StartsWith("/opt/", StringComparison.Ordinal) || path.StartsWith("/var/lib/", StringComparison.Ordinal) || path is "/root" or "/etc" or "/usr/local/bin";
}

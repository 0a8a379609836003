using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class PackageInstallRule : ReadinessRule
{
    private static readonly FrozenSet<string> Managers = FrozenSet.ToFrozenSet(["apt", "apt-get", "aptitude", "apk", "yum", "dnf", "microdnf", "zypper", "pacman", "dpkg", "rpm", "tdnf"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Changing = FrozenSet.ToFrozenSet(["install", "add", "update", "upgrade", "dist-upgrade", "full-upgrade", "remove", "purge", "del", "in", "-i", "-U", "-ivh", "-Uvh", "-S", "-Sy", "-Syu", "localinstall", "groupinstall", "build-dep", "--install", "autoremove", "makecache"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Writers = FrozenSet.ToFrozenSet(["mkdir", "touch", "rm", "tee", "chown", "chmod"], StringComparer.Ordinal);

    public override string Id => "R16";

    public override string Title => "installing as root";

    public override string Why => "Where jobs do not run as root, packages cannot be installed and system folders not written.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "are you root?";

    public override RuleSigns Signs { get; } = new() { Commands = [.. Managers, "sudo", "gem", "pip", "pip3", "update-ca-certificates", "useradd", "adduser", "groupadd", "addgroup", "ldconfig"], Words = ["/usr", "/etc", "/root", "/opt", "/var/lib/", RuleSigns.Whole("-g"), RuleSigns.Ends("global"), RuleSigns.Whole("pip")] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        // The runner makes every job root: nothing is in the way.
        if (profile.RunAsUser == 0) yield break;
        var nonRoot = profile.IsNonRoot || job.IsNonRoot;
        var inVenv = job.Commands.Any(command => command.Name is "source" or "." && command.Arguments is [var file, ..] && (file == "activate" || file.EndsWith("/activate", StringComparison.Ordinal))) || job.Variables.Has("VIRTUAL_ENV");
        foreach (var command in job.Programs)
        {
            if ((NeedsRoot(command) ?? (inVenv ? null : PipInstall(command))) is not { } what) continue;
            yield return Found(job, nonRoot ? Usual : Severity.Info, command.Line,
                nonRoot ? $"{what} needs root, and the job runs as another user." : $"{what} needs root: it works as long as the runner lets the image be root.",
                "Put it into the image: build one with these packages once, and name it in image:.");
        }
    }

    private static string? NeedsRoot(JobCommand command)
    {
        if (Managers.Contains(command.Name)) return command.Arguments.Any(Changing.Contains) ? $"{command.Name} {command.Arguments.First(Changing.Contains)}" : null;
        if (Written(command).FirstOrDefault(IsSystem) is { } path) return $"Writing {path}";
        if (command.Command.Redirects.FirstOrDefault(redirect => redirect.Operator.Contains('>', StringComparison.Ordinal) && IsSystem(redirect.Target)) is { Target: { } target }) return $"Writing {target}";
        return command.Name switch
        {
            "sudo" => "sudo",
            "npm" or "pnpm" when command.Arguments.Any(argument => argument is "-g" or "--global") && command.Arguments.Any(argument => argument is "install" or "i" or "add") => $"{command.Name} with -g",
            "yarn" when command.Arguments is ["global", "add", ..] => "yarn global add",
            "gem" when command.Command.Verb == "install" && !command.Command.Has("--user-install", "-i") => "gem install",
            "update-ca-certificates" or "useradd" or "adduser" or "groupadd" or "addgroup" or "ldconfig" => command.Name,
            _ => null,
        };
    }

    private static string? PipInstall(JobCommand command)
    {
        var words = command.Name is "python" or "python3" && command.Arguments is ["-m", "pip", ..] ? command.Arguments.Skip(2) : command.Name is "pip" or "pip3" ? command.Arguments : [];
        return words.FirstOrDefault(word => !word.StartsWith('-')) == "install" && !command.Command.Has("--user", "--target", "-t", "--prefix", "--root") && !command.Command.HasPrefix("--target=")
            ? "pip install outside of a virtual environment"
            : null;
    }

    /// <summary>Paths that the command writes to.</summary>
    private static IEnumerable<string> Written(JobCommand command)
    {
        var paths = command.Arguments.Where(argument => !argument.StartsWith('-'));
        return command.Name switch
        {
            "cp" or "mv" or "install" or "ln" or "rsync" => paths.TakeLast(1),
            "sed" or "perl" when command.Command.HasPrefix("-i") || command.Command.HasPrefix("--in-place") => paths.Skip(1),
            "curl" => Behind(command, "-o", "--output"),
            "wget" => Behind(command, "-O", "-P"),
            "tar" when !command.Arguments.Any(IsListing) => Behind(command, "-C", "--directory"),
            "unzip" => Behind(command, "-d", "-d"),
            var name when Writers.Contains(name) => paths,
            _ => [],
        };
    }

    /// <summary><c>tar -t</c> and <c>tar -c</c> only read what is there.</summary>
    private static bool IsListing(string argument) => argument.StartsWith('-') && !argument.StartsWith("--", StringComparison.Ordinal) && argument.AsSpan().ContainsAny('c', 't');

    private static IEnumerable<string> Behind(JobCommand command, string option, string other)
    {
        for (var at = 0; at < command.Arguments.Count; at++)
        {
            var word = command.Arguments[at];
            if ((word == option || word == other) && at + 1 < command.Arguments.Count) yield return command.Arguments[at + 1];
            else if (word.StartsWith(other + "=", StringComparison.Ordinal)) yield return word[(other.Length + 1)..];
            // Short options in one word, such as "-sSLo FILE".
            else if (word is ['-', not '-', _, ..] && word[^1] == option[1] && at + 1 < command.Arguments.Count) yield return command.Arguments[at + 1];
        }
    }

    private static bool IsSystem(string path) =>
        path.StartsWith("/usr/", StringComparison.Ordinal) || path.StartsWith("/etc/", StringComparison.Ordinal) || path.StartsWith("/root/", StringComparison.Ordinal) || path.StartsWith("/opt/", StringComparison.Ordinal) || path.StartsWith("/var/lib/", StringComparison.Ordinal) || path is "/root" or "/etc" or "/usr" or "/opt";
}

using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Shell;

/// <summary>Commands that run another command: both count.</summary>
internal static class ShellWrappers
{
    /// <summary>With the options that take a value of their own.</summary>
    private static readonly FrozenDictionary<string, string[]> ValueOptions = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["sudo"] = ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R", "--user", "--group", "--host", "--prompt"],
        ["doas"] = ["-u", "-C"],
        ["gosu"] = [],
        ["busybox"] = [],
        ["su-exec"] = [],
        ["env"] = ["-u", "--unset", "-C", "--chdir", "-S"],
        ["exec"] = ["-a"],
        ["command"] = [],
        ["builtin"] = [],
        ["nohup"] = [],
        ["setsid"] = [],
        ["time"] = ["-f", "-o"],
        ["nice"] = ["-n", "--adjustment"],
        ["ionice"] = ["-c", "-n", "-p"],
        ["timeout"] = ["-s", "--signal", "-k", "--kill-after"],
        ["stdbuf"] = ["-i", "-o", "-e"],
        ["xargs"] = ["-I", "-n", "-P", "-d", "-L", "-a", "-s", "-E"],
        ["watch"] = ["-n", "--interval"],
        ["fakeroot"] = [],
        ["xvfb-run"] = ["-n", "-s", "-e", "-f", "-p", "-w", "--server-args", "--server-num"],
        ["dumb-init"] = [],
        ["tini"] = [],
        ["dotenv"] = ["-e", "-f"],
        ["retry"] = ["-n", "-d", "-t", "-s"],
        ["strace"] = ["-e", "-o", "-p", "-s"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Shells = FrozenSet.ToFrozenSet(["sh", "bash", "ash", "dash", "ksh", "zsh", "busybox"], StringComparer.Ordinal);

    /// <summary>The first words of these are no command but what they need: a duration, a user.</summary>
    private static int Skipped(string name) => name is "timeout" or "gosu" or "su-exec" ? 1 : 0;

    public static IEnumerable<ShellCommand> Unwrap(ShellCommand command)
    {
        for (var steps = 0; steps < 8; steps++)
        {
            yield return command;
            if (Inner(command) is not { } inner) yield break;
            command = inner;
        }
    }

    /// <summary>What <c>sh -c</c>, <c>eval</c>, <c>su -c</c> or <c>trap</c> runs.</summary>
    public static string? Script(ShellCommand command) => command.Name switch
    {
        "eval" => string.Join(' ', command.Arguments),
        "trap" => command.Arguments.Count > 1 ? command.Arguments[0] : null,
        "su" or "runuser" => After(command.Arguments, argument => argument is "-c" or "--command"),
        var name when Shells.Contains(name) => After(command.Arguments, argument => argument.StartsWith('-') && !argument.StartsWith("--", StringComparison.Ordinal) && argument.EndsWith('c')),
        _ => null,
    };

    /// <summary>A shell without a script file reads its script from a here-document.</summary>
    public static bool ReadsScript(ShellCommand command) =>
        Shells.Contains(command.Name) && command.Arguments.All(argument => argument.StartsWith('-')) && Script(command) is null;

    private static ShellCommand? Inner(ShellCommand command)
    {
        if (!ValueOptions.TryGetValue(command.Name, out var valued)) return null;
        // "command -v docker" only asks whether there is one.
        if (command.Name == "command" && command.Has("-v", "-V")) return null;
        var words = command.Arguments;
        var at = 0;
        while (at < words.Count && words[at].StartsWith('-'))
        {
            if (words[at] == "--")
            {
                at++;
                break;
            }

            at += valued.Contains(words[at]) ? 2 : 1;
        }

        at += Skipped(command.Name);
        // "retry 3 docker push": how often, not what.
        if (command.Name == "retry" && at < words.Count && words[at].All(char.IsAsciiDigit)) at++;
        var assignments = new List<(string, string)>(command.Assignments);
        while (at < words.Count && ShellWords.Assignment(words[at]) is { } assignment)
        {
            assignments.Add(assignment);
            at++;
        }

        return at >= words.Count ? null : command with { Name = ShellWords.Base(words[at]), Written = words[at], Arguments = [.. words.Skip(at + 1)], Assignments = assignments };
    }

    private static string? After(IReadOnlyList<string> arguments, Func<string, bool> option)
    {
        for (var at = 0; at + 1 < arguments.Count; at++)
            if (option(arguments[at])) return arguments[at + 1];
        return null;
    }
}

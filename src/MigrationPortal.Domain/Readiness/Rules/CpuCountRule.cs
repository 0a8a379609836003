using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class CpuCountRule : ReadinessRule
{
    private static readonly FrozenSet<string> Counting = FrozenSet.ToFrozenSet(["nproc", "lscpu"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Makes = FrozenSet.ToFrozenSet(["make", "gmake"], StringComparer.Ordinal);

    public override string Id => "R22";

    public override string Title => "number of processors";

    public override string Why => "A pod sees all processors of its node, and may use only some of them.";

    public override Severity Usual => Severity.Likely;

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var jobs = profile.CpuLimit is { } limit ? Math.Max(1, (int)limit) : 2;
        foreach (var command in job.Commands)
        {
            if (Counts(command) is not { } what) continue;
            yield return Found(job, Usual, command.Line, $"{what} counts the processors of the node, not those that the pod may use: it starts too much at once.", $"variables:\n  JOBS: \"{jobs}\"\nscript:\n  - make -j\"$JOBS\"");
        }
    }

    private static string? Counts(JobCommand command)
    {
        if (Counting.Contains(command.Name)) return command.Name;
        if (Makes.Contains(command.Name) && IsBare(command.Arguments, "-j", "--jobs")) return $"{command.Name} -j without a number";
        return command.Name switch
        {
            "getconf" when command.Command.Has("_NPROCESSORS_ONLN", "NPROCESSORS_ONLN") => "getconf",
            "cmake" when command.Command.Has("--build") && IsBare(command.Arguments, "--parallel", "-j") => "cmake --build --parallel without a number",
            "ctest" when IsBare(command.Arguments, "-j", "--parallel") => "ctest -j without a number",
            "mvn" or "mvnw" when Follows(command.Arguments, "-T", value => value.EndsWith('C')) => "Maven's -T with C",
            "pytest" or "py.test" when Follows(command.Arguments, "-n", value => value is "auto" or "logical") || command.Command.Has("--numprocesses=auto") => "pytest -n auto",
            "xargs" when Follows(command.Arguments, "-P", value => value == "0") => "xargs -P 0",
            "parallel_rspec" or "parallel_test" => command.Name,
            "bundle" when command.Command.Has("parallel_rspec", "parallel_test", "parallel_tests") => "parallel_tests",
            "ninja" when IsBare(command.Arguments, "-j", "-j") => null,
            _ => command.Arguments.Any(argument => argument.Contains("os.cpu_count", StringComparison.Ordinal) || argument.Contains("multiprocessing.cpu_count", StringComparison.Ordinal) || argument.Contains("/proc/cpuinfo", StringComparison.Ordinal)) ? $"{command.Name}" : null,
        };
    }

    private static bool IsBare(IReadOnlyList<string> arguments, string option, string other)
    {
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] != option && arguments[at] != other) continue;
            if (at + 1 == arguments.Count || arguments[at + 1].Length == 0 || !char.IsAsciiDigit(arguments[at + 1][0]) && !arguments[at + 1].StartsWith('$')) return true;
        }

        return false;
    }

    private static bool Follows(IReadOnlyList<string> arguments, string option, Func<string, bool> value)
    {
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == option && at + 1 < arguments.Count && value(arguments[at + 1])) return true;
            if (arguments[at].Length > option.Length && arguments[at].StartsWith(option, StringComparison.Ordinal) && value(arguments[at][option.Length..])) return true;
        }

        return false;
    }
}

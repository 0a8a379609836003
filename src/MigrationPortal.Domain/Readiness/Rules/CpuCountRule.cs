using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class CpuCountRule : ReadinessRule
{
    private static readonly FrozenSet<string> Counting = FrozenSet.ToFrozenSet(["nproc", "lscpu"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Makes = FrozenSet.ToFrozenSet(["make", "gmake"], StringComparer.Ordinal);

    private const int LongestOptions = 4096;

    public override string Id => "R22";

    public override string Title => "number of processors";

    public override string Why => "A pod sees all processors of its node, and may use only some of them.";

    public override Severity Usual => Severity.Likely;

    public override RuleSigns Signs { get; } = new() { Commands = [.. Counting, .. Makes, "go", "getconf", "cmake", "ctest", "mvn", "mvnw", "gradle", "gradlew", "pytest", "py.test", "xargs", "parallel_rspec", "parallel_test", "bundle"], Words = [RuleSigns.Ends("auto"), "-Dorg.gradle.parallel=true", "cpu_count", "/proc/cpuinfo", "-T", "MAKEFLAGS", "nproc)"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var jobs = profile.CpuLimit is { } limit ? Math.Max(1, (int)limit) : 2;
        var bounded = ShellSettings.All(job).Any(one => one.Name == "GOMAXPROCS");
        foreach (var command in job.Commands)
        {
            if (Counts(command) is { } what) yield return At(job, Usual, command.Line, what, $"variables:\n  JOBS: \"{jobs}\"\nscript:\n  - make -j\"$JOBS\"");
            else if (IsGo(command) && !bounded) yield return At(job, Severity.Info, command.Line, $"go {command.Command.Verb} without GOMAXPROCS", $"variables:\n  GOMAXPROCS: \"{jobs}\"");
        }

        // Options that a script passes on, such as MAVEN_CLI_OPTS.
        foreach (var variable in job.Variables.All.Where(variable => variable.Value.Length < LongestOptions))
        {
            var words = variable.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (Follows(words, "-T", IsPerCore) || (variable.Name == "MAKEFLAGS" && IsBare(words, "-j", "--jobs")) || words.Any(word => word.Contains("nproc)", StringComparison.Ordinal)) || (words.Contains("-Dorg.gradle.parallel=true") && !variable.Value.Contains("workers.max", StringComparison.Ordinal)))
                yield return At(job, Usual, variable.Line, $"{variable.Name}: {variable.Value}", $"variables:\n  {variable.Name}: ...    # with the number {jobs}");
        }
    }

    private Finding At(JobView job, Severity severity, int line, string what, string remedy) =>
        Found(job, severity, line, $"{what} counts the processors of the node, not those that the pod may use: it starts too much at once.", remedy);

    private static bool IsGo(JobCommand command) => command.Name == "go" && command.Command.Verb is "build" or "test" or "vet" or "install" or "run" or "generate" && !command.Command.HasPrefix("-p");

    /// <summary>Maven's threads for each processor: <c>1C</c>, <c>0.5C</c>.</summary>
    private static bool IsPerCore(string value) => value.Length > 1 && char.IsAsciiDigit(value[0]) && value.EndsWith('C');

    private static string? Counts(JobCommand command)
    {
        if (Counting.Contains(command.Name)) return command.Name;
        if (command.Arguments.Any(argument => argument is "--parallel=auto" or "--jobs=auto" or "--workers=auto") || Follows(command.Arguments, "--parallel", value => value == "auto") || Follows(command.Arguments, "-j", value => value == "auto")) return $"{command.Name} with auto";
        if (command.Command.Has("-Dorg.gradle.parallel=true")) return "gradle in parallel";
        if (Makes.Contains(command.Name) && IsBare(command.Arguments, "-j", "--jobs")) return $"{command.Name} -j without a number";
        return command.Name switch
        {
            "getconf" when command.Command.Has("_NPROCESSORS_ONLN", "NPROCESSORS_ONLN") => "getconf",
            "cmake" when command.Command.Has("--build") && IsBare(command.Arguments, "--parallel", "-j") => "cmake --build --parallel without a number",
            "ctest" when IsBare(command.Arguments, "-j", "--parallel") => "ctest -j without a number",
            "mvn" or "mvnw" when Follows(command.Arguments, "-T", IsPerCore) => "Maven's -T with C",
            "gradle" or "gradlew" when command.Command.Has("--parallel") && !command.Command.HasPrefix("--max-workers") => "gradle --parallel without --max-workers",
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

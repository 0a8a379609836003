using System.Globalization;
using System.Text;

namespace MigrationPortal.Domain.Tests.Readiness;

/// <summary>Whole logs as a Kubernetes runner of version 19 writes them, around what a test is about.</summary>
internal static class JobLogs
{
    private const string Erase = "\u001b[0K", Green = "\u001b[32;1m", Red = "\u001b[31;1m", Cyan = "\u001b[36;1m", Reset = "\u001b[0;m";

    /// <param name="fragment">Stands where such a text really stands: as the runner's last word, before the script, or in the script.</param>
    public static string Around(string fragment, string? reason, int? exitCode, bool timestamps)
    {
        if (string.IsNullOrEmpty(reason)) return Whole([fragment], ["all 12 tests passed"], "Job succeeded", timestamps);
        if (fragment.Contains("Job failed", StringComparison.Ordinal)) return Whole([], exitCode is null ? [] : ["building 1 of 9"], fragment, timestamps);
        if (reason == "script_failure" && (exitCode is not null || !IsOfRunner(fragment))) return InScript(fragment, exitCode ?? 1, timestamps);
        var system = reason == "script_failure" ? "" : " (system failure)";
        return Whole([], null, $"ERROR: Job failed{system}: prepare environment: {fragment.Replace("ERROR: ", "", StringComparison.Ordinal)}. Check https://docs.gitlab.com/runner/shells/#shell-profile-loading for more information", timestamps);
    }

    public static string InScript(string output, int exitCode, bool timestamps = false, string command = "make check") =>
        Whole([], ["compiling \u001b[33mmain.c\u001b[0m", $"{Green}$ {command}{Reset}", .. output.Split('\n')], $"ERROR: Job failed: command terminated with exit code {exitCode}", timestamps);

    /// <param name="script">Null: the job never came so far.</param>
    public static string Whole(string[] prepare, string[]? script, string end, bool timestamps)
    {
        List<string> lines =
        [
            $"{Erase}Running with gitlab-runner 19.3.0 (d79f3e7b){Reset}", "  on k8s-default t1_AbCdEf, system ID: r_9f3kd02k",
            Section("start", "prepare_executor") + $"{Cyan}Preparing the \"kubernetes\" executor{Reset}", "Using Kubernetes namespace: ci-jobs", "Using Kubernetes executor with image registry.example.org/tools:4 ...", "Using attach strategy to execute scripts...",
            Section("end", "prepare_executor") + Section("start", "prepare_script") + $"{Cyan}Preparing environment{Reset}",
            "Waiting for pod ci-jobs/runner-t1-project-42-concurrent-0-x9 to be running on the node <unknown>, status is Pending", "\tContainersNotReady: \"containers with unready status: [build helper]\"", .. prepare,
        ];
        if (script is not null)
            lines.AddRange([
                "Running on runner-t1-project-42-concurrent-0-x9 via gitlab-runner-5d7...", Section("end", "prepare_script") + Section("start", "get_sources") + $"{Cyan}Getting source from Git repository{Reset}",
                "Fetching changes with git depth set to 20...", "remote: Counting objects:  10%\rremote: Counting objects: 100%\rReceiving objects: 100% (88/88), done.", "Checking out 5f3a1c2d as detached HEAD (ref is main)...",
                Section("end", "get_sources") + Section("start", "step_script") + $"{Cyan}Executing \"step_script\" stage of the job script{Reset}", $"{Green}$ ./configure --quiet{Reset}", "checking for gcc... gcc", .. script,
                Section("end", "step_script") + Section("start", "after_script") + $"{Cyan}Running after_script{Reset}", $"{Green}$ rm -rf tmp || true{Reset}", "rm: cannot remove 'tmp/x': Permission denied", Section("end", "after_script"),
            ]);
        lines.Add(Section("start", "cleanup_file_variables") + $"{Cyan}Cleaning up project directory and file based variables{Reset}");
        lines.Add(Section("end", "cleanup_file_variables") + (end.StartsWith("ERROR", StringComparison.Ordinal) ? Red : Green) + end + Reset);
        return timestamps ? Stamped(lines) : string.Join('\n', lines) + "\n";
    }

    private static bool IsOfRunner(string fragment) => fragment.Contains("image", StringComparison.Ordinal) || fragment.Contains("pull policy", StringComparison.Ordinal) || fragment.Contains("container", StringComparison.Ordinal) || fragment.Contains("the resource", StringComparison.Ordinal);

    private static string Section(string which, string name) => $"section_{which}:1787133600:{name}\r{Erase}";

    // Long lines are written in pieces, of which the later ones say that they continue.
    private static string Stamped(List<string> lines)
    {
        var log = new StringBuilder();
        for (var index = 0; index < lines.Count; index++)
        {
            var (at, line) = (string.Create(CultureInfo.InvariantCulture, $"2026-08-21T10:00:{index % 60:00}.{index:000000}Z 00O"), lines[index]);
            var half = line.Length > 60 ? line.Length / 2 : line.Length;
            log.Append(at).Append(' ').Append(line[..half]).Append('\n');
            if (half < line.Length) log.Append(at).Append('+').Append(line[half..]).Append('\n');
        }

        return log.ToString();
    }
}

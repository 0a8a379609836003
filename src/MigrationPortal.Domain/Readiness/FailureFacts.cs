using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness;

/// <summary>A failed job as its log, GitLab's reason and its exit code show it: how it ended, and which lines may say why.</summary>
internal sealed partial class FailureFacts
{
    private static readonly LogStage[] Course = [LogStage.Prepare, LogStage.Sources, LogStage.Restore, LogStage.Script, LogStage.Save];

    private FailureFacts(IReadOnlyList<LogLine> lines, string? reason, int? exitCode)
    {
        (Lines, Reason, ExitCode) = (lines, string.IsNullOrWhiteSpace(reason) ? null : reason, exitCode);
        // Whatever runs after a failure is no cause, so the job ended in the last stage of its regular course.
        EndedIn = lines.Select(line => line.Stage).LastOrDefault(stage => Course.Contains(stage), LogStage.Unknown);
        for (Ending = lines.Count - 1; Ending >= 0 && !EndingLine().IsMatch(lines[Ending].Text);) Ending--;
        Succeeded = Ending < 0 && lines.Any(line => line.Stage is not LogStage.Script && line.Text.Trim() == "Job succeeded");
        if (Ending < 0)
        {
            ScriptEnded = exitCode is not (null or 0) && Reason is null or "script_failure";
            return;
        }

        IsSystemFailure = EndingLine().Match(lines[Ending].Text).Groups["system"].Success;
        var exit = EndingLine().Match(lines[Ending].Text) is { } ended && !ended.Groups["system"].Success ? PlainExit().Match(ended.Groups["why"].Value) : Match.Empty;
        ScriptEnded = exit.Success && Reason is not "runner_system_failure";
        if (ExitCode is null && exit.Success && int.TryParse(exit.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)) ExitCode = code;
    }

    public IReadOnlyList<LogLine> Lines { get; }

    public string? Reason { get; }

    public int? ExitCode { get; }

    /// <summary>Index of the runner's last word, "Job failed: ..."; -1 when the log has none.</summary>
    public int Ending { get; }

    public LogStage EndedIn { get; }

    /// <summary>The script ran and ended by itself: what looks like words of the runner was printed by the script.</summary>
    public bool ScriptEnded { get; }

    public bool Succeeded { get; }

    /// <summary>The runner says of itself that it failed, and not the script (kubernetes-executor.md 5.1).</summary>
    public bool IsSystemFailure { get; }

    public bool EndedInHelper => EndedIn is LogStage.Sources or LogStage.Restore or LogStage.Save;

    public static FailureFacts Of(string log, string? reason, int? exitCode) => new(LogReader.Read(log), reason, exitCode);

    /// <summary>The runner's last word and what follows it.</summary>
    public IEnumerable<int> EndingLines() => Ending < 0 ? [] : Enumerable.Range(Ending, Lines.Count - Ending);

    /// <summary>Words of the runner and of its cluster before the script, the last one first.</summary>
    public IEnumerable<int> RunnerLines() => Backwards(line => line.Voice is LogVoice.Runner || line is { Stage: LogStage.Prepare, Voice: LogVoice.Output });

    /// <summary>Everything that was said and not quoted, the last one first.</summary>
    public IEnumerable<int> SaidLines() => Backwards(line => line.Voice is not (LogVoice.Trace or LogVoice.Quoted));

    /// <summary>
    /// What the last command of the failed stage printed, the last line first, and what services said at any time. A script stops
    /// at the first command that fails, so commands before the last one passed, whatever they printed.
    /// </summary>
    public IEnumerable<int> DecisiveLines()
    {
        var end = Ending < 0 ? Lines.Count : Ending;
        var last = -1;
        for (var index = 0; index < end; index++)
            if (Lines[index].Stage == EndedIn && Lines[index].Text.StartsWith("$ ", StringComparison.Ordinal)) last = index;
        for (var index = end - 1; index >= 0; index--)
        {
            var line = Lines[index];
            if (line.Voice == LogVoice.Service || (line.Stage == EndedIn && line.Voice is LogVoice.Output && index > last && !IsEcho(line.Text, last))) yield return index;
        }
    }

    private IEnumerable<int> Backwards(Func<LogLine, bool> wanted)
    {
        for (var index = Lines.Count - 1; index >= 0; index--)
            if (wanted(Lines[index])) yield return index;
    }

    // echo "ping: permission denied": the command's own words, not those of ping.
    private bool IsEcho(string text, int command) => command >= 0 && text.Trim() is { Length: >= 8 } words && Lines[command].Text.Contains(words, StringComparison.Ordinal);

    [GeneratedRegex(@"^(?:ERROR: )?Job failed(?<system> \(system failure\))?: (?<why>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex EndingLine();

    // "command terminated with exit code 1" on Kubernetes, "exit code 1" on docker, "exit status 1" of a shell, "... (exit code: 1)" of a step.
    [GeneratedRegex(@"^(?!.*Error in container).*?\bexit (?:code|status):? (-?\d{1,10})\)?\.?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainExit();
}

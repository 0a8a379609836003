using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// Reads the end of a job's log, in time and memory that do not grow with it. Understands what gitlab-runner 19 writes:
/// colours, progress that overwrites itself, section markers, and the prefixes of FF_TIMESTAMPS
/// (common/buildlogger/internal/timestamper: instant, stream in two hex digits, O or E, a space or + for a continued line).
/// </summary>
public static partial class LogReader
{
    /// <summary>Characters; what ended a job stands near its end.</summary>
    public const int Tail = 64 * 1024;

    public const int MostLines = 4000;

    /// <summary>Characters; of a longer line the beginning and the end are kept.</summary>
    public const int LongestLine = 4096;

    /// <summary>Characters before the tail that are searched for the section in which it begins.</summary>
    private const int LookBack = 8 * 1024 * 1024;

    private const string SectionStart = "section_start:";
    private const string SectionEnd = "section_end:";

    /// <summary>Length of "2026-08-21T10:00:00.123456Z 00O ".</summary>
    private const int PrefixLength = 32;

    /// <summary>Of services (buildlogger StreamStartingServiceLevel); the runner speaks on 0, the script on 1.</summary>
    private const int FirstServiceStream = 15;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static IReadOnlyList<LogLine> Read(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var start = Math.Max(0, log.Length - Tail);
        var stage = StageAt(log, start);
        var tail = log.AsSpan(start);
        // The first line is a torn one, unless the tail is nothing but one line.
        if (start > 0 && tail.IndexOf('\n') is >= 0 and var end && end + 1 < tail.Length) tail = tail[(end + 1)..];

        var lines = new List<LogLine>();
        foreach (var (raw, service) in Joined(tail)) stage = Read(raw, service, stage, lines);
        return lines.Count > MostLines ? lines[^MostLines..] : lines;
    }

    private static List<(string Text, bool Service)> Joined(ReadOnlySpan<char> tail)
    {
        var joined = new List<(string Text, bool Service)>();
        var lastOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var range in tail.Split('\n'))
        {
            var line = tail[range];
            if (!HasPrefix(line))
            {
                joined.Add((Cut(line), false));
                continue;
            }

            var stream = line.Slice(28, 3).ToString();
            var text = line[PrefixLength..];
            if (line[31] == '+' && lastOf.TryGetValue(stream, out var at)) joined[at] = (Cut(joined[at].Text.TrimEnd('\n') + text.ToString()), joined[at].Service);
            else
            {
                lastOf[stream] = joined.Count;
                joined.Add((Cut(text), int.Parse(stream.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >= FirstServiceStream));
            }
        }

        return joined;
    }

    private static bool HasPrefix(ReadOnlySpan<char> line) =>
        line.Length >= PrefixLength && line[4] == '-' && line[7] == '-' && line[10] == 'T' && line[13] == ':' && line[16] == ':' && line[19] == '.' && line[26] == 'Z' && line[27] == ' '
        && HexDigits.Contains(line[28]) && HexDigits.Contains(line[29]) && line[30] is 'O' or 'E' && line[31] is ' ' or '+';

    // A carriage return sends the cursor back: of a progress bar the last state counts. Markers sit between returns as well.
    private static LogStage Read(string raw, bool service, LogStage stage, List<LogLine> lines)
    {
        var shown = "";
        foreach (var part in raw.Split('\r'))
        {
            var text = Plain(part);
            if (text.StartsWith(SectionStart, StringComparison.Ordinal)) stage = StageOf(NameIn(text)) ?? stage;
            else if (!text.StartsWith(SectionEnd, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(text)) shown = text;
        }

        if (shown.Length > 0) lines.Add(new LogLine(shown, stage, service ? LogVoice.Service : LogVoices.Of(shown)));
        return stage;
    }

    private static string Plain(string part)
    {
        var text = Escapes().Replace(part, "");
        return text.AsSpan().ContainsAnyInRange('\0', '\u0008') || text.AsSpan().ContainsAnyInRange('\u000b', '\u001f')
            ? string.Concat(text.Where(letter => letter is '\t' or >= ' ')) : text;
    }

    private static LogStage StageAt(string log, int start)
    {
        for (int at = start, tries = 0; at > 0 && tries < 100; tries++)
        {
            at = log.LastIndexOf(SectionStart, at - 1, Math.Min(at, LookBack), StringComparison.Ordinal);
            if (at < 0) break;
            if (StageOf(NameIn(log.Substring(at, Math.Min(200, log.Length - at)))) is { } stage) return stage;
        }

        return LogStage.Unknown;
    }

    // section_start:1560896352:get_sources[collapsed=true]
    private static string NameIn(string marker)
    {
        var name = marker.AsSpan(SectionStart.Length);
        name = name[(name.IndexOf(':') + 1)..];
        var end = name.IndexOfAny("[\r\n ");
        return (end < 0 ? name : name[..end]).ToString();
    }

    /// <summary>Null for a section inside a stage: of a script's line, or of the job's own making.</summary>
    private static LogStage? StageOf(string section) => section switch
    {
        "resolve_secrets" or "prepare_executor" or "prepare_script" => LogStage.Prepare,
        "get_sources" or "clear_worktree" => LogStage.Sources,
        "restore_cache" or "download_artifacts" => LogStage.Restore,
        "after_script" => LogStage.AfterScript,
        "archive_cache" or "upload_artifacts_on_success" => LogStage.Save,
        "archive_cache_on_failure" or "upload_artifacts_on_failure" => LogStage.SaveAfterFailure,
        "cleanup_file_variables" => LogStage.Cleanup,
        "build_script" => LogStage.Script,
        _ when section.StartsWith("step_", StringComparison.Ordinal) => LogStage.Script,
        _ => null,
    };

    private static string Cut(ReadOnlySpan<char> line) => line.Length <= LongestLine ? line.ToString() : string.Concat(line[..(LongestLine / 2)], line[^(LongestLine / 2)..]);

    // CSI, OSC and two-letter escapes; and colours whose escape got lost where somebody copied the log.
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\^_]|\[\d{1,3}(?:;\d{1,3}){0,4};?m|\[0K", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}

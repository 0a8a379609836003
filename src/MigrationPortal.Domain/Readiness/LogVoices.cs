using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness;

/// <summary>Who speaks in a line, as far as its own words tell.</summary>
internal static partial class LogVoices
{
    public static LogVoice Of(string text)
    {
        if (Trace().IsMatch(text)) return LogVoice.Trace;
        if (Service().IsMatch(text)) return LogVoice.Service;
        if (Runner().IsMatch(text)) return LogVoice.Runner;
        return Quoted().IsMatch(text) ? LogVoice.Quoted : LogVoice.Output;
    }

    // "$ make", and "+ make" of set -x.
    [GeneratedRegex(@"^(?:\$|\++|PS [^>]*>) ", RegexOptions.CultureInvariant)]
    private static partial Regex Trace();

    // CI_DEBUG_SERVICES; docker prints the log of a service that did not start below a line of stars.
    [GeneratedRegex(@"^\[service:[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Service();

    [GeneratedRegex(@"^(?:ERROR: (?:Job failed|Preparation failed|The "".*"" image is not present)|WARNING: (?:Event retrieved|Failed to pull image|Preparation failed|Error parsing '[ug]id')|Waiting for pod |Overriding (?:user|group) for container|Health check aborted|\t\w+: ""|\*\*\* WARNING: Service )", RegexOptions.CultureInvariant)]
    private static partial Regex Runner();

    // Reports of test runners (TAP, jest, mocha, go, pytest, JUnit, googletest), and what an assertion expected.
    [GeneratedRegex(@"^\s*(?:[✓✔√✗✕✖×●◯▶]|(?:not )?ok \d|PASS\b|FAIL\b|PASSED\b|FAILED\b|--- (?:PASS|FAIL|SKIP)|=== (?:RUN|PAUSE|CONT|NAME)|\[\s*(?:OK|PASSED|FAILED|RUN)\s*\]|\d+\) |(?:[Ee]xpected|[Aa]ctual|[Rr]eceived|Got|Want)(?: \w+)?: |- Expected|\+ Received|>\s+\d+ \||(?:E\s+)?Assert(?:ion)?Error|(?:E\s+)?assert |Failed asserting |it\(|test\(|describe\(|//|\*\s)|\s(?:PASSED|FAILED|SKIPPED|XFAIL)(?:\s+\[ *\d+%\])?\s*$|\.\.\. (?:ok|passed|FAILED|skipped)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}

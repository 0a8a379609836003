using System.Diagnostics;
using CsCheck;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Readiness;

public class LogReaderTests
{
    private const string Esc = "\u001b";

    [Theory]
    [InlineData(Esc + "[31;1mERROR: Job failed: exit code 1" + Esc + "[0;m", "ERROR: Job failed: exit code 1")]
    [InlineData(Esc + "[0K" + Esc + "[36;1mPreparing environment" + Esc + "[0;m" + Esc + "[0;m", "Preparing environment")]
    [InlineData(Esc + "]0;title\u0007npm test", "npm test")]
    [InlineData(Esc + "[38;5;196mred" + Esc + "[m", "red")]
    [InlineData("[0K[32;1mcopied without escapes[0;m", "copied without escapes")]
    [InlineData(" 10%\r 55%\r100% done", "100% done")]
    [InlineData("a line of Windows\r", "a line of Windows")]
    [InlineData("100% done\r" + Esc + "[K", "100% done")]
    [InlineData("a\tb\u0000\u0007c", "a\tbc")]
    [InlineData("[Kubernetes] arr[m] [1] [31]", "[Kubernetes] arr[m] [1] [31]")]
    [InlineData("2026-08-21T10:00:00.123456Z 00O Preparing environment", "Preparing environment")]
    [InlineData("2026-08-21T10:00:00.123456Z 01E " + Esc + "[31mstderr" + Esc + "[0m\r", "stderr")]
    [InlineData("2026-08-21T10:00:00.123456Z a line with a time of its own", "2026-08-21T10:00:00.123456Z a line with a time of its own")]
    public void Line_IsReadAsAPersonSeesIt(string raw, string shown) => LogReader.Read(raw).Single().Text.ShouldBe(shown);

    [Fact]
    public void ContinuedLines_AreJoinedPerStream()
    {
        const string Log = """
            2026-08-21T10:00:00.000001Z 01O first half,
            2026-08-21T10:00:00.000002Z 01E of another stream
            2026-08-21T10:00:00.000003Z 01O+ second half,
            2026-08-21T10:00:00.000004Z 01O+ the end
            2026-08-21T10:00:00.000005Z 00O the runner
            """;

        LogReader.Read(Log).Select(line => line.Text).ShouldBe(["first half, second half, the end", "of another stream", "the runner"]);
    }

    [Fact]
    public void Stages_ComeFromTheMarkers_NotFromSectionsOfTheScript()
    {
        const string Log = "section_start:1:prepare_executor\r" + Esc + "[0KPreparing\nsection_end:2:prepare_executor\r" + Esc + "[0Ksection_start:2:get_sources\r" + Esc + "[0KGetting\nFetching\n"
            + "section_end:3:get_sources\r" + Esc + "[0Ksection_start:3:step_script\r" + Esc + "[0KExecuting\nsection_start:4:section_script_step_0[hide_duration=true,collapsed=true]\r" + Esc + "[0K" + Esc + "[32;1m$ make" + Esc + "[0;m\n"
            + "gcc\nsection_start:5:my_tests\r" + Esc + "[0KMine\nsection_end:6:my_tests\r" + Esc + "[0K\nstill the script\nsection_start:7:after_script\r" + Esc + "[0KAfter\nsection_start:8:archive_cache_on_failure\r" + Esc + "[0KSaving\n";

        LogReader.Read(Log).Select(line => (line.Text, line.Stage)).ShouldBe([
            ("Preparing", LogStage.Prepare), ("Getting", LogStage.Sources), ("Fetching", LogStage.Sources), ("Executing", LogStage.Script), ("$ make", LogStage.Script),
            ("gcc", LogStage.Script), ("Mine", LogStage.Script), ("still the script", LogStage.Script), ("After", LogStage.AfterScript), ("Saving", LogStage.SaveAfterFailure)]);
    }

    [Theory]
    [InlineData("$ make check", LogVoice.Trace)]
    [InlineData("++ dirname /x", LogVoice.Trace)]
    [InlineData("[service:postgres-db] 2026-08-21T10:00:00Z ready", LogVoice.Service)]
    [InlineData("2026-08-21T10:00:00.000001Z 0fO ready", LogVoice.Service)]
    [InlineData("2026-08-21T10:00:00.000001Z 01O ready", LogVoice.Output)]
    [InlineData("WARNING: Event retrieved from the cluster: 0/5 nodes are available", LogVoice.Runner)]
    [InlineData("ERROR: Job failed: exit code 1", LogVoice.Runner)]
    [InlineData("  ✓ says permission denied", LogVoice.Quoted)]
    [InlineData("ok 7 - refuses", LogVoice.Quoted)]
    [InlineData("$HOME is not set", LogVoice.Output)]
    public void Voice_IsWhoSpeaks(string raw, LogVoice voice) => LogReader.Read(raw).Single().Voice.ShouldBe(voice);

    [Fact]
    public void LongLog_IsReadFromItsEnd_InTheSectionItIsIn()
    {
        var log = "section_start:1:get_sources\r\nsection_start:2:step_script\r\n" + string.Concat(Enumerable.Range(0, 200_000).Select(index => $"line {index}\n"));

        var lines = LogReader.Read(log);

        (lines[^1].Text, lines[0].Stage).ShouldBe(("line 199999", LogStage.Script));
        lines.Count.ShouldBeLessThanOrEqualTo(LogReader.MostLines);
        lines[0].Text.ShouldStartWith("line ");
    }

    [Fact]
    public void LineWithoutEnd_IsCut() => LogReader.Read(new string('x', 10 * LogReader.Tail)).Single().Text.Length.ShouldBe(LogReader.LongestLine);

    [Fact]
    public void AnyText_IsReadWithinBounds()
    {
        // Pieces of what the reader knows, put together in any way.
        string[] known = ["\n", "\r", "\r\n", Esc + "[0K", Esc + "[", Esc + "]", "section_start:", "section_start:1:step_script\r", "section_end:1:x", "$ ", "+ ", "2026-08-21T10:00:00.123456Z 00O ", "2026-08-21T10:00:00.123456Z 01E+", "ERROR: Job failed: ", "ERROR: Job failed (system failure): ", "exit code ", "exit code 99999999999", "-----BEGIN RSA PRIVATE KEY-----", "Permission denied", "lookup a.b", "dial tcp ", "\u0000", "\ud800", "password=", "https://a:b@", "🚀", " ", ": ", "'", "\""];
        var piece = Gen.Int[0, known.Length - 1].Select(index => known[index]);
        var text = Gen.Select(Gen.OneOf(piece, Gen.String, Gen.String[Gen.Char['a', 'z'], 0, 30]).Array[0, 60], Gen.Int[1, 3], (pieces, times) => string.Concat(Enumerable.Repeat(string.Concat(pieces), times)));

        string?[] reasons = [null, "", "script_failure", "runner_system_failure", "x"];

        Always.Holds(Gen.Select(text, Gen.Int[0, 4], Gen.Int[-2, 300]), 3000, made =>
        {
            var (log, reason, code) = made;
            var lines = LogReader.Read(log);
            lines.Count.ShouldBeLessThanOrEqualTo(LogReader.MostLines);
            foreach (var line in lines) (line.Text.Length <= LogReader.LongestLine && !line.Text.AsSpan().ContainsAny('\n', '\r', '\u001b')).ShouldBeTrue();

            var verdict = FailureClassifier.Classify(log, reasons[reason], code < -1 ? null : code);
            (verdict.Class == FailureClasses.Unknown || FailureClasses.All.ContainsKey(verdict.Class)).ShouldBeTrue(verdict.Class);
            verdict.Excerpt.Count.ShouldBeLessThanOrEqualTo(1 + 2 * LogExcerpt.Neighbours);
            verdict.Excerpt.ShouldAllBe(line => line.Length <= LogExcerpt.LongestLine + 3);
        });
    }

    [Theory]
    [InlineData("mkdir: cannot create directory a: b: c: Permission denied maybe ")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:")]
    [InlineData("dial tcp lookup connect: timed out EACCES /root/ password token 2026 \n")]
    [InlineData("https://a:b:c:d@e@f password=x lookup lookup lookup exit code 137\n")]
    public void HostileLog_IsReadInBoundedTime(string piece)
    {
        var log = string.Concat(Enumerable.Repeat(piece, 100_000));
        FailureClassifier.Classify(log);

        var watch = Stopwatch.StartNew();
        FailureClassifier.Classify(log, "runner_system_failure");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}

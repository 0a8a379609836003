using System.Diagnostics;
using System.Text;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Tests.Readiness;

/// <summary>
/// Files made to cost much: each ends within its budget. The bound of time is far above what they take (some tenths of a
/// second), and far below what one quadratic rule would.
/// </summary>
public sealed class HostileScanTests
{
    private const int Long = 200_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly string[] Pieces =
    [
        "x", " ", "a b ", "-Xmx9g ", "--max-old-space-size=", "://", "http://a:1 ", "git@a.b:c ", "$A", "${", "a__b", "/srv/", "1h ", "@", ":", "host=", "-", "win", "a;", "|a ", "$(a)", "\\n", "é", "&a ", "-T ", "/dev/kvm", "0",
    ];

    public static TheoryData<string, string> Longs =>
        [.. from piece in Pieces from place in new[] { "script: [\"{0}\"]", "script: [\"x {0}\"]", "variables: {{V: \"{0}\", HOME_HOST: \"{0}\"}}", "image: \"{0}\"", "services: [{{name: \"{0}\", alias: \"{0}\"}}]", "tags: [\"{0}\"]", "timeout: \"{0}\"" } select (piece, place)];

    [Theory]
    [MemberData(nameof(Longs))]
    public void LongLine_AnywhereInAJob_IsReadInTime(string piece, string place)
    {
        var line = string.Concat(Enumerable.Repeat(piece, Long / piece.Length));

        Within($"job:\n  stage: x\n  {(place.StartsWith("script", StringComparison.Ordinal) ? "" : "script: [make]\n  ")}{string.Format(null, place, line)}\n");
    }

    public static TheoryData<string> Wide =>
    [
        "variables", "jobs", "services", "tags", "shared variables", "extended variables", "shared script", "long shared script", "findings", "matrix", "includes", "aliases", "values",
    ];

    [Theory]
    [MemberData(nameof(Wide))]
    public void ManyOfAKind_EndInTime(string kind) => Within(kind switch
    {
        "variables" => $"job:\n  script: [make]\n  variables:\n{Lines(100_000, at => $"    V{at}: $V{at + 1}")}",
        "jobs" => Lines(30_000, at => $"j{at}: {{script: [make]}}"),
        "services" => $"job:\n  script: [\"curl http://a:1\"]\n  services:\n{Lines(100_000, at => $"    - a/b{at}")}",
        "tags" => $"job:\n  script: [make]\n  tags:\n{Lines(100_000, at => $"    - t{at}")}",
        "shared variables" => $"variables:\n{Lines(50_000, at => $"  V{at}: x")}{Lines(50_000, at => $"j{at}: {{script: [make], variables: {{A: b}}}}")}",
        "extended variables" => $".a:\n  variables:\n{Lines(50_000, at => $"    V{at}: x")}{Lines(50_000, at => $"j{at}: {{extends: .a, script: [make], variables: {{A: b}}}}")}",
        "shared script" => $"default:\n  before_script:\n{Lines(15_000, at => $"    - echo {at}")}{Lines(50_000, at => $"j{at}: {{script: [make]}}")}",
        "long shared script" => $"default:\n  before_script:\n    - {string.Concat(Enumerable.Repeat("a ", Long / 2))}\n{Lines(50_000, at => $"j{at}: {{script: [make]}}")}",
        "findings" => Lines(50_000, at => $"j{at}: {{script: [sudo ping db], interruptible: false, cache: {{paths: [a]}}}}"),
        "matrix" => $"job:\n  script: [make]\n  image: $A$B$C$D$E$F$G$H\n  parallel:\n    matrix:\n      - {string.Join("\n        ", "ABCDEFGH".Select(name => $"{name}: [{string.Join(", ", Enumerable.Range(0, 5_000))}]"))}\n",
        "includes" => $"include:\n{Lines(100_000, at => $"  - {{local: f{at}.yml}}")}job: {{script: [make]}}\n",
        "aliases" => $"job:\n  script: [make]\n  services:\n    - name: x\n      alias: \"{string.Concat(Enumerable.Repeat("A_ ", 100_000))}\"\n",
        _ => $"job:\n  script:\n{Lines(100_000, at => $"    - !reference [job, variables, V{at}]")}",
    });

    private static void Within(string yaml)
    {
        var clock = Stopwatch.StartNew();
        var scan = ReadinessScanner.Default.Scan(yaml, null, new CiLimits(Characters: 4 * 1024 * 1024, Nodes: 2_000_000));

        scan.ShouldNotBeNull();
        clock.Elapsed.ShouldBeLessThan(Longest);
    }

    private static string Lines(int count, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (var at = 0; at < count; at++) text.Append(line(at)).Append('\n');
        return text.ToString();
    }
}

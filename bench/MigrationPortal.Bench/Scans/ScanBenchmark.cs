using System.Diagnostics;
using System.Globalization;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Readiness.Ci;
using YamlDotNet.Core;

namespace MigrationPortal.Bench.Scans;

/// <summary>
/// The readiness scan of a corpus of CI files on one core, all rules, against YamlDotNet's parser alone over the same files: what nobody
/// can go below who reads YAML with it. Beside the figure stand the parts: parser, model, scan, and the single large files.
/// </summary>
internal static class ScanBenchmark
{
    private const double Megabyte = 1_000_000;

    public static Benchmark Benchmark { get; } = new("scan", "MB/s", true, Goal.AtLeast(0.4), (_, _) => Task.FromResult(Prepare()))
    {
        Method = "CI files of 1 to 600 KB read and looked at with all rules, one core, against the events of YamlDotNet's parser alone",
    };

    private static Contest Prepare()
    {
        Tell();
        return new Contest(_ => Task.FromResult(Speed(Scan)), _ => Task.FromResult(Speed(Parse)), Repetitions: 7);
    }

    private static void Tell()
    {
        for (var warm = 0; warm < 3; warm++) _ = (Speed(Parse), Speed(Model), Speed(Scan));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# scan: {ScanCorpus.Files.Count} files, {ScanCorpus.Files.Sum(file => file.Length) / Megabyte:0.0} MB; this core adds and multiplies {Core():0} million times a second"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# scan: parser alone {Speed(Parse):0.0} MB/s, model {Speed(Model):0.0} MB/s, with all rules {Speed(Scan):0.0} MB/s"));
        Say("20,000 lines", ScanCorpus.ManyLines);
        Say("5,000 jobs", ScanCorpus.ManyJobs);
    }

    private static void Say(string what, string file)
    {
        var times = Enumerable.Range(0, 5).Select(_ => (Timed(Parse, file), Timed(Scan, file))).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# scan: {what} ({file.Length / 1000} KB) in {times.Min(one => one.Item2):0} ms, the parser alone {times.Min(one => one.Item1):0} ms"));
    }

    private static int Parse(string file)
    {
        var parser = new Parser(new Scanner(new StringReader(file), skipComments: true));
        var events = 0;
        while (parser.MoveNext()) events++;
        return events;
    }

    private static int Model(string file) => CiConfiguration.Read(file).Jobs.Count;

    private static int Scan(string file) => ReadinessScanner.Default.Scan(file).Findings.Count;

    private static double Speed(Func<string, int> work) =>
        ScanCorpus.Files.Sum(file => file.Length) / Megabyte / (ScanCorpus.Files.Sum(file => Timed(work, file)) / 1000);

    private static double Timed(Func<string, int> work, string file)
    {
        var start = Stopwatch.GetTimestamp();
        if (work(file) == 0) throw new InvalidOperationException("Nothing was found in a file: nothing was measured.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Steps of a plain generator in a second, in millions: how fast one core is here and now.</summary>
    private static double Core()
    {
        const int steps = 100_000_000;
        var start = Stopwatch.GetTimestamp();
        var number = 1u;
        for (var at = 0; at < steps; at++) number = number * 1_664_525 + 1_013_904_223;
        return number == 0 ? 0 : steps / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e6;
    }
}

using MigrationPortal.Bench.Operations;
using MigrationPortal.Bench.Past;
using MigrationPortal.Bench.Plans;

namespace MigrationPortal.Bench;

/// <summary>All benchmarks, in the order in which they run.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        IngestBenchmark.Benchmark, Hooks.WebhookBenchmark.Benchmark, ChartBenchmark.Benchmark, RatesBenchmark.Benchmark, RatesHttpBenchmark.Benchmark,
        PlanBenchmark.Of, FleetBenchmark.Benchmark, ApplyBenchmark.Apply, ApplyBenchmark.Limited, MemoryBenchmark.Benchmark, Pages.PagesBenchmark.Benchmark, CompareBenchmark.Benchmark, Scans.ScanBenchmark.Benchmark, Scans.ScoreBenchmark.Benchmark, Clusters.ClusterBenchmark.Memory, Clusters.ClusterBenchmark.Update,
        Gates.MarginBenchmark.Plain, Gates.MarginBenchmark.Incidents, Gates.WaitBenchmark.Evaluation, Gates.WaitBenchmark.Curve, ..Gates.WorldBenchmark.All,
    ];

    /// <summary>The short figures without a name; one figure, or all of a group, by name. Empty: there is no such name.</summary>
    public static IReadOnlyList<Benchmark> Choose(string? name) =>
        [.. All.Where(one => name is null ? one.IsShort : one.Name == name || one.Group == name)];

    /// <summary>What <c>--list</c> says of each.</summary>
    public static IEnumerable<string> Names =>
        All.Select(one => $"{one.Name} ({one.Unit}{(one.IsShort ? ", short" : "")}{(one.Group is { } group ? ", of " + group : "")})");
}

using MigrationPortal.Bench.Plans;

namespace MigrationPortal.Bench;

/// <summary>All benchmarks, in the order in which they run.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Benchmark> All { get; } = [IngestBenchmark.Benchmark, ChartBenchmark.Benchmark, PlanBenchmark.Of];
}

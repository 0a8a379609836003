namespace MigrationPortal.Bench;

/// <summary>One thing to measure against a limit of the same machine in the same minutes: what could not be beaten.</summary>
/// <param name="Name">As <c>./bench.sh NAME</c> takes it.</param>
/// <param name="Unit">Of both measurements, such as <c>rows/s</c> or <c>ms</c>.</param>
/// <param name="IsShort">Whether it runs without being asked for by name: it then takes well under a minute.</param>
/// <param name="Goal">What the ratio measured / limit should be; null where none is set.</param>
/// <param name="PrepareAsync">Loads what both sides need, unmeasured, and returns them.</param>
public sealed record Benchmark(
    string Name,
    string Unit,
    bool IsShort,
    Goal? Goal,
    Func<BenchDatabases, CancellationToken, Task<Contest>> PrepareAsync);

/// <summary>Both sides of a benchmark; each call measures once and returns the value in the benchmark's unit.</summary>
/// <param name="MeasureAsync">Ours.</param>
/// <param name="LimitAsync">The limit: the least that any implementation would have to do.</param>
/// <param name="Repetitions">Of each side, after one unrecorded warm-up; odd, so that the median is a measurement.</param>
public sealed record Contest(
    Func<CancellationToken, Task<double>> MeasureAsync,
    Func<CancellationToken, Task<double>> LimitAsync,
    int Repetitions = 5);

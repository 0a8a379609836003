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
    Func<BenchDatabases, CancellationToken, Task<Contest>> PrepareAsync)
{
    /// <summary>The group of all figures that "Insights at scale" must reach.</summary>
    public const string Insights = "insights";

    /// <summary>The group of all figures that "Gates and automation" must reach.</summary>
    public const string Gates = "gates";

    /// <summary>One line, printed with the figure: what is measured against what.</summary>
    public required string Method { get; init; }

    /// <summary>Figures that one name runs together; null for one that stands alone.</summary>
    public string? Group { get; init; }
}

/// <summary>Both sides of a benchmark; each call measures once and returns the value in the benchmark's unit.</summary>
/// <param name="MeasureAsync">Ours.</param>
/// <param name="LimitAsync">The limit: the least that any implementation would have to do.</param>
/// <param name="Repetitions">Of each side, after one unrecorded warm-up; odd, so that the median is a measurement.</param>
/// <param name="Held">Servers and processes that both sides need: ended after the last round, so that the next figure has the machine.</param>
/// <param name="WarmsUp">False where one round takes minutes and starts cold by design.</param>
public sealed record Contest(
    Func<CancellationToken, Task<double>> MeasureAsync,
    Func<CancellationToken, Task<double>> LimitAsync,
    int Repetitions = 5,
    IAsyncDisposable? Held = null,
    bool WarmsUp = true);

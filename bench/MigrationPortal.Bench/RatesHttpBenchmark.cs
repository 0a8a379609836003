using System.Diagnostics;
using System.Net.Http.Headers;

namespace MigrationPortal.Bench;

/// <summary>The hourly failure rates of 30 days as automation gets them, the whole HTTP request with ten million jobs behind it, against reading the rollup rows it needs.</summary>
internal static class RatesHttpBenchmark
{
    private const int Times = 20;

    private static readonly Uri Path = new(
        $"api/v1/insights/failure-rates?by=executor&bucket=hour&from={ScaleStore.Window.From:yyyy-MM-ddTHH:mm:ssZ}&to={ScaleStore.Window.To:yyyy-MM-ddTHH:mm:ssZ}", UriKind.Relative);

    public static Benchmark Benchmark { get; } = new("rates-http", "ms", false, Goal.AtMost(2.0), PrepareAsync)
    {
        Method = "GET /insights/failure-rates of 30 days by hour and executor from the real host with 10 M jobs recorded, against one plain SQL query of the rollup rows it needs",
        Group = Benchmark.Insights,
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var store = await ScaleStore.OpenAsync(databases, ScaleStore.Many, cancellation);
        await store.CountDaysAsync(cancellation);
        var portal = await BenchPortal.StartAsync(store.Connection, cancellation);
        // The portal's own sweep finds the days counted and sums them up: measured in its rest.
        await store.UntilAnyAsync("SELECT count(*) FROM watermarks WHERE source = 'sweep/digest' AND value LIKE '%No day has changed%'", cancellation);
        var http = new HttpClient { BaseAddress = new Uri($"http://{portal.Address}/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BenchPortal.Token);
        return new Contest(
            cancel => TimeAsync(async () => (await http.GetByteArrayAsync(Path, cancel)).Length),
            cancel => TimeAsync(() => PlainRollup.ReadAsync(store.Source, ScaleStore.Window, cancel)),
            Repetitions: 9, Held: portal);
    }

    private static async Task<double> TimeAsync(Func<Task<int>> work)
    {
        var clock = Stopwatch.StartNew();
        for (var time = 0; time < Times; time++)
            if (await work() < 30 * 24) throw new InvalidOperationException("Hours are missing: nothing was measured.");
        return clock.Elapsed.TotalMilliseconds / Times;
    }
}

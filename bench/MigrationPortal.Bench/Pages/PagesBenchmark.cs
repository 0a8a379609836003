using System.Globalization;

namespace MigrationPortal.Bench.Pages;

/// <summary>Every page of the portal, opened by an administrator in a browser with ten million jobs stored: the slowest first content counts.</summary>
internal static class PagesBenchmark
{
    private const double WithinMilliseconds = 1_000;

    public static Benchmark Benchmark { get; } = new("pages-10m", "ms", false, Goal.AtMost(1.0), PrepareAsync)
    {
        Method = "every page opened anew in Chromium with 10 M jobs of 10,000 projects recorded, until its first card holds data: the slowest one, against one second",
        Group = Benchmark.Insights,
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var world = await PagesWorld.StartAsync(databases, cancellation);
        var browser = await PageBrowser.StartAsync(world.Portal, cancellation);
        return new Contest(
            async cancel => (await OpenAllAsync(world, browser, cancel)).Max(seen => seen.First.TotalMilliseconds),
            _ => Task.FromResult(WithinMilliseconds),
            Repetitions: 3, Held: new Both(browser, world));
    }

    private static async Task<List<PageSeen>> OpenAllAsync(PagesWorld world, PageBrowser browser, CancellationToken cancel)
    {
        var all = new List<PageSeen>();
        foreach (var page in world.Pages)
        {
            var seen = await browser.OpenAsync(page, cancel);
            all.Add(seen);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"#   {page,-40} first {seen.First.TotalMilliseconds,6:0} ms   all {seen.All.TotalMilliseconds,6:0} ms   load {Machine.Load}"));
        }
        return all;
    }

    private sealed record Both(IAsyncDisposable First, IAsyncDisposable Second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
        }
    }
}

/// <param name="First">From the navigation until the first card holds data.</param>
/// <param name="All">Until no part of the page is being read any more.</param>
internal sealed record PageSeen(string Page, TimeSpan First, TimeSpan All);

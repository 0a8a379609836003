using Microsoft.Playwright;

namespace MigrationPortal.Bench.Pages;

/// <summary>Chromium with an administrator signed in; pages note themselves when their content stands, so no waiting of ours is in the times.</summary>
internal sealed class PageBrowser(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private const string Administrator = "mara";

    /// <summary>A card without a skeleton is content; a page is whole when no skeleton and nothing busy is left.</summary>
    private const string Watch =
        """
        const look = () => {
            const main = document.querySelector('main');
            if (main) {
                const isReading = part => part.querySelector('.load') || part.closest('[aria-busy=true]');
                const cards = [...main.querySelectorAll('.card, .rail, table.tbl')];
                const hasContent = cards.some(card => card.innerText.trim().length > 0 && !isReading(card));
                if (hasContent) window.firstContent ??= performance.now();
                if (!hasContent || main.querySelector('.load, [aria-busy=true]')) window.allContent = undefined;
                else window.allContent ??= performance.now();
            }
            requestAnimationFrame(look);
        };
        look();
        """;

    public static async Task<PageBrowser> StartAsync(Uri portal, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MIGRATIONPORTAL_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--disable-gpu"],
        });
        var context = await browser.NewContextAsync(new() { BaseURL = portal.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with GitLab" }).ClickAsync();
        await page.Locator($"button[name=username][value='{Administrator}']").ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).Port == portal.Port && !url.Contains("/account/", StringComparison.Ordinal));
        await context.AddInitScriptAsync(Watch);
        return new PageBrowser(playwright, browser, page);
    }

    /// <summary>Loads the page as a bookmark would: document, circuit and data. A picture of it stays under artifacts/bench/pages.</summary>
    public async Task<PageSeen> OpenAsync(string address, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        // What the last page still asks for must not count against this one.
        await page.GotoAsync("about:blank");
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => window.allContent && performance.now() - window.allContent > 500", null, new() { Timeout = 120_000 });
        var times = await page.EvaluateAsync<double[]>("() => [window.firstContent, window.allContent]");
        var name = string.Concat(address.Trim('/').Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
        await page.ScreenshotAsync(new() { Path = Path.Combine("artifacts", "bench", "pages", $"{(name.Length == 0 ? "overview" : name)}.png"), FullPage = true });
        // Faults name their trace; an operation's good news is an alert too.
        if (await page.EvaluateAsync<string>("() => [...document.querySelectorAll('main [role=alert]')].map(one => one.innerText.trim()).filter(said => /trace/i.test(said)).join(' ')") is { Length: > 0 } alert)
            throw new InvalidOperationException($"{address} says: {alert}");
        return new PageSeen(address, TimeSpan.FromMilliseconds(times[0]), TimeSpan.FromMilliseconds(times[1]));
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

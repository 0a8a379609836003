using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// A story told through the pages of one world. A failed one leaves a picture, a Playwright trace and the ends of both
/// logs under artifacts/end-to-end.
/// </summary>
public abstract class BrowserStory(World world, ChromiumFixture chromium) : IAsyncLifetime
{
    private readonly List<string> _pageErrors = [];
    private IBrowserContext? _context;
    private IPage? _page;

    protected World World { get; } = world;

    /// <summary>A desktop window, signed out.</summary>
    protected IPage Page => _page ?? throw new InvalidOperationException("The story has not begun.");

    /// <summary>What the page's scripts complained about, its own errors and the console's.</summary>
    protected IReadOnlyList<string> PageErrors => _pageErrors;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = World.Portal.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        _context.SetDefaultTimeout(20_000);
        await _context.Tracing.StartAsync(new TracingStartOptions { Screenshots = true, Snapshots = true });
        _page = await _context.NewPageAsync();
        _page.PageError += (_, error) => _pageErrors.Add(error);
        _page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _pageErrors.Add($"{message.Text} ({message.Location})");
            }
        };
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_context is not null)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                await KeepEvidenceAsync();
            }

            await _context.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task KeepEvidenceAsync()
    {
        var story = $"{GetType().Name}.{TestContext.Current.TestMethod?.MethodName}";
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.PathFor(story, "page.png"), FullPage = true });
        await _context!.Tracing.StopAsync(new TracingStopOptions { Path = Artifacts.PathFor(story, "trace.zip") });
        await File.WriteAllLinesAsync(Artifacts.PathFor(story, "errors.txt"), [Page.Url, .. _pageErrors]);
        await File.WriteAllTextAsync(Artifacts.PathFor(story, "portal.log"), World.Portal.LogTail(400));
        await File.WriteAllTextAsync(Artifacts.PathFor(story, "simulator.log"), World.Simulator.LogTail(400));
    }
}

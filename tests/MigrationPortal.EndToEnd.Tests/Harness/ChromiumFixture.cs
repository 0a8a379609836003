using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>One browser for all stories; each story has a context (cookies, storage) of its own.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not started.");

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MIGRATIONPORTAL_CHROMIUM") ?? "/usr/bin/chromium",
            // No sandbox: tests often run as root. The others keep it from looking for services outside.
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--disable-gpu"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

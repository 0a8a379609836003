using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>Failure rates and shares over a range.</summary>
internal sealed class InsightsPage(IPage page) : PortalPage(page)
{
    public ILocator AllFailures => Card("All failures");

    public ILocator UntaggedShares => Card("Share of untagged jobs by executor");

    public static async Task<InsightsPage> OpenAsync(IPage page, string range)
    {
        var insights = new InsightsPage(page);
        await insights.ComeByMenuAsync("Insights", "/insights");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = range, Exact = true }).ClickAsync();
        await See(page.Locator(".lead")).ToContainTextAsync($"in the last {range};");
        await See(insights.AllFailures).ToBeVisibleAsync();
        return insights;
    }
}

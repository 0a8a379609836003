using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>Where the migration stands, what comes next, and how both executors do.</summary>
internal sealed class OverviewPage(IPage page) : PortalPage(page)
{
    public ILocator FailureRates => Card("Infrastructure failure rate");

    public static async Task<OverviewPage> OpenAsync(IPage page)
    {
        var overview = new OverviewPage(page);
        await overview.ComeByMenuAsync("Overview", "/");
        await See(overview.FailureRates).ToBeVisibleAsync();
        return overview;
    }

    public async Task<PlanPage> PlanNextAsync()
    {
        await Button("Plan the next step").ClickAsync();
        return await PlanPage.ArriveAsync(Page);
    }
}

using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>The emergency exit: one reason, one button.</summary>
internal sealed class EvacuatePage(IPage page) : PortalPage(page)
{
    public static async Task<EvacuatePage> OpenAsync(IPage page)
    {
        await OverviewPage.OpenAsync(page);
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Evacuate Kubernetes" }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/evacuate");
        return new EvacuatePage(page);
    }

    public async Task<OperationPage> EvacuateAsync(string reason)
    {
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync(reason);
        await Button("Evacuate Kubernetes").ClickAsync();
        return await OperationPage.ArriveAsync(Page);
    }
}

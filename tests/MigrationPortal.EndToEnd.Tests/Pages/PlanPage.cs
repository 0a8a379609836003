using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>One plan: what it would change, what stands against it, and the button.</summary>
internal sealed class PlanPage(IPage page) : PortalPage(page)
{
    /// <summary>What stops the plan, in its own words, one finding each.</summary>
    public ILocator Stops => Page.Locator(".att", new() { HasText = "stops" });

    public ILocator Apply => Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Apply|Record as reached)") });

    public static async Task<PlanPage> ArriveAsync(IPage page)
    {
        await page.WaitForURLAsync(new Regex(@"/plans/\d+"));
        var plan = new PlanPage(page);
        await See(plan.Card("Order of steps")).ToBeVisibleAsync();
        return plan;
    }

    public async Task<OperationPage> ApplyAsync(string reason)
    {
        await Apply.ClickAsync();
        await ConfirmAsync(reason);
        return await OperationPage.ArriveAsync(Page);
    }
}

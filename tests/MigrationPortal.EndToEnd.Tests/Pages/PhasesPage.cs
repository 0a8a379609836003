using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>The six phases, the tags of the way there and back, and what drifts.</summary>
internal sealed class PhasesPage(IPage page) : PortalPage(page)
{
    public static async Task<PhasesPage> OpenAsync(IPage page)
    {
        var phases = new PhasesPage(page);
        await phases.ComeByMenuAsync("Phases", "/phases");
        await See(phases.Card("0 ")).ToBeVisibleAsync();
        return phases;
    }

    public ILocator FallbackTag => Card("Opt-in and fallback tag").GetByRole(AriaRole.Textbox, new() { Name = "Fallback tag" });

    public async Task SetFallbackTagAsync(string tag)
    {
        await FallbackTag.FillAsync(tag);
        await FallbackTag.PressAsync("Tab");
        await Card("Opt-in and fallback tag").GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await See(Card("0 ")).ToContainTextAsync($"gets {tag},");
    }

    /// <summary>Any phase's step may be planned at any time; the plan says what stands against it.</summary>
    public async Task<PlanPage> PlanAsync(string phase, string step)
    {
        await Card(phase).Locator("button", new() { HasText = step }).ClickAsync();
        return await PlanPage.ArriveAsync(Page);
    }

    /// <returns>Null when the rail ends here.</returns>
    public async Task<PlanPage?> PlanNextAsync()
    {
        var next = Page.Locator("button", new() { HasTextRegex = new Regex("^Plan the next step") });
        if (await next.CountAsync() == 0)
        {
            return null;
        }

        await next.ClickAsync();
        return await PlanPage.ArriveAsync(Page);
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>The runners, the card that asks once for their roles, and a single one's role.</summary>
internal sealed class RunnersPage(IPage page) : PortalPage(page)
{
    public static async Task<RunnersPage> OpenAsync(IPage page)
    {
        var runners = new RunnersPage(page);
        await runners.ComeByMenuAsync("Runners", "/runners");
        await See(runners.Heading).ToHaveTextAsync(new Regex(@"\d+ of \d+ runners are managed"));
        return runners;
    }

    /// <summary>The first-run question, answered once.</summary>
    /// <returns>How many roles were confirmed.</returns>
    public async Task<int> ConfirmRolesAsync()
    {
        var confirm = Button("Confirm ");
        var count = int.Parse(Regex.Match(await confirm.InnerTextAsync(), @"\d+").Value, System.Globalization.CultureInfo.InvariantCulture);
        await confirm.ClickAsync();
        await See(Card("Confirm the roles once")).ToHaveCountAsync(0);
        return count;
    }

    /// <summary>Takes an unmanaged runner in by name.</summary>
    public async Task ManageAsync(string name, string role)
    {
        await Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Unmanaged") }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Page.WaitForURLAsync(new Regex(@"/runners/\d+"));
        await Page.GetByRole(AriaRole.Radio, new() { Name = $"{role}, managed" }).CheckAsync();
        await See(Page.Locator(".lead")).ToContainTextAsync("runner, managed,");
    }
}

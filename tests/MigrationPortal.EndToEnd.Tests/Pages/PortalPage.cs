using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>What every page of the portal has: the menu at its side, and a heading that says what the matter is.</summary>
internal abstract class PortalPage(IPage page)
{
    protected IPage Page { get; } = page;

    public ILocator Heading => Page.Locator("h1");

    /// <summary>A card by its title, or by how its title begins.</summary>
    public ILocator Card(string title) => Page.Locator($"section.card[aria-label^='{title}']");

    public ILocator Button(string begins) => Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(begins)}") });

    /// <summary>Clicks an entry of the menu and waits for its page.</summary>
    protected async Task ComeByMenuAsync(string entry, string path)
    {
        await Page.Locator("nav.side").GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^{Regex.Escape(entry)}") }).ClickAsync();
        await Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
    }

    /// <summary>The dialog that asks before something is done: its reason is given, its button clicked.</summary>
    protected async Task ConfirmAsync(string reason)
    {
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).First.FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button).Last.ClickAsync();
    }

    protected static ILocatorAssertions See(ILocator what) => Assertions.Expect(what);
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>What jobs ask for, and what becomes of each tag.</summary>
internal sealed class TagsPage(IPage page) : PortalPage(page)
{
    public static async Task<TagsPage> OpenAsync(IPage page)
    {
        var tags = new TagsPage(page);
        await tags.ComeByMenuAsync("Tags", "/tags");
        await See(tags.Heading).ToHaveTextAsync(new Regex("not decided yet|is decided"));
        return tags;
    }

    public ILocator DecisionFor(string tag) => Page.GetByLabel($"Decision for {tag}", new() { Exact = true });

    public async Task DecideAsync(string tag, string decision)
    {
        await DecisionFor(tag).SelectOptionAsync(decision);
        await See(DecisionFor(tag)).ToHaveValueAsync(decision);
    }
}

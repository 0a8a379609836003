using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>Sign-in as people do it: from the portal to GitLab's page and back.</summary>
internal static class SignIn
{
    /// <summary>The first administrator of every simulated world.</summary>
    public const string Administrator = "mara";

    /// <param name="page">Signed out; afterwards it shows the portal.</param>
    /// <param name="username">An account of the simulated GitLab.</param>
    public static async Task SignInAsync(this IPage page, string username = Administrator)
    {
        await page.GotoAsync("/account/sign-in");
        var portal = new Uri(page.Url).GetLeftPart(UriPartial.Authority);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with GitLab" }).ClickAsync();
        await page.Locator($"button[name=username][value='{username}']").ClickAsync();
        // The load event may have come before anybody waits for it; what follows waits for what it needs.
        await page.WaitForURLAsync(url => url.StartsWith(portal, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }
}

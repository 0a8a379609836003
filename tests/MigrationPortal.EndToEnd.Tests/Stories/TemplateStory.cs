using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// The owner of a shared CI template sees who hangs on it, opens its one merge request, and takes it back, in a real browser; an
/// including project's jobs ran where the simulated GitLab says.
/// </summary>
public sealed class TemplateStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string File = "templates/shop.yml";
    private const string Text = "# for the shops\nbuild:\n  script: [make]   # quick\n";

    [Fact]
    public async Task Owner_MovesTheirTemplate_ForAllWhoIncludeIt_AndTakesItBack()
    {
        await Automation.CaughtUpAsync();
        await Automation.ConfirmRolesAsync();
        await Automation.RunAsync(Automation.Phase("opt-in"));
        var all = (await World.Api.AllAsync("projects")).Where(one => one["defaultBranch"] is not null).Select(one => (Id: one["id"]!.GetValue<long>(), Path: one["fullPath"]!.GetValue<string>())).ToList();
        var owner = all.Single(one => one.Path == "platform/ci-templates");
        var user = await UsualAsync(all.Where(one => one != owner));
        await WriteAsync(owner.Id, await BranchAsync(owner.Id), "create", File, Text);
        await WriteAsync(user, await BranchAsync(user), "update", ".gitlab-ci.yml", $"include:\n  - project: {owner.Path}\n    file: /{File}\n");
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(6), Cancellation);
        await World.Api.PostAsync($"projects/{user}/readiness/scan", new { });
        var template = (await World.Api.AllAsync("templates")).Single(one => one["file"]!.GetValue<string>() == File)["id"]!.GetValue<long>();

        await Page.SignInAsync("tomas");
        await Page.GotoAsync("/my-projects");
        await OpenAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
        await Page.WaitForURLAsync("**/my-projects**");
        await OpenAsync();
        await Assertions.Expect(Page.GetByText("The merge request is open.")).ToBeVisibleAsync();
        (await TextAsync(owner.Id)).ShouldBe(Text);

        await MergeAsync(owner.Id);
        await StateAsync(template, "moved");
        (await TextAsync(owner.Id)).ShouldBe("# for the shops\nbuild:\n  tags: [k8s-default]\n  script: [make]   # quick\n");
        (await RanOnAsync(user, await BranchAsync(user))).ShouldBe("kubernetes");
        (await World.Api.GetAsync($"projects/{user}/enrollment"))["kind"]!.GetValue<string>().ShouldBe("carried");

        await Page.ReloadAsync();
        await Card.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByText("Done.").First).ToBeVisibleAsync();
        await MergeAsync(owner.Id);
        await StateAsync(template, null);
        (await TextAsync(owner.Id)).ShouldBe(Text);
        (await RanOnAsync(user, await BranchAsync(user))).ShouldNotBe("kubernetes");
        PageErrors.ShouldBeEmpty();
    }

    private ILocator Card => Page.Locator($"section[aria-label='{File}']");

    private async Task OpenAsync()
    {
        await Card.GetByRole(AriaRole.Button, new() { Name = $"See what a change of {File} would do" }).ClickAsync();
        await Card.GetByRole(AriaRole.Button, new() { Name = "Open the merge request" }).ClickAsync();
        await ConfirmAsync();
    }

    /// <summary>A project whose CI file lies where usual.</summary>
    private async Task<long> UsualAsync(IEnumerable<(long Id, string Path)> projects)
    {
        foreach (var (id, _) in projects)
            if (string.IsNullOrEmpty((await GitLabAsync($"projects/{id}"))["ci_config_path"]?.GetValue<string>())) return id;
        throw new InvalidOperationException("The world has no such project.");
    }

    private async Task<string> BranchAsync(long project) => (await GitLabAsync($"projects/{project}"))["default_branch"]!.GetValue<string>();

    private Task<string> TextAsync(long project) => GitLab.GetStringAsync($"projects/{project}/repository/files/{Uri.EscapeDataString(File)}/raw?ref=HEAD", Cancellation);

    private async Task StateAsync(long template, string? state)
    {
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        await Eventually.BeAsync(async () => (await World.Api.GetAsync($"templates/{template}"))["template"]!["state"]?.GetValue<string>() ?? "none", seen => seen == (state ?? "none"), Cancellation, TimeSpan.FromMinutes(2));
    }
}

using System.Net.Http.Json;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Access;

[Collection(PortalCollection.Name)]
public sealed class SessionTests(PortalFixture portal)
{
    [Fact]
    public async Task Administrator_SignedIn_MayDoEverything()
    {
        using var mara = await PortalBrowser.SignedInAsync(portal.Address, "mara");

        var session = (await mara.GetAsync("session")).ShouldBe(200).Json;
        session["kind"]!.GetValue<string>().ShouldBe("session");
        session["actor"]!.GetValue<string>().ShouldBe("user:production/1");
        session["isAdmin"]!.GetValue<bool>().ShouldBeTrue();
        session["scopes"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["read", "selfservice", "approve", "operate", "admin"]);
        (await mara.GetAsync("status")).ShouldBe(200);
        (await mara.GetAsync("/runners")).ShouldBe(200).Headers["Address"].ShouldBe("/runners");
    }

    [Fact]
    public async Task Write_OfASession_NeedsTheTokenOfItsOwnPages()
    {
        using var mara = await PortalBrowser.SignedInAsync(portal.Address, "mara");
        using var tomas = await PortalBrowser.SignedInAsync(portal.Address, "tomas");
        var body = new { target = new { phase = "prepare" } };

        (await mara.SendAsync(HttpMethod.Post, "plans", body, null)).ShouldRefuse(400, "antiforgery").Text.ShouldContain("X-CSRF-TOKEN");
        (await mara.SendAsync(HttpMethod.Post, "plans", body, await tomas.AntiforgeryAsync())).ShouldRefuse(400, "antiforgery");
        (await mara.SendAsync(HttpMethod.Delete, "schedule/1", null, null)).ShouldRefuse(400, "antiforgery");
        (await mara.SendAsync(HttpMethod.Post, "plans", body, await mara.AntiforgeryAsync())).ShouldBe(201).Json["madeBy"]!.GetValue<string>().ShouldBe("user:production/1");
    }

    [Fact]
    public async Task Maintainer_SeesTheirOwnProjectsAndNothingElse()
    {
        var (name, own, others) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);

        var items = (await person.GetAsync("projects?limit=500")).ShouldBe(200).Items;
        items.Select(one => one!["id"]!.GetValue<int>()).ShouldBe(own, ignoreOrder: true);
        items.Select(one => one!["fullPath"]!.GetValue<string>()).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        foreach (var id in own) (await person.GetAsync($"projects/{id}")).ShouldBe(200).Json["id"]!.GetValue<int>().ShouldBe(id);

        // Somebody else's project and one that is not there read the same, word for word.
        var nothing = (await person.GetAsync("projects/99999999")).ShouldRefuse(404, "not-found");
        foreach (var id in others)
        {
            var hidden = (await person.GetAsync($"projects/{id}")).ShouldRefuse(404, "not-found");
            hidden.Json["detail"]!.GetValue<string>().Replace($"{id}", "99999999", StringComparison.Ordinal).ShouldBe(nothing.Json["detail"]!.GetValue<string>());
            (await person.GetAsync($"projects?q={Path(id)}")).Items.ShouldAllBe(one => own.Contains(one!["id"]!.GetValue<int>()));
        }

        (await person.GetAsync("projects?instance=qa")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Maintainer_IsRefusedEverythingThatShowsOthers()
    {
        var name = portal.GitLab.Production.Do(People.Maintainer).Name;
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);

        foreach (var route in ApiRoutes.All.Where(one => one.Method == "GET" && one.Scope == "read"))
            (await person.GetAsync(route.Nowhere)).ShouldRefuse(403, "scope-missing").Json["missingScope"]!.GetValue<string>().ShouldBe("read");
        var antiforgery = await person.AntiforgeryAsync();
        foreach (var route in ApiRoutes.All.Where(one => one.Method != "GET" && one.Scope != "selfservice" && one.Path != "tokens" && one.Path != "tokens/{id}"))
            (await person.SendAsync(new HttpMethod(route.Method), route.Nowhere, null, antiforgery)).ShouldRefuse(403, "scope-missing");
        foreach (var page in (string[])["/runners", "/runners/1", "/runners/pair", "/tags", "/phases", "/plans", "/plans/1", "/gates", "/gates/guard", "/calendar", "/operations", "/operations/1", "/activity", "/insights", "/insights/twins", "/pending", "/notifications", "/audit", "/health", "/evacuate", "/readiness", "/readiness/log-sample", "/readiness/projects/1", "/readiness/unanswered", "/cohorts", "/cohorts/1", "/pins", "/graduation", "/wording", "/templates", "/stragglers", "/stragglers/campaign", "/runner-configs", "/runner-configs/1", "/runner-configs/new", "/runner-configs/1/apply", "/clusters/1/applications/1", "/clusters/1/runner"])
            (await person.GetAsync(page)).Headers["Address"].ShouldStartWith("/account/denied", Case.Sensitive, page);
        (await person.GetAsync("/")).Headers["Address"].ShouldBe("/my-projects");
        foreach (var page in (string[])["/check", "/runner-config/check", "/my-runners", "/my-groups", "/readiness/rules", "/help", "/help/1", "/help/new"])
            (await person.GetAsync(page)).ShouldBe(200).Headers["Address"].ShouldBe(page);
    }

    [Fact]
    public async Task Stranger_IsLedToTheSignIn()
    {
        using var stranger = new PortalBrowser(portal.Address);

        foreach (var page in (string[])["/", "/runners", "/my-projects", "/my-groups", "/check", "/runner-config/check", "/readiness", "/readiness/rules", "/audit"])
            (await stranger.GetAsync(page)).Headers["Address"].ShouldStartWith("/account/sign-in?returnUrl=", Case.Sensitive, page);
    }

    [Fact]
    public async Task BlockedUser_DoesNotComeIn()
    {
        using var olga = new PortalBrowser(portal.Address);

        (await olga.SignInAsync("olga")).ShouldBe("/account/sign-in?failed=refused");
        (await olga.GetAsync("session")).ShouldRefuse(401, "not-authenticated");
    }

    [Fact]
    public async Task UserBlockedWhileSignedIn_IsOutAtTheNextCheck()
    {
        var jun = await portal.EarlierSessionAsync;
        (await jun.GetAsync("session")).ShouldBe(200);

        // GitLab answers a blocked user's token with 403.
        using var http = new HttpClient { BaseAddress = portal.GitLab.Address };
        var fault = new { kind = "status", status = 403, path = "/api/v4/user", method = "GET", rate = 1 };
        (await http.PostAsJsonAsync("/_sim/faults", fault, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        try
        {
            await PortalFixture.UntilAsync(async () => (int)(await jun.GetAsync("session")).Status == 401);
            (await jun.GetAsync("projects")).ShouldRefuse(401, "not-authenticated");
            (await jun.GetAsync("/my-projects")).Headers["Address"].ShouldStartWith("/account/sign-in");
        }
        finally
        {
            (await http.DeleteAsync("/_sim/faults", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        // Unblocked, they are who they were.
        (await jun.GetAsync("session")).ShouldBe(200);
    }

    private string Path(int id) => portal.GitLab.Production.Do(world => world.Directory.FindProject(id)!.FullPath);

    // Somebody who maintains some, not all, and is not an administrator.
}

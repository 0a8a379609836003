using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>Campaigns over HTTP: what is wrong with a wish, and who may wish at all.</summary>
[Collection(PortalCollection.Name)]
public sealed class CampaignApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Wish_NamesEveryWrongField_AndIsRefusedBeforeItsPhase()
    {
        (await portal.Api.GetAsync("stragglers/campaign")).ShouldBe(200).Items.ShouldBeEmpty();
        (await portal.Api.GetAsync("stragglers/campaign?stage=gone")).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["stage"]);

        var wrong = new { projectIds = Array.Empty<long>(), remindAfterDays = 0, quietDays = 61, mostOpen = 501, owner = new string('o', 201), q = new string('q', 201) };
        (await portal.Api.PostAsync("stragglers/campaign", wrong)).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["projectIds", "remindAfterDays", "quietDays", "mostOpen", "finalAt", "owner", "q", "reason"], ignoreOrder: true);
        (await portal.Api.PostAsync("stragglers/campaign/preview", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["finalAt"]);
        foreach (var route in (string[])["stragglers/campaign", "stragglers/campaign/preview"])
            (await portal.Api.PostAsync(route, new { finalAt = "2031-01-01T00:00:00Z", reason = "too early" })).ShouldRefuse(409, "not-in-phase");

        (await portal.Api.PutAsync("stragglers/campaign/7", new { stage = "asked" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["stage", "reason"], ignoreOrder: true);
        (await portal.Api.PutAsync("stragglers/campaign/7", new { stage = "handled", finalAt = "2031-01-01T00:00:00Z", reason = "both" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["stage"]);
        (await portal.Api.PutAsync("stragglers/campaign/7", new { stage = "handled", reason = "not there" })).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task Maintainers_SeeAndStartNothing_AndReadersOnlyRead()
    {
        var (name, own, _) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();
        var wish = new { finalAt = "2031-01-01T00:00:00Z", reason = "mine" };
        (await person.GetAsync("stragglers/campaign")).ShouldRefuse(403, "scope-missing");
        (await person.SendAsync(HttpMethod.Post, "stragglers/campaign/preview", wish, antiforgery)).ShouldRefuse(403, "scope-missing");
        (await person.SendAsync(HttpMethod.Post, "stragglers/campaign", wish, antiforgery)).ShouldRefuse(403, "scope-missing");
        (await person.SendAsync(HttpMethod.Put, $"stragglers/campaign/{own[0]}", new { stage = "handled", reason = "mine" }, antiforgery)).ShouldRefuse(403, "scope-missing");

        var reader = await portal.WithScopesAsync("read");
        (await reader.GetAsync("stragglers/campaign")).ShouldBe(200);
        (await reader.PostAsync("stragglers/campaign/preview", wish)).ShouldRefuse(403, "scope-missing");
    }
}

using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>Graduation and offers over HTTP: what is wrong with a wish, and who may wish at all.</summary>
[Collection(PortalCollection.Name)]
public sealed class GraduationApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Graduation_SaysWhereItStands_AndCannotBeginBeforeItsPhase()
    {
        var now = (await portal.Api.GetAsync("cohorts/graduation")).ShouldBe(200).Json;
        (now["started"]!.GetValue<bool>(), now["underWay"]!.GetValue<int>(), now["mostOpen"]).ShouldBe((false, 0, null));

        (await portal.Api.PostAsync("cohorts/graduation", new { mostOpen = 0 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["mostOpen", "reason"], ignoreOrder: true);
        (await portal.Api.PostAsync("cohorts/graduation", new { reason = "too early" })).ShouldRefuse(409, "not-in-phase");
        (await portal.Api.DeleteAsync("cohorts/graduation")).ShouldRefuse(409, "not-started");
    }

    [Fact]
    public async Task Offers_ForNobody_AreRefused_AndWrongInputNamesItsField()
    {
        (await portal.Api.GetAsync("readiness/unanswered")).ShouldBe(200);
        (await portal.Api.PostAsync("readiness/unanswered/offers", new { projectIds = Array.Empty<long>() })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["projectIds"]);
        (await portal.Api.PostAsync("readiness/unanswered/offers", new { projectIds = new[] { 987654321L } })).ShouldRefuse(409, "nobody-to-ask");
    }

    [Fact]
    public async Task Maintainers_SeeAndStartNothingOfAll()
    {
        var (name, _, _) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();
        (await person.GetAsync("cohorts/graduation")).ShouldRefuse(403, "scope-missing");
        (await person.GetAsync("readiness/unanswered")).ShouldRefuse(403, "scope-missing");
        (await person.SendAsync(HttpMethod.Post, "cohorts/graduation", new { mostOpen = 5, reason = "mine" }, antiforgery)).ShouldRefuse(403, "scope-missing");
        (await person.SendAsync(HttpMethod.Delete, "cohorts/graduation", null, antiforgery)).ShouldRefuse(403, "scope-missing");
        (await person.SendAsync(HttpMethod.Post, "readiness/unanswered/offers", new { projectIds = (long[]?)null }, antiforgery)).ShouldRefuse(403, "scope-missing");
    }
}

using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>The ends of pins: shown to those who may read everything, changed by admins alone.</summary>
[Collection(PortalCollection.Name)]
public sealed class PinApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Put_WrongInput_NamesEveryField_AndAProjectWithoutAPinIsRefused()
    {
        (await portal.Api.PutAsync("pins/1001", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["until", "reason"], ignoreOrder: true);
        (await portal.Api.PutAsync("pins/1001", new { until = "2031-01-01T00:00:00Z", reason = "for ever" })).ShouldRefuse(422, "invalid-until");
        (await portal.Api.PutAsync("pins/987654321", new { until = "2000-01-01T00:00:00Z", reason = "no such project" })).ShouldRefuse(409, "not-pinned");
    }

    [Fact]
    public async Task Get_IsAList_AndNothingForMaintainers()
    {
        (await portal.Api.GetAsync("pins")).ShouldBe(200).Json.AsArray().Count.ShouldBe(0);
        var (name, own, _) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        (await person.GetAsync("pins")).ShouldRefuse(403, "scope-missing");
        (await person.SendAsync(HttpMethod.Put, $"pins/{own[0]}", new { until = "2000-01-01T00:00:00Z", reason = "mine" }, await person.AntiforgeryAsync())).ShouldRefuse(403, "scope-missing");
    }
}

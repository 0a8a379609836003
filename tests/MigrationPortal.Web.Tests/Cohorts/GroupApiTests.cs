using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>Groups: for those who own them and for nobody else, and changed only with GitLab's own consent.</summary>
[Collection(PortalCollection.Name)]
public sealed class GroupApiTests(PortalFixture portal)
{
    private static readonly object Move = new { target = "kubernetes", variable = "RUNNER_TAG", reason = (string?)null };

    [Fact]
    public async Task Owner_SeesTheirOwnGroupsAndNothingElse()
    {
        var (name, own, others) = portal.GitLab.Production.Do(People.GroupOwner);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);

        (await person.GetAsync("groups?limit=500")).ShouldBe(200).Items.Select(one => one!["id"]!.GetValue<int>()).ShouldBe(own, ignoreOrder: true);
        var nothing = (await person.GetAsync("groups/99999999")).ShouldRefuse(404, "not-found");
        foreach (var id in others)
        {
            var hidden = (await person.GetAsync($"groups/{id}")).ShouldRefuse(404, "not-found");
            hidden.Json["detail"]!.GetValue<string>().Replace($"{id}", "99999999", StringComparison.Ordinal).ShouldBe(nothing.Json["detail"]!.GetValue<string>());
        }

        foreach (var id in own)
        {
            var group = (await person.GetAsync($"groups/{id}")).ShouldBe(200).Json;
            group["id"]!.GetValue<int>().ShouldBe(id);
            group["items"]!.AsArray().Count.ShouldBe(group["projects"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task SomebodyElsesGroup_IsNotThere_OnEveryRoute()
    {
        var (name, _, others) = portal.GitLab.Production.Do(People.GroupOwner);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();

        foreach (var other in others.Take(5))
        {
            (await person.GetAsync($"groups/{other}?variable=RUNNER_TAG")).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Put, $"groups/{other}/enrollment", Move, antiforgery)).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Delete, $"groups/{other}/enrollment", null, antiforgery)).ShouldRefuse(404, "not-found");
        }
    }

    [Fact]
    public async Task WhoOwnsNothing_HasAnEmptyList()
    {
        var name = portal.GitLab.Production.Do(world => world.Directory.Users.First(user => user is { IsAdmin: false, State: MigrationPortal.World.UserState.Active }
            && world.Directory.Groups.All(group => world.Directory.AccessTo(user, group) < MigrationPortal.World.AccessLevel.Owner)).Username);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);

        (await person.GetAsync("groups")).ShouldBe(200).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task OwnGroup_WithoutConsent_HearsWhereToGiveIt_AndAnApiTokenToo()
    {
        var (name, own, _) = portal.GitLab.Production.Do(People.GroupOwner);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);

        var refused = (await person.SendAsync(HttpMethod.Put, $"groups/{own[0]}/enrollment", Move, await person.AntiforgeryAsync())).ShouldRefuse(403, "consent-needed");
        refused.Json["consentUrl"]!.GetValue<string>().ShouldStartWith("/account/consent");
        (await person.SendAsync(HttpMethod.Delete, $"groups/{own[0]}/enrollment", null, await person.AntiforgeryAsync())).ShouldRefuse(403, "consent-needed");
        (await portal.Api.PutAsync($"groups/{own[0]}/enrollment", Move)).ShouldRefuse(403, "consent-needed");
    }

    [Fact]
    public async Task WrongInput_NamesEveryField()
    {
        var own = portal.GitLab.Production.Do(People.GroupOwner).Own[0];

        (await portal.Api.PutAsync($"groups/{own}/enrollment", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["target"]);
        (await portal.Api.PutAsync($"groups/{own}/enrollment", new { target = "kubernetes" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["variable"]);
        (await portal.Api.PutAsync($"groups/{own}/enrollment", new { target = "docker", variable = "A-B", reason = new string('x', 501) })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["target", "variable", "reason"], ignoreOrder: true);
        (await portal.Api.GetAsync($"groups/{own}?variable=A-B")).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["variable"]);
        (await portal.Api.GetAsync($"groups/{own}?variable=NOBODY_NAMES_IT")).ShouldRefuse(409, "way-not-offered");
    }
}

using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>Shared CI templates: for those who maintain their project and for nobody else, and changed only in a name that may.</summary>
[Collection(PortalCollection.Name)]
public sealed class TemplateApiTests(PortalFixture portal)
{
    private static readonly object Move = new { target = "kubernetes", by = (string?)null, reason = (string?)null };

    [Fact]
    public async Task SomebodyElsesTemplate_IsNotThere_OnEveryRoute()
    {
        var (id, project) = await TemplateAsync();
        var stranger = portal.GitLab.Production.Do(world => world.Directory.Users.First(user => user is { IsAdmin: false, State: MigrationPortal.World.UserState.Active }
            && world.Directory.AccessTo(user, world.Directory.FindProject(project)!) < MigrationPortal.World.AccessLevel.Maintainer).Username);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, stranger);
        var antiforgery = await person.AntiforgeryAsync();

        (await person.GetAsync("templates")).ShouldBe(200).Items.ShouldNotContain(one => one!["id"]!.GetValue<long>() == id);
        (await person.GetAsync($"templates/{id}")).ShouldRefuse(404, "not-found");
        (await person.SendAsync(HttpMethod.Put, $"templates/{id}/enrollment", Move, antiforgery)).ShouldRefuse(404, "not-found");
        (await person.SendAsync(HttpMethod.Delete, $"templates/{id}/enrollment", null, antiforgery)).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task Owner_SeesTheirTemplateWithCounts_AndNoPathOfOthersProjects_AndHearsWhereToConsent()
    {
        var (id, project) = await TemplateAsync();
        var owner = portal.GitLab.Production.Do(world => world.Directory.Users.First(user => user is { IsAdmin: false, State: MigrationPortal.World.UserState.Active }
            && world.Directory.AccessTo(user, world.Directory.FindProject(project)!) >= MigrationPortal.World.AccessLevel.Maintainer).Username);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, owner);

        var one = (await person.GetAsync($"templates/{id}")).ShouldBe(200).Json;
        one["template"]!["projects"]!.GetValue<int>().ShouldBeGreaterThan(0);
        one["uses"]!.AsArray().ShouldBeEmpty();
        (await portal.Api.GetAsync($"templates/{id}")).ShouldBe(200).Json["uses"]!.AsArray().Count.ShouldBe(one["template"]!["projects"]!.GetValue<int>());
        (await person.SendAsync(HttpMethod.Put, $"templates/{id}/enrollment", Move, await person.AntiforgeryAsync())).ShouldRefuse(403, "consent-needed").Json["consentUrl"]!.GetValue<string>().ShouldStartWith("/account/consent");
        (await person.SendAsync(HttpMethod.Put, $"templates/{id}/enrollment", new { target = "kubernetes", by = "portal" }, await person.AntiforgeryAsync())).ShouldRefuse(403, "scope-missing");
        (await portal.Api.PutAsync($"templates/{id}/enrollment", Move)).ShouldRefuse(403, "consent-needed");
    }

    [Fact]
    public async Task WrongInput_NamesEveryField()
    {
        var (id, _) = await TemplateAsync();

        (await portal.Api.PutAsync($"templates/{id}/enrollment", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["target"]);
        (await portal.Api.PutAsync($"templates/{id}/enrollment", new { target = "docker", by = "pigeon", reason = new string('x', 501) })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["target", "by", "reason"], ignoreOrder: true);
        (await portal.Api.DeleteAsync($"templates/{id}/enrollment?by=pigeon")).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["by"]);
        (await portal.Api.DeleteAsync($"templates/{id}/enrollment?by=portal")).ShouldRefuse(409, "not-moved");
    }

    /// <summary>A template of the simulated world that a looked-at project includes.</summary>
    private async Task<(long Id, string Project)> TemplateAsync()
    {
        var (number, branch) = portal.GitLab.Production.Do(world => world.Directory.Projects.First(one => one is { Archived: false, CiConfigPath: null }
            && world.Code.FindFile(one, null, ".gitlab-ci.yml")?.Content.Contains("file: /templates/runner.yml", StringComparison.Ordinal) == true) is var found ? (found.Id, found.DefaultBranch) : default);
        await portal.Services.GetRequiredService<ScanProjects>().RunAsync(new(new(Shared.PageServices.Production, number), branch), TestContext.Current.CancellationToken);
        await PortalFixture.UntilAsync(async () => (await portal.Api.GetAsync("templates?limit=500")).Items.Count > 0);
        var one = (await portal.Api.GetAsync("templates?limit=500")).Items.First(item => item!["file"]!.GetValue<string>() == "templates/runner.yml")!;
        return (one["id"]!.GetValue<long>(), one["project"]!.GetValue<string>());
    }
}

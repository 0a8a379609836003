using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>Twin runs: for those who maintain the project and for nobody else, and begun only with GitLab's own consent.</summary>
[Collection(PortalCollection.Name)]
public sealed class TwinApiTests(PortalFixture portal)
{
    [Fact]
    public async Task SomebodyElsesProject_IsNotThere_OnEveryRoute_NorIsItsRunByTheNumber()
    {
        var (name, own, others) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();

        foreach (var other in others.Take(3))
        {
            var run = await StoredAsync(other);
            (await person.GetAsync($"projects/{other}/twin-runs")).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Post, $"projects/{other}/twin-runs", new { job = "build" }, antiforgery)).ShouldRefuse(404, "not-found");
            (await person.GetAsync($"projects/{other}/twin-runs/{run}")).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Delete, $"projects/{other}/twin-runs/{run}", null, antiforgery)).ShouldRefuse(404, "not-found");
            (await person.GetAsync($"projects/{own[0]}/twin-runs/{run}")).ShouldRefuse(404, "not-found");
        }
    }

    [Fact]
    public async Task OwnProject_IsRead_AndBegunOrStoppedWithConsentAlone()
    {
        var (name, own, _) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var run = await StoredAsync(own[0]);

        (await person.GetAsync($"projects/{own[0]}/twin-runs")).ShouldBe(200).Json["items"]!.AsArray().ShouldContain(one => one!["id"]!.GetValue<long>() == run);
        var read = (await person.GetAsync($"projects/{own[0]}/twin-runs/{run}")).ShouldBe(200).Json;
        (read["job"]!.GetValue<string>(), read["state"]!.GetValue<string>(), read["isPair"]!.GetValue<bool>()).ShouldBe(("lint", "failed", false));

        var antiforgery = await person.AntiforgeryAsync();
        (await person.SendAsync(HttpMethod.Post, $"projects/{own[0]}/twin-runs", new { job = "lint" }, antiforgery)).ShouldRefuse(403, "consent-needed").Json["consentUrl"]!.GetValue<string>().ShouldStartWith("/account/consent");
        (await person.SendAsync(HttpMethod.Delete, $"projects/{own[0]}/twin-runs/{run}", null, antiforgery)).ShouldRefuse(403, "consent-needed");
        (await portal.Api.PostAsync($"projects/{own[0]}/twin-runs", new { job = "lint" })).ShouldRefuse(403, "consent-needed");
    }

    [Fact]
    public async Task DryRun_WithConsent_IsRefusedAsTheRealOne_AndMakesNothing()
    {
        var (name, own, _) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        (await person.ConsentAsync("/account/consent?returnUrl=%2Fmy-projects", "allow")).ShouldBe("/my-projects");
        var (antiforgery, before) = (await person.AntiforgeryAsync(), await CountAsync(own[^1]));

        var dry = await person.SendAsync(HttpMethod.Post, $"projects/{own[^1]}/twin-runs?dryRun=true", new { job = "no-such-job" }, antiforgery);
        var real = await person.SendAsync(HttpMethod.Post, $"projects/{own[^1]}/twin-runs", new { job = "no-such-job" }, antiforgery);
        dry.Json["code"]!.GetValue<string>().ShouldBeOneOf("not-in-phase", "unknown-job");
        real.Json["code"]!.GetValue<string>().ShouldBe(dry.Json["code"]!.GetValue<string>());
        (await CountAsync(own[^1])).ShouldBe(before);
    }

    [Fact]
    public async Task WrongInput_NamesTheField()
    {
        var own = portal.GitLab.Production.Do(People.Maintainer).Own[0];
        foreach (var job in (string?[])[null, "", new string('x', 256)]) (await portal.Api.PostAsync($"projects/{own}/twin-runs", new { job })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["job"]);
    }

    private async Task<int> CountAsync(int project) => (await portal.Services.GetRequiredService<ITwinStore>().OfAsync(new ProjectId(new InstanceId("production"), project), 1000, default)).Count;

    private async Task<long> StoredAsync(int project)
    {
        var (twins, now) = (portal.Services.GetRequiredService<ITwinStore>(), DateTimeOffset.UnixEpoch);
        var run = new TwinRun(0, new ProjectId(new InstanceId("production"), project), "lint", "0123456789", "b", [], ["k8s-default"], [], [], TwinState.Failed, TwinBranch.Unmade, null, null, null, null, "of a test", Actor.Portal, now, now, 0);
        return (await twins.AddAsync(run, default))!.Id;
    }
}

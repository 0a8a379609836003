using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>A project's place: for those who maintain it and for nobody else, and changed only with GitLab's own consent.</summary>
[Collection(PortalCollection.Name)]
public sealed class EnrollmentApiTests(PortalFixture portal)
{
    private static readonly object Try = new { target = "kubernetes", until = (string?)null, by = "merge-request", reason = (string?)null };

    [Fact]
    public async Task SomebodyElsesProject_IsNotThere_OnEveryRoute()
    {
        var (name, _, others) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();

        foreach (var other in others.Take(5))
        {
            (await person.GetAsync($"projects/{other}/enrollment")).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Put, $"projects/{other}/enrollment", Try, antiforgery)).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Delete, $"projects/{other}/enrollment", null, antiforgery)).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Post, $"projects/{other}/enrollment/answer", new { accepts = true, reason = (string?)null }, antiforgery)).ShouldRefuse(404, "not-found");
        }
    }

    [Fact]
    public async Task OwnProject_WithoutConsent_HearsWhereToGiveIt_AndAnApiTokenToo()
    {
        var (name, own, _) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);

        (await person.GetAsync($"projects/{own[0]}/enrollment")).ShouldBe(200).Json["projectId"]!.GetValue<long>().ShouldBe(own[0]);
        var refused = (await person.SendAsync(HttpMethod.Put, $"projects/{own[0]}/enrollment", Try, await person.AntiforgeryAsync())).ShouldRefuse(403, "consent-needed");
        refused.Json["consentUrl"]!.GetValue<string>().ShouldStartWith("/account/consent");
        (await portal.Api.PutAsync($"projects/{own[0]}/enrollment", Try)).ShouldRefuse(403, "consent-needed");
    }

    [Fact]
    public async Task WrongInput_NamesEveryField()
    {
        var own = portal.GitLab.Production.Do(People.Maintainer).Own[0];

        (await portal.Api.PutAsync($"projects/{own}/enrollment", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["target"]);
        (await portal.Api.PutAsync($"projects/{own}/enrollment", new { target = "kubernetes", until = "2027-01-01T00:00:00Z", by = "pigeon", reason = new string('x', 501) })).ShouldRefuse(400, "invalid-request")
            .Errors.Keys.ShouldBe(["by", "until", "reason"], ignoreOrder: true);
        (await portal.Api.PostAsync($"projects/{own}/enrollment/answer", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["accepts"]);
        (await portal.Api.PostAsync($"projects/{own}/enrollment/answer", new { accepts = true })).ShouldRefuse(409, "not-invited");
    }
}

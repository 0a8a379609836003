using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Hosting;
using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Readiness;

/// <summary>What was found in projects, for those who maintain them and for nobody else.</summary>
[Collection(PortalCollection.Name)]
public sealed class ReadinessApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Maintainer_LooksAtTheirOwn_AndNeverAtAnothers()
    {
        var (name, mine, others) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var own = portal.GitLab.Production.Do(world => world.Directory.Projects.First(one => mine.Contains(one.Id) && !one.Archived && one.CiEnabled).Id);
        var antiforgery = await person.AntiforgeryAsync();

        (await person.GetAsync($"projects/{own}/readiness")).ShouldBe(200).Json["projectId"]!.GetValue<long>().ShouldBe(own);
        var seen = (await person.SendAsync(HttpMethod.Post, $"projects/{own}/readiness/scan", null, antiforgery)).ShouldBe(200).Json;
        (seen["state"]!.GetValue<string>(), seen["ready"]!.GetValue<int>(), seen["jobs"]!.AsArray().Count).ShouldBe(("read", seen["jobs"]!.AsArray().Count(job => job!["ready"]!.GetValue<bool>()), seen["jobs"]!.AsArray().Count));

        var word = new { rule = "R05", job = "x", reason = "known" };
        foreach (var other in others.Take(5))
        {
            (await person.GetAsync($"projects/{other}/readiness")).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Post, $"projects/{other}/readiness/scan", null, antiforgery)).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Post, $"projects/{other}/readiness/acknowledge", word, antiforgery)).ShouldRefuse(404, "not-found");
            (await person.SendAsync(HttpMethod.Delete, $"projects/{other}/readiness/acknowledge?rule=R05&job=x", null, antiforgery)).ShouldRefuse(404, "not-found");
        }
    }

    [Fact]
    public async Task Finding_AcknowledgedAndTakenBack_IsToldWithItsReason()
    {
        var project = await BlockedAsync();
        var seen = (await portal.Api.PostAsync($"projects/{project}/readiness/scan", new { })).ShouldBe(200).Json;
        var finding = seen["findings"]!.AsArray().First(one => one!["severity"]!.GetValue<string>() == "blocks")!;
        var (rule, job) = (finding["rule"]!.GetValue<string>(), finding["job"]!.GetValue<string>());
        var path = $"projects/{project}/readiness/acknowledge";

        (await portal.Api.PostAsync(path, new { rule, job, reason = " " })).ShouldRefuse(422, "reason-missing");
        (await portal.Api.PostAsync(path, new { rule = "R99", job, reason = "known" })).ShouldRefuse(404, "unknown-finding");
        (await portal.Api.PostAsync(path, new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["rule", "job"], ignoreOrder: true);
        (await portal.Api.PostAsync(path, new { rule, job, reason = "We build elsewhere." })).ShouldBe(204);
        (await portal.Api.GetAsync($"projects/{project}/readiness")).Json["acknowledged"]!.AsArray().ShouldContain(one => one!["rule"]!.GetValue<string>() == rule && one["reason"]!.GetValue<string>() == "We build elsewhere.");
        (await portal.Api.DeleteAsync($"{path}?rule={rule}&job={job}")).ShouldBe(204);
        (await portal.Api.DeleteAsync($"{path}?rule={rule}&job={job}")).ShouldRefuse(404, "unknown-acknowledgement");
    }

    [Fact]
    public async Task Rules_AreAllDocumented_AndCanBeTurnedOffAndWeighted()
    {
        var rules = (await portal.Api.GetAsync("readiness/rules")).ShouldBe(200).Json.AsArray();
        rules.Select(rule => rule!["id"]!.GetValue<string>()).ShouldBe(Enumerable.Range(1, 45).Select(number => $"R{number:00}"));
        rules.ShouldAllBe(rule => rule!["why"]!.GetValue<string>().Length > 20 && rule["link"]!.GetValue<string>().StartsWith("https://"));

        (await portal.Api.PutAsync("readiness/rules/R41", new { off = true, counts = "likely" })).ShouldBe(200).Json["off"]!.GetValue<bool>().ShouldBeTrue();
        (await portal.Api.GetAsync("readiness/rules")).Json.AsArray().Single(rule => rule!["id"]!.GetValue<string>() == "R41")!["counts"]!.GetValue<string>().ShouldBe("likely");
        (await portal.Api.PutAsync("readiness/rules/R41", new { off = false, counts = "info" })).ShouldBe(200).Json["counts"]!.GetValue<string>().ShouldBe("info");
        (await portal.Api.PutAsync("readiness/rules/R99", new { off = true })).ShouldRefuse(404, "unknown-rule");
        (await portal.Api.PutAsync("readiness/rules/R41", new { })).ShouldRefuse(400, "invalid-request");
    }

    [Fact]
    public async Task Projects_AreListedByWhatHitsThem()
    {
        var project = await BlockedAsync();
        (await portal.Api.PostAsync($"projects/{project}/readiness/scan", new { })).ShouldBe(200);

        var row = (await portal.Api.GetAsync("readiness/projects?limit=500")).ShouldBe(200).Items.First(one => one!["projectId"]!.GetValue<long>() == project)!;
        row["blocked"]!.GetValue<int>().ShouldBeGreaterThan(0);
        var rule = row["rules"]!.AsArray()[0]!.GetValue<string>();
        (await portal.Api.GetAsync($"readiness/projects?rule={rule}&limit=500")).Items.ShouldContain(one => one!["projectId"]!.GetValue<long>() == project);
        (await portal.Api.GetAsync("readiness")).ShouldBe(200).Json["blockedJobs"]!.GetValue<long>().ShouldBeGreaterThan(0);
    }

    private async Task<long> BlockedAsync()
    {
        var project = portal.GitLab.Production.Do(world => world.Directory.Projects.First(one => !one.Archived && world.Jobs.OfProject(one, null, null, 0, 200).Any(job => TruthBook.WouldMeet(job) is { Cause: not Cause.None, Bites: >= 1 })).Id);
        await portal.Services.GetRequiredService<ScanProjects>().RunAsync(new ScanSubject(new ProjectId(new InstanceId("production"), project), "main"), default);
        return project;
    }
}

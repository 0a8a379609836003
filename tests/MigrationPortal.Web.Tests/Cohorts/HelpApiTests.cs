using MigrationPortal.Web.Tests.Hosting;
using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>Threads of help: between a project's people and administrators, and for nobody else.</summary>
[Collection(PortalCollection.Name)]
public sealed class HelpApiTests(PortalFixture portal)
{
    private const string Secret = "glpat-AbCdEfGhIjKlMnOpQrSt";

    [Fact]
    public async Task SomebodyElses_IsNotThere_OnEveryRoute()
    {
        var (name, _, others) = portal.GitLab.Production.Do(People.Maintainer);
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();
        var other = others[0];
        var id = (await portal.Api.PostAsync($"projects/{other}/help", new { subject = "theirs", text = "a secret of theirs" })).ShouldBe(201).Json["id"]!.GetValue<long>();

        (await person.GetAsync($"projects/{other}/help")).ShouldRefuse(404, "not-found");
        (await person.SendAsync(HttpMethod.Post, $"projects/{other}/help", new { subject = "mine?", text = "mine?" }, antiforgery)).ShouldRefuse(404, "not-found");
        (await person.GetAsync($"help/{id}")).ShouldRefuse(404, "not-found");
        (await person.SendAsync(HttpMethod.Post, $"help/{id}/messages", new { text = "mine?" }, antiforgery)).ShouldRefuse(404, "not-found");
        (await person.SendAsync(HttpMethod.Put, $"help/{id}/state", new { state = "closed" }, antiforgery)).ShouldRefuse(404, "not-found");
        (await person.GetAsync($"/help/{id}")).Text.ShouldNotContain("theirs");
        var after = (await portal.Api.GetAsync($"help/{id}")).ShouldBe(200).Json;
        (after["state"]!.GetValue<string>(), after["messages"]!.AsArray().Count).ShouldBe(("open", 1));
    }

    [Fact]
    public async Task Question_IsAskedAnsweredAndClosed_SeenByBothSides_ToldAndAudited_WithoutSecrets()
    {
        var (name, project, job) = portal.GitLab.Production.Do(world =>
        {
            foreach (var user in world.Directory.Users.Where(one => one is { IsAdmin: false, State: UserState.Active }))
                foreach (var own in world.Directory.Projects.Where(own => world.Directory.AccessTo(user, own) >= AccessLevel.Maintainer))
                    if (world.Jobs.OfProject(own, [JobStatus.Failed], null, 0, 50).FirstOrDefault(one => one.FinishedAt > world.Now - TimeSpan.FromDays(20)) is { } failed) return (user.Username, own.Id, failed.Id);
            throw new InvalidOperationException("No maintainer's job failed.");
        });
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();

        var asked = (await person.SendAsync(HttpMethod.Post, $"projects/{project}/help", new { subject = "Why?", text = $"It says\ntoken={Secret}\nand stops.", jobId = job }, antiforgery)).ShouldBe(201).Json;
        var id = asked["id"]!.GetValue<long>();
        (asked["state"]!.GetValue<string>(), asked["jobId"]!.GetValue<long>()).ShouldBe(("open", job));
        asked.ToJsonString().ShouldNotContain(Secret);
        asked["messages"]![0]!["text"]!.GetValue<string>().ShouldEndWith("and stops.");
        (await portal.Api.GetAsync("help?state=open&limit=500")).Items.ShouldContain(one => one!["id"]!.GetValue<long>() == id);
        (await portal.Api.GetAsync("notices?limit=500")).Items.Count(one => one!["link"]!.GetValue<string>() == $"help/{id}").ShouldBe(1);

        var answered = (await portal.Api.PostAsync($"help/{id}/messages", new { text = "Try again." })).ShouldBe(200).Json;
        (answered["state"]!.GetValue<string>(), answered["messages"]![1]!["fromAdmin"]!.GetValue<bool>()).ShouldBe(("answered", true));
        (await person.GetAsync($"projects/{project}/help")).ShouldBe(200).Json["items"]![0]!["state"]!.GetValue<string>().ShouldBe("answered");
        var again = (await person.SendAsync(HttpMethod.Post, $"help/{id}/messages", new { text = "It works." }, antiforgery)).ShouldBe(200).Json;
        (again["state"]!.GetValue<string>(), again["messages"]![2]!["fromAdmin"]!.GetValue<bool>()).ShouldBe(("open", false));
        (await person.SendAsync(HttpMethod.Put, $"help/{id}/state", new { state = "closed" }, antiforgery)).ShouldBe(200).Json["state"]!.GetValue<string>().ShouldBe("closed");
        (await person.SendAsync(HttpMethod.Put, $"help/{id}/state", new { state = "closed" }, antiforgery)).ShouldBe(200);

        (await portal.Api.GetAsync("help?state=open&limit=500")).Items.ShouldNotContain(one => one!["id"]!.GetValue<long>() == id);
        var trail = (await portal.Api.GetAsync("audit?limit=500")).Items.Where(one => one!["subject"]!.GetValue<string>() == $"help/{id}").ToList();
        trail.Select(one => one!["what"]!.GetValue<string>()).Reverse().ShouldBe(["help.ask", "help.answer", "help.say", "help.close"]);
        trail.ShouldAllBe(one => !one!.ToJsonString().Contains("and stops", StringComparison.Ordinal));
        (await person.GetAsync($"/help/{id}")).ShouldBe(200);
    }

    [Fact]
    public async Task WrongInput_NamesEveryField_AndAForeignJobIsNotThere()
    {
        var (own, others) = portal.GitLab.Production.Do(world => (People.Maintainer(world).Own[0], world.Directory.Projects.SelectMany(one => world.Jobs.OfProject(one, [JobStatus.Failed], null, 0, 1)).Select(one => (one.Project.Id, one.Id)).ToList()));

        (await portal.Api.PostAsync($"projects/{own}/help", new { jobId = 0 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["subject", "text", "jobId"], ignoreOrder: true);
        (await portal.Api.PostAsync($"projects/{own}/help", new { subject = new string('x', 121), text = new string('x', 4001) })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["subject", "text"], ignoreOrder: true);
        (await portal.Api.PostAsync($"projects/{own}/help", new { subject = "x", text = "x", jobId = others.First(one => one.Item1 != own).Item2 })).ShouldRefuse(404, "unknown-job");
        (await portal.Api.GetAsync("help?state=lost")).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["state"]);
    }
}

using MigrationPortal.Web.Tests.Hosting;
using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Fleet;

/// <summary>Docker runners of groups: seen and answered for by their owners, and by nobody else whatever number they guess.</summary>
[Collection(PortalCollection.Name)]
public sealed class MyRunnersApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Owner_SeesAndAnswersForTheirs_AndNobodyElsesIsThere()
    {
        var (name, own, others) = portal.GitLab.Production.Do(People.GroupOwner);
        var (mine, theirs) = portal.GitLab.Production.Do(world => (Make(world, own[0]), Make(world, others[0])));
        // Whatever is named here, GitLab is asked for the fleet as it is now.
        (await portal.Api.PutAsync("runner-pair", new { kubernetes = 987654321, docker = 987654320 })).ShouldRefuse(422, "invalid-pair");
        using var person = await PortalBrowser.SignedInAsync(portal.Address, name);
        var antiforgery = await person.AntiforgeryAsync();

        var seen = (await person.GetAsync("my-runners")).ShouldBe(200).Json["points"]!.AsArray().ToDictionary(one => one!["id"]!.GetValue<int>(), one => one!);
        seen.Keys.ShouldContain(mine);
        seen.Keys.ShouldNotContain(theirs);
        (seen[mine]["executor"]!.GetValue<string>(), seen[mine]["daysLeft"]!.GetValue<int>() > 0, seen[mine]["answer"] is null).ShouldBe(("docker+machine", true, true));

        (await person.SendAsync(HttpMethod.Put, $"my-runners/{theirs}/answer", new { answer = "done", reason = (string?)null }, antiforgery)).ShouldRefuse(404, "not-found");
        (await person.SendAsync(HttpMethod.Delete, $"my-runners/{theirs}/answer", null, antiforgery)).ShouldRefuse(404, "not-found");
        (await person.SendAsync(HttpMethod.Put, $"my-runners/{mine}/answer", new { answer = "keep", reason = (string?)null }, antiforgery)).ShouldRefuse(422, "reason-missing");
        (await person.SendAsync(HttpMethod.Put, $"my-runners/{mine}/answer", new { answer = "keep", reason = "a rack of our own" }, antiforgery)).ShouldBe(200).Json["answer"]!["answer"]!.GetValue<string>().ShouldBe("keep");
        (await portal.Api.GetAsync("runners/unmanaged")).ShouldBe(200).Json["points"]!.AsArray().Single(one => one!["id"]!.GetValue<int>() == mine)!["answerReason"]!.GetValue<string>().ShouldBe("a rack of our own");
        (await person.SendAsync(HttpMethod.Delete, $"my-runners/{mine}/answer", null, antiforgery)).ShouldBe(200).Json["answer"].ShouldBeNull();
    }

    [Fact]
    public async Task WrongInput_NamesEveryField()
    {
        (await portal.Api.PutAsync("my-runners/1/answer", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["answer"]);
        (await portal.Api.PutAsync("my-runners/1/answer", new { answer = "perhaps", reason = new string('x', 501) })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["answer", "reason"], ignoreOrder: true);
    }

    private static int Make(GitLabWorld world, int group)
    {
        var runner = world.Apply(new CreateRunner(RunnerType.Group, GroupId: group, Description: $"of-{group}", TagList: ["theirs"])).Get<Runner>();
        world.Apply(new ConnectManager(runner.Id, Executor.DockerMachine, 2)).Refusal.ShouldBeNull();
        return runner.Id;
    }
}

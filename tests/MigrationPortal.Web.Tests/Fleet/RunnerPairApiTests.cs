using MigrationPortal.Web.Tests.Hosting;
using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Fleet;

/// <summary>The pair by API: named by administrators, refused field by field, and shown with what is wrong with it.</summary>
[Collection(PortalCollection.Name)]
public sealed class RunnerPairApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Pair_IsNamed_Shown_AndTakenBack()
    {
        var (kubernetes, docker) = portal.GitLab.Production.Do(world => (Make(world, Executor.Kubernetes), Make(world, Executor.Docker)));

        var named = (await portal.Api.PutAsync("runner-pair", new { kubernetes, docker })).ShouldBe(200).Json;
        (named["kubernetes"]!["id"]!.GetValue<int>(), named["docker"]!["id"]!.GetValue<int>()).ShouldBe((kubernetes, docker));
        named["kubernetes"]!["faults"]!.AsArray().Select(fault => fault!["code"]!.GetValue<string>()).ShouldNotContain("not-there");
        (await portal.Api.GetAsync("runner-pair")).ShouldBe(200).Json["docker"]!["id"]!.GetValue<int>().ShouldBe(docker);

        // It is kept for the migration: nobody is asked what becomes of it.
        (await OwnedAsync()).ShouldNotContain(docker);

        (await portal.Api.DeleteAsync("runner-pair")).ShouldBe(200).Json["kubernetes"].ShouldBeNull();
        (await portal.Api.GetAsync("runner-pair")).ShouldBe(200).Json["ready"]!.GetValue<bool>().ShouldBeFalse();
        (await OwnedAsync()).ShouldContain(docker);
    }

    [Fact]
    public async Task WrongPair_NamesEachField()
    {
        (await portal.Api.PutAsync("runner-pair", new { docker = -1 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["kubernetes", "docker"], ignoreOrder: true);
        var refused = (await portal.Api.PutAsync("runner-pair", new { kubernetes = 987654321, docker = 987654321 })).ShouldRefuse(422, "invalid-pair");
        refused.Json["reasons"]!.AsArray().Count.ShouldBe(3);
        (await portal.Api.GetAsync("runner-pair")).ShouldBe(200).Json["kubernetes"].ShouldBeNull();
    }

    private async Task<IReadOnlyList<int>> OwnedAsync() => [.. (await portal.Api.GetAsync("my-runners")).ShouldBe(200).Json["points"]!.AsArray().Select(one => one!["id"]!.GetValue<int>())];

    private static int Make(GitLabWorld world, Executor executor)
    {
        var runner = world.Apply(new CreateRunner(RunnerType.Project, ProjectId: world.Directory.Projects[^1].Id, Description: $"pair-{executor}", TagList: ["pair"])).Get<Runner>();
        world.Apply(new ConnectManager(runner.Id, executor, 2)).Refusal.ShouldBeNull();
        return runner.Id;
    }
}

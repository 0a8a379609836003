using System.Net;
using System.Text.Json.Nodes;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Simulated;

public sealed class RunnerApiTests(Simulated sim) : IClassFixture<Simulated>
{
    private static readonly string[] OnlyInDetails =
        ["tag_list", "run_untagged", "locked", "access_level", "maximum_timeout", "version", "contacted_at"];

    [Fact]
    public async Task List_ShowsNoTagsAndNoExecutor_DetailsShowTagsAndNoExecutor()
    {
        var row = (await sim.JsonAsync("/api/v4/runners/all"))[0]!.AsObject();
        var details = (await sim.JsonAsync($"/api/v4/runners/{row["id"]}")).AsObject();

        foreach (var name in OnlyInDetails)
        {
            row.ContainsKey(name).ShouldBeFalse(name);
            details.ContainsKey(name).ShouldBeTrue(name);
        }

        details.ToJsonString().ShouldNotContain("executor");
        details.ContainsKey("token").ShouldBeFalse();
    }

    [Fact]
    public async Task Put_TagsAsCommaStringOrArrayOrForm_AreTheSame()
    {
        var byText = await PutAsync(1, new { tag_list = "b, a,,a" });
        var byArray = await PutAsync(2, new { tag_list = (string[])["b", "a"] });
        using var form = new HttpRequestMessage(HttpMethod.Put, "/api/v4/runners/3");
        form.Headers.Add("Authorization", "Bearer " + sim.Host.AdminToken);
        form.Content = new FormUrlEncodedContent([new("tag_list[]", "b"), new("tag_list[]", "a")]);
        var byForm = await Simulated.BodyAsync(await sim.Http.SendAsync(form));

        Tags(byText).ShouldBe(["b", "a"], ignoreOrder: true);
        Tags(byArray).ShouldBe(["b", "a"], ignoreOrder: true);
        Tags(byForm).ShouldBe(["b", "a"], ignoreOrder: true);
        byText.AsObject().ContainsKey("projects").ShouldBeFalse();
    }

    [Fact]
    public async Task Put_UntaggedOffWithoutTags_IsRefusedUnderTagsList()
    {
        using var answer = await sim.SendAsync(HttpMethod.Put, "/api/v4/runners/4", new { tag_list = Array.Empty<string>(), run_untagged = false });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Simulated.BodyAsync(answer)).ToJsonString().ShouldBe(
            """{"message":{"tags_list":["can not be empty when runner is not allowed to pick untagged jobs"]}}""");
    }

    [Fact]
    public async Task Put_MaximumTimeout_IsTakenAwayByNullOrNothing_AndNeverNegative()
    {
        foreach (var none in (object?[])[null, ""])
        {
            (await PutAsync(5, new { maximum_timeout = 3600 }))["maximum_timeout"]!.GetValue<int>().ShouldBe(3600);
            (await PutAsync(5, new { maximum_timeout = none }))["maximum_timeout"].ShouldBeNull();
        }

        using var refused = await sim.SendAsync(HttpMethod.Put, "/api/v4/runners/5", new { maximum_timeout = -1 });
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Put_NoteTooLong_IsRefusedByTheModel()
    {
        using var answer = await sim.SendAsync(HttpMethod.Put, "/api/v4/runners/5", new { maintenance_note = new string('x', 1025) });
        (await Simulated.BodyAsync(answer)).ToJsonString().ShouldBe("""{"message":{"maintenance_note":["is too long (maximum is 1024 characters)"]}}""");
    }

    [Fact]
    public async Task List_UnknownScope_IsRefusedInGitLabsWords()
    {
        using var answer = await sim.GetAsync("/api/v4/runners/all?scope=nothing");
        ((int)answer.StatusCode, (await Simulated.BodyAsync(answer)).ToJsonString()).ShouldBe((400, """{"message":"Scope contains invalid value"}"""));
    }

    [Theory]
    [InlineData("a,\"b,c\"", "b, c|a")]
    [InlineData("'b c', d", "b c|d")]
    [InlineData("a\"b", "a\"b")]
    [InlineData("it's", "it's")]
    public async Task Put_TagsWithQuotes_AreReadAsGitLabReadsThem(string given, string tags) =>
        Tags(await PutAsync(6, new { tag_list = given })).ShouldBe(tags.Split('|'), ignoreOrder: true);

    [Fact]
    public async Task KeysetOfARunnersJobs_GoesDownwardsOnly()
    {
        using var answer = await sim.GetAsync("/api/v4/runners/6/jobs?pagination=keyset&sort=asc");
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task GraphQLCursorOfSomebodyElse_IsRefused() =>
        (await sim.GraphAsync("{runners(after:\"garbage\"){nodes{id}}}"))["errors"]![0]!["message"]!.ToString().ShouldBe("Please provide a valid cursor");

    [Fact]
    public async Task UserChange_TakesRightsAndBlocks()
    {
        var user = (await sim.JsonAsync("/api/v4/users?username=tomas"))[0]!;
        user["is_admin"]!.GetValue<bool>().ShouldBeTrue();
        using var act = await sim.SendAsync(HttpMethod.Post, "/_sim/act", new { kind = "user-change", username = "tomas", blocked = true, isAdmin = false });
        act.IsSuccessStatusCode.ShouldBeTrue();

        var after = await sim.JsonAsync($"/api/v4/users/{user["id"]}");
        (after["state"]!.ToString(), after["is_admin"]!.GetValue<bool>()).ShouldBe(("blocked", false));
        using var back = await sim.SendAsync(HttpMethod.Post, "/_sim/act", new { kind = "user-change", username = "tomas", blocked = false, isAdmin = true });
        back.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Put_FiftyOneTags_IsRefused()
    {
        using var answer = await sim.SendAsync(
            HttpMethod.Put, "/api/v4/runners/4", new { tag_list = Enumerable.Range(0, 51).Select(i => $"t{i}").ToArray() });

        (await Simulated.BodyAsync(answer))["message"]!["tags_list"]![0]!.ToString()
            .ShouldBe("Too many tags specified. Please limit the number of tags to 50");
    }

    [Fact]
    public async Task Put_NothingToChange_AndBothPauses_AreParameterErrors()
    {
        using var nothing = await sim.SendAsync(HttpMethod.Put, "/api/v4/runners/4", new { });
        using var both = await sim.SendAsync(HttpMethod.Put, "/api/v4/runners/4", new { active = true, paused = false });

        nothing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Simulated.BodyAsync(nothing))["error"]!).ShouldContain("at least one parameter must be provided");
        ((string)(await Simulated.BodyAsync(both))["error"]!).ShouldContain("mutually exclusive");
    }

    [Fact]
    public async Task Paused_HidesOnlineInRestStatus_ButNotInOnlineNorInGraphQL()
    {
        await PutAsync(5, new { paused = true });
        var rest = await sim.JsonAsync("/api/v4/runners/5");
        var graph = await sim.GraphAsync("""{ runner(id: "gid://gitlab/Ci::Runner/5") { status paused } }""");

        ((string)rest["status"]!).ShouldBe("paused");
        ((bool)rest["online"]!).ShouldBeTrue();
        ((string)graph["data"]!["runner"]!["status"]!).ShouldBe("ONLINE");
    }

    [Fact]
    public async Task Create_GivesTheTokenOnce_AndTheRunnerNeverContacted()
    {
        using var answer = await sim.SendAsync(
            HttpMethod.Post, "/api/v4/user/runners", new { runner_type = "instance_type", tag_list = "k8s-default", run_untagged = false });
        var created = await Simulated.BodyAsync(answer);
        var shown = await sim.JsonAsync($"/api/v4/runners/{created["id"]}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        ((string)created["token"]!).ShouldStartWith("glrt-t1_");
        ((string)shown["status"]!).ShouldBe("never_contacted");
        shown["online"].ShouldBeNull();
        shown.ToJsonString().ShouldNotContain((string)created["token"]!);
    }

    [Fact]
    public async Task Assign_InstanceGroupAndProjectRunners_EachByItsRule()
    {
        var (project, group, owner) = sim.Host.Production.Do(w => (
            w.Directory.Projects[0].Id,
            w.Fleet.Runners.FirstOrDefault(r => r.Type == RunnerType.Group)?.Id,
            w.Fleet.Runners.FirstOrDefault(r => r.Type == RunnerType.Project)));

        (await AssignAsync(project, 1)).StatusCode.ShouldNotBe(HttpStatusCode.Created);
        (await Simulated.BodyAsync(await AssignAsync(project, group!.Value)))["message"]!.ToString()
            .ShouldBe("403 Forbidden - Runner is a group runner");
        (await Simulated.BodyAsync(await AssignAsync(project, 999_999)))["message"]!.ToString().ShouldBe("404 Runner Not Found");
        var home = sim.Host.Production.Do(_ => owner!.Projects[0].Id);
        using var unassign = await sim.SendAsync(HttpMethod.Delete, $"/api/v4/projects/{home}/runners/{owner!.Id}");
        (await Simulated.BodyAsync(unassign))["message"]!.ToString()
            .ShouldBe("403 Forbidden - You cannot unassign a runner from the owner project. Delete the runner instead");
    }

    [Theory]
    [InlineData("type=x", "type does not have a valid value")]
    [InlineData("status=y&type=z", "type does not have a valid value, status does not have a valid value")]
    [InlineData("per_page=a", "per_page is invalid")]
    public async Task List_BadFilter_NamesEachParameter(string query, string error)
    {
        using var answer = await sim.GetAsync($"/api/v4/runners/all?{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Simulated.BodyAsync(answer))["error"]!).ShouldBe(error);
    }

    [Fact]
    public async Task Delete_IsGoneAtOnce_AndJobsKeepTheirHistoryWithoutRunner()
    {
        var (runner, job) = sim.Host.Production.Do(w =>
            w.Jobs.Newest([JobStatus.Success], null, 1000).Where(j => j.Runner!.Id > 5).Select(j => (j.Runner!.Id, j)).First());

        (await sim.SendAsync(HttpMethod.Delete, $"/api/v4/runners/{runner}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await sim.GetAsync($"/api/v4/runners/{runner}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sim.JsonAsync($"/api/v4/projects/{job.Project.Id}/jobs/{job.Id}"))["runner"].ShouldBeNull();
    }

    private async Task<JsonNode> PutAsync(int id, object body) =>
        await Simulated.BodyAsync(await sim.SendAsync(HttpMethod.Put, $"/api/v4/runners/{id}", body));

    private Task<HttpResponseMessage> AssignAsync(int project, int runner) =>
        sim.SendAsync(HttpMethod.Post, $"/api/v4/projects/{project}/runners", new { runner_id = runner });

    private static string[] Tags(JsonNode runner) => [.. runner["tag_list"]!.AsArray().Select(t => (string)t!)];
}

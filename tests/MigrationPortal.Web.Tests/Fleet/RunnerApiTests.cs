using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Fleet;

[Collection(PortalCollection.Name)]
public sealed class RunnerApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Runner_HasTheFieldsOfTheContract()
    {
        var item = (await portal.Api.GetAsync("runners?limit=1")).Items.Single()!;
        item.AsObject().Select(one => one.Key).ShouldBe(
            ["id", "description", "runnerType", "role", "roleConfirmed", "managed", "executor", "tagList", "runUntagged", "paused", "locked", "accessLevel", "status", "contactedAt"]);

        var one = (await portal.Api.GetAsync($"runners/{item["id"]}")).ShouldBe(200);
        one.Json.AsObject().Select(field => field.Key).ShouldBe(["runner", "maintenanceNote", "createdAt", "managers", "projectIds", "groupIds"]);
        one.Json["managers"]![0]!.AsObject().Select(field => field.Key).ShouldBe(["systemId", "executor", "version", "status", "contactedAt"]);
        one.Headers["ETag"].ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("role=kubernetes", "role", "kubernetes")]
    [InlineData("role=legacy&executor=docker", "executor", "docker")]
    [InlineData("managed=false", "managed", "false")]
    [InlineData("untagged=true", "runUntagged", "true")]
    [InlineData("status=online", "status", "online")]
    [InlineData("drift=false&managed=true", "managed", "true")]
    public async Task Filter_KeepsWhatItNames(string query, string field, string value)
    {
        var kept = (await portal.Api.GetAsync($"runners?limit=500&{query}")).ShouldBe(200).Items;

        kept.ShouldNotBeEmpty();
        kept.ShouldAllBe(one => one![field]!.ToString() == value);
        kept.Count.ShouldBeLessThan((await portal.Api.GetAsync("runners?limit=500")).Items.Count);
    }

    [Fact]
    public async Task Filters_ByTagAndText_GoTogether()
    {
        var kept = (await portal.Api.GetAsync("runners?tag=linux&q=LARGE")).ShouldBe(200).Items;

        kept.ShouldNotBeEmpty();
        kept.ShouldAllBe(one => one!["tagList"]!.AsArray().Any(tag => tag!.GetValue<string>() == "linux"));
        (await portal.Api.GetAsync("runners?q=nothing-of-this-name")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_ThatAreUnknown_AreAllNamedWithWhatIsKnown()
    {
        var no = (await portal.Api.GetAsync("runners?role=chief&status=odd&instance=nowhere&limit=0&cursor=x")).ShouldRefuse(400, "invalid-request");

        no.Errors.Keys.ShouldBe(["instance", "role", "status", "limit", "cursor"], ignoreOrder: true);
        no.Errors["role"].ShouldContain("legacy, kubernetes, qa");
        no.Errors["instance"].ShouldContain("production, qa");
    }

    [Fact]
    public async Task Role_IsSetUnderTheVersionThatWasRead()
    {
        var id = (await portal.Api.GetAsync("runners?managed=false&limit=1")).Items.Single()!["id"]!.GetValue<long>();
        var read = (await portal.Api.GetAsync($"runners/{id}")).ShouldBe(200);
        var version = ("If-Match", read.Headers["ETag"]);

        var set = (await portal.Api.PutAsync($"runners/{id}/role", new { role = "legacy", managed = false, reason = "looked at" }, version)).ShouldBe(200);
        set.Json["role"]!.GetValue<string>().ShouldBe("legacy");
        set.Json["roleConfirmed"]!.GetValue<bool>().ShouldBeTrue();
        (await portal.Api.PutAsync($"runners/{id}/role", new { role = "kubernetes", managed = false }, version)).ShouldRefuse(412, "changed-meanwhile").Headers["ETag"].ShouldBe(set.Headers["ETag"]);
        (await portal.Api.GetAsync($"runners/{id}")).Headers["ETag"].ShouldBe(set.Headers["ETag"]);
        (await portal.Api.PutAsync($"runners/{id}/role", new { role = (string?)null, managed = false }, ("If-Match", "*"))).ShouldBe(200);

        var audit = (await portal.Api.GetAsync("audit?limit=10")).Items.First(one => one!["what"]!.GetValue<string>() == "runner.role" && one["why"]?.GetValue<string>() == "looked at")!;
        audit["subject"]!.GetValue<string>().ShouldBe($"runner/{id}");
        audit["after"]!["role"]!.GetValue<string>().ShouldBe("legacy");
    }

    [Theory]
    [InlineData("""{}""", "managed")]
    [InlineData("""{"role":"boss","managed":true}""", "role")]
    [InlineData("""{"role":"legacy","managed":"yes"}""", "managed")]
    public async Task Role_Malformed_IsRefusedWithItsField(string body, string field) =>
        (await portal.Api.RawAsync(HttpMethod.Put, "runners/1/role", body)).ShouldNameField(field);

    [Fact]
    public async Task Role_Impossible_IsRefused()
    {
        (await portal.Api.PutAsync("runners/1/role", new { role = (string?)null, managed = true })).ShouldRefuse(422, "role-missing");
        (await portal.Api.PutAsync("runners/987654321/role", new { role = "legacy", managed = true })).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task Drain_PausesByAPlan()
    {
        (await portal.Api.PostAsync("runners/4/drain", new { })).ShouldNameField("reason");
        var started = (await portal.Api.PostAsync("runners/4/drain", new { reason = "a test" })).ShouldBe(202).Json["operationId"]!.GetValue<long>();

        var done = (await portal.Api.GetAsync($"operations/{started}?waitSeconds=30")).Json;
        done["state"]!.GetValue<string>().ShouldBe("succeeded");
        (await portal.Api.GetAsync("runners/4")).Json["runner"]!["paused"]!.GetValue<bool>().ShouldBeTrue();
        var changes = (await portal.Api.GetAsync("runners/4/changes")).ShouldBe(200).Items;
        changes[0]!.AsObject().Select(one => one.Key).ShouldBe(["id", "runnerId", "seenAt", "attribute", "from", "to"]);
        var paused = changes.First(one => one!["attribute"]!.GetValue<string>() == "paused")!;
        (paused["runnerId"]!.GetValue<long>(), paused["from"]!.GetValue<string>(), paused["to"]!.GetValue<string>()).ShouldBe((4, "false", "true"));

        (await portal.Api.PostAsync($"operations/{started}/rollback", new { reason = "a test" })).ShouldBe(202);
        (await portal.Api.GetAsync($"operations/{started}?waitSeconds=30")).Json["state"]!.GetValue<string>().ShouldBe("rolledBack");
        (await portal.Api.PostAsync("runners/987654321/drain", new { reason = "a test" })).ShouldRefuse(404, "not-found");
    }

    [Fact]
    public async Task NewRunner_ComesPaused_WithItsTokenOnce()
    {
        var made = (await portal.Api.PostAsync("runners?instance=qa", new { description = "made by a test", role = "kubernetes" })).ShouldBe(201);

        made.Json["token"]!.GetValue<string>().ShouldStartWith("glrt-");
        made.Headers["Cache-Control"].ShouldBe("no-store");
        var seen = (await portal.Api.GetAsync($"runners/{made.Json["id"]}?instance=qa")).ShouldBe(200);
        seen.Text.ShouldNotContain(made.Json["token"]!.GetValue<string>());
        seen.Json["runner"]!["paused"]!.GetValue<bool>().ShouldBeTrue();
        seen.Json["runner"]!["tagList"]!.ToJsonString().ShouldBe("""["k8s-default"]""");
        (await portal.Api.GetAsync("audit?limit=50")).Text.ShouldNotContain("glrt-");
    }

    [Theory]
    [InlineData("""{}""", "description,role")]
    [InlineData("""{"description":"x","role":"legacy","tagList":["a,b"," c",""]}""", "tagList")]
    [InlineData("""{"description":"x","role":"legacy","tagList":[null]}""", "tagList")]
    [InlineData("""{"description":"x","role":"boss"}""", "role")]
    public async Task NewRunner_Malformed_HearsOfEachField(string body, string fields) =>
        (await portal.Api.RawAsync(HttpMethod.Post, "runners", body)).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(fields.Split(','), ignoreOrder: true);

    [Fact]
    public async Task NewRunner_ThatGitLabWouldRefuse_IsRefused()
    {
        (await portal.Api.PostAsync("runners", new { description = "x", role = "legacy" })).ShouldRefuse(422, "no-tags-left");
        (await portal.Api.PostAsync("runners", new { description = "x", role = "legacy", tagList = Enumerable.Range(1, 51).Select(one => $"t{one}") })).ShouldRefuse(422, "too-many-tags");
    }

    [Fact]
    public async Task Lists_AsCsv_HoldTheSameRows()
    {
        var csv = (await portal.Api.GetAsync("runners?limit=3", ("Accept", "text/csv"))).ShouldBe(200);

        csv.Type.ShouldBe("text/csv");
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("id,description,runnerType,role,roleConfirmed,managed,executor,tagList");
        lines.Length.ShouldBe(4);
        var cursor = csv.Headers["X-Next-Cursor"];
        (await portal.Api.GetAsync("runners?limit=3")).Json["nextCursor"]!.GetValue<string>().ShouldBe(cursor);
        (await portal.Api.GetAsync("runners/1", ("Accept", "text/csv"))).ShouldBe(200).Type.ShouldBe("application/json");
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Hosting;
using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Plans;

[Collection(PortalCollection.Name)]
public sealed class PlanApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Plan_HasTheFieldsOfTheContract()
    {
        var made = (await portal.Api.PostAsync("plans", new { target = new { phase = "untagged-takeover", kubernetesUntaggedPercent = 100, legacyUntaggedPercent = 50 } })).ShouldBe(201);

        made.Headers["Location"].ShouldBe($"/api/v1/plans/{made.Json["id"]!.GetValue<long>()}");
        Keys(made.Json).ShouldBe(["id", "instance", "title", "target", "madeAt", "madeBy", "fingerprint", "empty", "steps", "blastRadius", "warnings", "blockers", "confirmation"]);
        made.Json["target"]!.ToJsonString().ShouldBe("""{"phase":"untagged-takeover","kubernetesUntaggedPercent":100,"legacyUntaggedPercent":50}""");
        Keys(made.Json["steps"]![0]!).ShouldBe(["order", "kind", "runnerId", "runnerName", "attribute", "from", "to", "reliesOn", "why"]);
        Keys(made.Json["blastRadius"]!).ShouldBe(["basis", "classes"]);
        Keys(made.Json["blastRadius"]!["basis"]!).ShouldBe(["from", "to", "jobs", "sampledFraction"]);
        Keys(made.Json["blastRadius"]!["classes"]![0]!).ShouldBe(["tags", "protected", "projectIds", "jobsPerDay", "before", "after", "effect"]);
        made.Json["blastRadius"]!["classes"]!.AsArray().Select(one => one!["effect"]!.GetValue<string>()).ShouldAllBe(word => word == "moves" || word == "shared" || word == "predictedToFail" || word == "unchanged" || word == "noRunner");
        (await portal.Api.GetAsync(made.Headers["Location"])).ShouldBe(200).Text.ShouldBe(made.Text);
    }

    [Fact]
    public async Task Plan_OfTheTakeover_NamesWhoIsPredictedToFail_AsAWarning()
    {
        var scan = portal.Services.GetRequiredService<ScanProjects>();
        foreach (var project in portal.GitLab.Production.Do(world => world.Directory.Projects.Where(one => !one.Archived && world.Jobs.OfProject(one, null, null, 0, 200).Any(job => job.Tags.Count == 0 && TruthBook.WouldMeet(job) is { Bites: >= 1 } will && will.Cause.IsIncompatibility())).Take(20).Select(one => one.Id).ToList()))
            await scan.RunAsync(new ScanSubject(new ProjectId(new InstanceId("production"), project), "main"), default);

        var plan = (await portal.Api.PostAsync("plans", new { target = new { phase = "untagged-takeover", kubernetesUntaggedPercent = 100, legacyUntaggedPercent = 50 } })).ShouldBe(201).Json;

        var failing = plan["blastRadius"]!["classes"]!.AsArray().Where(one => one!["effect"]!.GetValue<string>() == "predictedToFail").ToList();
        failing.ShouldNotBeEmpty();
        failing.ShouldAllBe(one => one!["jobsPerDay"]!.GetValue<double>() > 0 && one["tags"]!.AsArray().Count == 0 && one["after"]!.AsArray().Any(role => role!.GetValue<string>() == "kubernetes"));
        plan["warnings"]!.AsArray().Single(one => one!["code"]!.GetValue<string>() == "predicted-to-fail")!["message"]!.GetValue<string>().ShouldContain(" are predicted to fail on Kubernetes; ");
        plan["blockers"]!.AsArray().ShouldAllBe(one => one!["code"]!.GetValue<string>() != "predicted-to-fail");
        var id = failing.SelectMany(one => one!["projectIds"]!.AsArray()).First()!.GetValue<long>();
        (await portal.Api.GetAsync($"projects/{id}/readiness")).ShouldBe(200).Json["findings"]!.AsArray().ShouldContain(one => one!["severity"]!.GetValue<string>() == "blocks");
    }

    [Fact]
    public async Task Plan_IsAlsoOnePageOfMarkdown()
    {
        var plan = await PauseAsync(1, true);
        var page = (await portal.Api.GetAsync($"plans/{Id(plan)}.md")).ShouldBe(200);
        page.Text.ShouldStartWith($"# {plan.Json["title"]!.GetValue<string>()}\n");
        page.Text.ShouldContain(plan.Json["fingerprint"]!.GetValue<string>());
        (await portal.Api.GetAsync("plans/999999.md")).ShouldRefuse(404, "not-found");
    }

    [Theory]
    [InlineData("""{}""", "target")]
    [InlineData("""{"target":null}""", "target")]
    [InlineData("""{"target":[]}""", "target")]
    [InlineData("""{"target":{}}""", "target")]
    [InlineData("""{"target":{"phase":"prepare","evacuate":"kubernetes"}}""", "target")]
    [InlineData("""{"target":{"phase":"phase-9"}}""", "target.phase")]
    [InlineData("""{"target":{"phase":"prepare","kubernetesUntaggedPercent":10}}""", "target.phase")]
    [InlineData("""{"target":{"phase":"untagged-takeover","kubernetesUntaggedPercent":101}}""", "target.kubernetesUntaggedPercent")]
    [InlineData("""{"target":{"phase":"untagged-takeover","legacyUntaggedPercent":-1}}""", "target.legacyUntaggedPercent")]
    [InlineData("""{"target":{"phase":"untagged-takeover","legacyUntaggedPercent":"50"}}""", "target.legacyUntaggedPercent")]
    [InlineData("""{"target":{"evacuate":"docker"}}""", "target.evacuate")]
    [InlineData("""{"target":{"deleteRunners":[]}}""", "target.deleteRunners")]
    [InlineData("""{"target":{"deleteRunners":["12"]}}""", "target.deleteRunners[0]")]
    [InlineData("""{"target":{"tag":"linux","decision":"destroy"}}""", "target.decision")]
    [InlineData("""{"target":{"tag":"a,b","decision":"keep"}}""", "target.tag")]
    [InlineData("""{"target":{"runners":[{"id":1,"tagList":[" spaced"]}]}}""", "target.runners[0].tagList")]
    [InlineData("""{"target":{"runners":[{"id":1,"locked":true,"paused":"yes"}]}}""", "target.runners[0].paused")]
    [InlineData("""{"target":{"brownout":{"tag":"docker","durationSeconds":1801}}}""", "target.brownout.durationSeconds")]
    [InlineData("""{"goal":{"phase":"prepare"}}""", "goal")]
    public async Task Target_ThatIsWrong_IsRefusedWithItsField(string body, string field) =>
        (await portal.Api.RawAsync(HttpMethod.Post, "plans", body)).ShouldNameField(field);

    [Fact]
    public async Task Brownout_TooEarly_IsAPlanThatSaysSo_WithTheWayBackInIt()
    {
        var plan = (await portal.Api.PostAsync("plans", new { target = new { brownout = new { tag = "docker", durationSeconds = 900 } } })).ShouldBe(201).Json;

        plan["title"]!.GetValue<string>().ShouldBe("Brownout of docker for 15 minutes");
        plan["blockers"]!.AsArray().Select(one => one!["code"]!.GetValue<string>()).ShouldContain("brownout-too-early");
        var steps = plan["steps"]!.AsArray();
        steps.Count(step => step!["kind"]!.GetValue<string>() == "return").ShouldBe(steps.Count / 2);
        plan["blastRadius"]!["classes"]!.AsArray().Select(one => one!["effect"]!.GetValue<string>()).ShouldNotContain("noRunner");
    }

    [Fact]
    public async Task Target_WithSeveralMistakes_HearsOfEach() =>
        (await portal.Api.RawAsync(HttpMethod.Post, "plans?instance=nowhere", """{"target":{"runners":[{"id":0,"paused":1},{"id":2,"x":1}]}}""")).ShouldRefuse(400, "invalid-request")
            .Errors.Keys.ShouldBe(["instance", "target.runners[0].id", "target.runners[0].paused", "target.runners[1].x", "target.runners[1]"], ignoreOrder: true);

    [Fact]
    public async Task Apply_RolesUnconfirmed_IsRefused()
    {
        var plan = (await portal.Api.PostAsync("plans?instance=qa", new { target = new { phase = "prepare" } })).ShouldBe(201);

        var no = (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { reason = "a test" })).ShouldRefuse(409, "roles-unconfirmed");
        no.Json["reasons"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Apply_WithoutAReason_IsRefused()
    {
        var plan = await PauseAsync(1, true);

        (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { overrides = Array.Empty<string>() })).ShouldRefuse(422, "reason-missing");
        (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { reason = "  " })).ShouldRefuse(422, "reason-missing");
    }

    [Fact]
    public async Task Apply_FleetChangedSince_IsRefused()
    {
        var plan = await PauseAsync(1, true);
        await InGitLabAsync(2, new { maximum_timeout = 3600, paused = true });
        try
        {
            (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { reason = "a test" })).ShouldRefuse(409, "fleet-changed").Text.ShouldContain("plan again");
        }
        finally
        {
            await InGitLabAsync(2, new { paused = false });
        }
    }

    [Fact]
    public async Task Apply_NobodyWouldServeAUsedTagSet_IsRefusedUnlessOverriddenByName()
    {
        var runners = (await portal.Api.GetAsync("runners?managed=true&untagged=true&limit=500")).Items.Select(one => new { id = one!["id"]!.GetValue<long>(), paused = true }).ToArray();
        var plan = (await portal.Api.PostAsync("plans", new { target = new { runners } })).ShouldBe(201);
        var blocker = plan.Json["blockers"]!.AsArray().First(one => one!["code"]!.GetValue<string>() == "no-runner")!;
        Keys(blocker).ShouldBe(["code", "message", "override", "projectIds"]);
        blocker["override"]!.GetValue<string>().ShouldStartWith("no-runner:");
        blocker["projectIds"]!.AsArray().ShouldNotBeEmpty();

        var no = (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { reason = "a test", overrides = (string[])["no-runner:another"] })).ShouldRefuse(409, "no-runner");
        no.Json["reasons"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(
            plan.Json["blockers"]!.AsArray().Select(one => one!["message"]!.GetValue<string>()), ignoreOrder: true);
    }

    [Fact]
    public async Task Apply_Deletion_AsksForItsConfirmation()
    {
        await ApplyAsync(await PauseAsync(14, true));
        var plan = (await portal.Api.PostAsync("plans", new { target = new { deleteRunners = (int[])[14] } })).ShouldBe(201);
        plan.Json["confirmation"]!.GetValue<string>().ShouldBe("delete 14");
        plan.Json["warnings"]!.AsArray().Select(one => one!["code"]!.GetValue<string>()).ShouldContain("deletion-is-final");

        (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { reason = "a test", confirm = "yes" })).ShouldRefuse(422, "confirmation-needed").Text.ShouldContain("delete 14");
    }

    [Fact]
    public async Task Apply_UnmanagedRunner_IsRefused()
    {
        var unmanaged = (await portal.Api.GetAsync("runners?managed=false&limit=1")).Items.Single()!["id"]!.GetValue<int>();

        (await portal.Api.PostAsync($"plans/{Id(await PauseAsync(unmanaged, true))}/apply", new { reason = "a test" })).ShouldRefuse(422, "unmanaged-runner");
    }

    [Fact]
    public async Task Operation_RunsToItsEnd_AndRollsBack()
    {
        var started = await ApplyAsync(await PauseAsync(1, true), "REQ-1");
        var done = (await portal.Api.GetAsync($"operations/{started}?waitSeconds=0")).ShouldBe(200).Json;
        Keys(done).ShouldBe(["id", "instance", "planId", "title", "state", "startedBy", "reason", "changeReference", "startedAt", "endedAt", "haltCode", "waits", "stepsDone", "stepsTotal", "steps", "brownout"]);
        Keys(done["steps"]![0]!).ShouldBe(["order", "kind", "isRollBack", "runnerId", "runnerName", "changes", "state", "startedAt", "endedAt", "message", "why"]);
        done["changeReference"]!.GetValue<string>().ShouldBe("REQ-1");
        done["steps"]![0]!["changes"]!.ToJsonString().ShouldBe("""[{"attribute":"paused","from":false,"to":true}]""");
        (await portal.Api.GetAsync("runners/1")).Json["runner"]!["paused"]!.GetValue<bool>().ShouldBeTrue();

        (await portal.Api.PostAsync($"operations/{started}/resume")).ShouldRefuse(409, "not-halted");
        (await portal.Api.PostAsync($"operations/{started}/abort")).ShouldRefuse(409, "operation-ended");
        (await portal.Api.PostAsync($"operations/{started}/rollback", new { })).ShouldNameField("reason");
        var back = (await portal.Api.PostAsync($"operations/{started}/rollback", new { reason = "a test" })).ShouldBe(202);
        back.Json["operationId"]!.GetValue<long>().ShouldBe(started);
        back.Headers["Retry-After"].ShouldBe("1");
        back.Headers["Location"].ShouldBe($"/api/v1/operations/{started}");
        (await EndOfAsync(started))["state"]!.GetValue<string>().ShouldBe("rolledBack");
        (await portal.Api.GetAsync("runners/1")).Json["runner"]!["paused"]!.GetValue<bool>().ShouldBeFalse();
        (await portal.Api.PostAsync($"operations/{started}/rollback", new { reason = "again" })).ShouldRefuse(409, "already-rolled-back");
        (await portal.Api.GetAsync("operations?limit=1")).Items.Single()!["id"]!.GetValue<long>().ShouldBe(started);
    }

    [Fact]
    public async Task Operation_ChangedSinceItWasRead_IsNotTouched()
    {
        var id = await ApplyAsync(await PauseAsync(3, false));
        var read = await portal.Api.GetAsync($"operations/{id}");

        (await portal.Api.PostAsync($"operations/{id}/rollback", new { reason = "a test" }, ("If-Match", "\"v0\""))).ShouldRefuse(412, "changed-meanwhile").Headers["ETag"].ShouldBe(read.Headers["ETag"]);
        (await portal.Api.GetAsync($"operations/{id}")).Json["state"]!.GetValue<string>().ShouldBe("succeeded");
    }

    [Fact]
    public async Task EmptyPlan_SucceedsAtOnce()
    {
        var plan = await PauseAsync(1, false);
        plan.Json["empty"]!.GetValue<bool>().ShouldBeTrue();

        var started = (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { reason = "a test" })).ShouldBe(202);

        started.Json["state"]!.GetValue<string>().ShouldBe("succeeded");
    }

    [Fact]
    public async Task BreakGlass_IsAScriptForThoseWhoMayOperate()
    {
        var plan = await PauseAsync(1, true);

        var script = (await portal.Api.GetAsync($"plans/{Id(plan)}/break-glass")).ShouldBe(200);
        script.Type.ShouldBe("text/x-shellscript");
        script.Text.ShouldStartWith("#!/usr/bin/env bash");
        script.Text.ShouldNotContain(portal.GitLab.AdminToken);
        (await (await portal.WithScopesAsync("read")).GetAsync($"plans/{Id(plan)}/break-glass")).ShouldRefuse(403, "scope-missing");
    }

    [Fact]
    public async Task BreakGlass_OfAnOperation_IsTheOneStoredBeforeItBegan()
    {
        var plan = await PauseAsync(4, true);
        var preview = (await portal.Api.GetAsync($"plans/{Id(plan)}/break-glass")).ShouldBe(200).Text;

        var operation = await ApplyAsync(plan);

        (await portal.Api.GetAsync($"operations/{operation}/break-glass")).ShouldBe(200).Text.ShouldBe(preview);
        (await portal.Api.GetAsync("operations/987654321/break-glass")).ShouldRefuse(404, "not-found");
        await ApplyAsync(await PauseAsync(4, false));
    }

    [Fact]
    public async Task Override_IsForAdministrators()
    {
        var operators = await portal.WithScopesAsync("operate");
        var plan = await PauseAsync(1, true);
        string[] overrides = ["no-runner:another"];

        (await operators.PostAsync($"plans/{Id(plan)}/apply", new { reason = "a test", overrides })).ShouldRefuse(403, "scope-missing").Json["missingScope"]!.GetValue<string>().ShouldBe("admin");
        (await operators.PostAsync("runners/1/drain", new { reason = "a test", overrides })).ShouldRefuse(403, "scope-missing");
        (await operators.PostAsync("schedule", new { target = new { evacuate = "kubernetes" }, dueAt = "2030-01-01T00:00:00Z", reason = "a test", overrides })).ShouldRefuse(403, "scope-missing");
    }

    [Fact]
    public async Task Approve_WhereThePolicyAsksNone_IsWrittenDown_AndSaysSo()
    {
        var plan = await PauseAsync(1, true);

        (await portal.Api.PostAsync($"plans/{Id(plan)}/approve")).ShouldBe(200).Json["satisfied"]!.GetValue<bool>().ShouldBeTrue();
        var written = (await portal.Api.GetAsync("audit?limit=1")).Items.Single()!;
        (written["what"]!.GetValue<string>(), written["subject"]!.GetValue<string>()).ShouldBe(("plan.approve", $"plan/{Id(plan)}"));
        written["after"]!["Fingerprint"]!.GetValue<string>().ShouldBe(plan.Json["fingerprint"]!.GetValue<string>());
        (await portal.Api.PostAsync("plans/987654321/approve")).ShouldRefuse(404, "not-found");
    }

    [Theory]
    [InlineData("""{"tags":["linux","docker"],"protected":false,"projectId":null}""", true)]
    [InlineData("""{"tags":[],"protected":null,"projectId":1008}""", true)]
    [InlineData("""{"tags":["no-runner-has-this"]}""", false)]
    [InlineData("""{}""", true)]
    public async Task Match_NamesTheRunnersThatWouldTakeTheJob(string body, bool served)
    {
        var found = (await portal.Api.RawAsync(HttpMethod.Post, "match", body)).ShouldBe(200).Json;

        found["servedNow"]!.GetValue<bool>().ShouldBe(served);
        found["runners"]!.AsArray().Any(one => one!["now"]!.GetValue<bool>()).ShouldBe(served);
        (await portal.Api.PostAsync("match", new { tags = Array.Empty<string>(), planId = 987654321 })).ShouldRefuse(404, "not-found");
    }

    private static long Id(PortalAnswer answer) => answer.Json["id"]!.GetValue<long>();

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(one => one.Key);

    private async Task<PortalAnswer> PauseAsync(int id, bool paused) =>
        (await portal.Api.PostAsync("plans", new { target = new { runners = (object[])[new { id, paused }] } })).ShouldBe(201);

    private async Task<long> ApplyAsync(PortalAnswer plan, string? changeReference = null)
    {
        var started = (await portal.Api.PostAsync($"plans/{Id(plan)}/apply", new { reason = "a test", changeReference })).ShouldBe(202);
        var id = started.Json["operationId"]!.GetValue<long>();
        (await EndOfAsync(id))["state"]!.GetValue<string>().ShouldBe("succeeded");
        return id;
    }

    private async Task<JsonNode> EndOfAsync(long operation) => (await portal.Api.GetAsync($"operations/{operation}?waitSeconds=30")).ShouldBe(200).Json;

    private async Task InGitLabAsync(int runner, object change)
    {
        using var http = new HttpClient { BaseAddress = portal.GitLab.Address, DefaultRequestHeaders = { { "PRIVATE-TOKEN", portal.GitLab.AdminToken } } };
        (await http.PutAsJsonAsync($"/api/v4/runners/{runner}", change, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }
}

using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Phases;

[Collection(PortalCollection.Name)]
public sealed class PhaseApiTests(PortalFixture portal)
{
    private static readonly string[] Keys = ["prepare", "opt-in", "untagged-takeover", "docker-fallback", "decommission", "retire-opt-in-tag"];

    [Fact]
    public async Task Status_IsOneLookAtEverything()
    {
        var status = (await portal.Api.GetAsync("status")).ShouldBe(200).Json;

        status.AsObject().Select(one => one.Key).ShouldBe(
            ["instance", "now", "clockSpeed", "observeMode", "connection", "phase", "next", "operation", "automation", "share", "pendingJobs", "daysToDockerMachineRemoval", "requestBudget", "requestBudgetUse", "history", "brownouts"]);
        status["requestBudgetUse"]!["requestsPerSecond"]!.GetValue<double>().ShouldBeGreaterThan(0);
        status["history"]!["fraction"]!.GetValue<double>().ShouldBeInRange(0, 1);
        status["instance"]!.GetValue<string>().ShouldBe("production");
        status["now"]!.GetValue<DateTimeOffset>().ShouldBe(portal.GitLab.Now);
        status["observeMode"]!.GetValue<bool>().ShouldBeFalse();
        status["share"]![0]!.AsObject().Select(one => one.Key).ShouldBe(["executor", "started", "total", "fraction", "untaggedStarted", "untaggedTotal", "untaggedFraction"]);
        (await portal.Api.GetAsync("status?instance=qa")).ShouldBe(200).Json["instance"]!.GetValue<string>().ShouldBe("qa");
        (await portal.Api.GetAsync("status?instance=Production")).ShouldNameField("instance").Text.ShouldContain("production, qa");
    }

    [Fact]
    public async Task Phases_AreTheSixInOrder()
    {
        var phases = (await portal.Api.GetAsync("phases")).ShouldBe(200).Items;

        phases.Select(one => one!["key"]!.GetValue<string>()).ShouldBe(Keys);
        phases.Select(one => one!["number"]!.GetValue<int>()).ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task Phase_TellsWhatItWantsAndWhatBlocksIt()
    {
        foreach (var key in Keys)
        {
            var phase = (await portal.Api.GetAsync($"phases/{key}")).ShouldBe(200).Json;
            phase.AsObject().Select(one => one.Key).ShouldBe(["phase", "desiredState", "changes", "warnings", "blockedBy", "policy"]);
            phase["desiredState"]![0]!.AsObject().Select(one => one.Key).ShouldBe(["runnerId", "description", "role", "tagList", "runUntagged", "paused", "differs", "why"]);
            phase["changes"]!.GetValue<int>().ShouldBe(phase["desiredState"]!.AsArray().Count(one => one!["differs"]!.GetValue<bool>()));
        }

        (await portal.Api.GetAsync("phases/phase-9")).ShouldRefuse(404, "not-found").Text.ShouldContain("retire-opt-in-tag");
    }

    [Fact]
    public async Task Policy_IsSetUnderTheVersionThatWasRead()
    {
        var read = (await portal.Api.GetAsync("phases/retire-opt-in-tag/policy?instance=qa")).ShouldBe(200);
        var version = ("If-Match", read.Headers["ETag"]);

        var set = (await portal.Api.PutAsync("phases/retire-opt-in-tag/policy?instance=qa", new { keepOptInTag = true }, version)).ShouldBe(200);
        set.Json["keepOptInTag"]!.GetValue<bool>().ShouldBeTrue();
        set.Json.AsObject().Select(one => one.Key).ShouldBe(["gates", "gatesBind", "approvalsNeeded", "approvers", "changeReference", "automation", "thresholds", "leastDaysToPromote", "mostDaysToDecide", "rampSteps", "optInTag", "fallbackTag", "standInTag", "keepOptInTag", "healDrift", "announceSteps"]);
        (await portal.Api.PutAsync("phases/retire-opt-in-tag/policy?instance=qa", new { keepOptInTag = false }, version)).ShouldRefuse(412, "changed-meanwhile");
        (await portal.Api.GetAsync("phases/retire-opt-in-tag/policy")).Json["keepOptInTag"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [InlineData("opt-in", """{"fallbackTag":"x"}""", "fallbackTag")]
    [InlineData("prepare", """{"keepOptInTag":true}""", "keepOptInTag")]
    [InlineData("prepare", """{"optInTag":"k8s"}""", "optInTag")]
    [InlineData("prepare", """{"keepOptInTag":"true"}""", "keepOptInTag")]
    [InlineData("prepare", """{"automation":"always"}""", "automation")]
    public async Task Policy_Wrong_IsRefusedWithItsField(string key, string body, string field) =>
        (await portal.Api.RawAsync(HttpMethod.Put, $"phases/{key}/policy", body)).ShouldNameField(field);

    [Fact]
    public async Task FallbackTag_ThatIsNoTag_IsRefused() =>
        (await portal.Api.PutAsync("phases/prepare/policy", new { fallbackTag = "a,b" })).ShouldRefuse(422, "invalid-tag");

    [Fact]
    public async Task OptInTag_IsSetBeforeItsPhase_AndRefusedWhenItIsNoTag()
    {
        (await portal.Api.PutAsync("phases/opt-in/policy?instance=qa", new { optInTag = "kube" })).ShouldBe(200).Json["optInTag"]!.GetValue<string>().ShouldBe("kube");
        (await portal.Api.PutAsync("phases/opt-in/policy?instance=qa", new { optInTag = "a,b" })).ShouldRefuse(422, "invalid-tag");
        (await portal.Api.PutAsync("phases/opt-in/policy?instance=qa", new { optInTag = "k8s-default" })).ShouldBe(200);
    }

    [Fact]
    public async Task Automation_StopsAndStarts_AndSaysWhy()
    {
        (await portal.Api.PostAsync("automation/stop?instance=qa", new { reason = "release week" })).ShouldBe(200).Json.ToJsonString().ShouldBe("""{"on":false,"reason":"release week"}""");
        (await portal.Api.GetAsync("status?instance=qa")).Json["automation"]!["on"]!.GetValue<bool>().ShouldBeFalse();
        (await portal.Api.GetAsync("status")).Json["automation"]!["on"]!.GetValue<bool>().ShouldBeTrue();
        (await portal.Api.PostAsync("automation/start?instance=qa")).ShouldBe(200).Json["on"]!.GetValue<bool>().ShouldBeTrue();
        (await portal.Api.PostAsync("automation/stop?instance=qa", new { reason = new string('x', 3000) })).ShouldNameField("reason");
    }

    [Fact]
    public async Task Schedule_TakesAFlip_AndGivesItBack()
    {
        var made = (await portal.Api.PostAsync("schedule", new { target = new { phase = "opt-in" }, dueAt = "2030-06-01T08:00:00+02:00", reason = "quiet hours", overrides = (string[])["no-runner:x"] })).ShouldBe(201);
        made.Json.AsObject().Select(one => one.Key).ShouldBe(["id", "target", "title", "dueAt", "by", "reason", "overrides", "missed", "missedAt", "missedWhy", "heldUntil", "heldBy"]);
        made.Json["missed"]!.GetValue<string>().ShouldBe("ask");
        made.Json["dueAt"]!.GetValue<string>().ShouldStartWith("2030-06-01T06:00:00");
        var id = made.Json["id"]!.GetValue<long>();

        (await portal.Api.GetAsync("schedule?limit=500")).Items.ShouldContain(one => one!["id"]!.GetValue<long>() == id);
        (await portal.Api.PostAsync($"schedule/{id}/run")).ShouldRefuse(409, "not-missed");
        (await portal.Api.DeleteAsync($"schedule/{id}?instance=qa")).ShouldRefuse(404, "not-scheduled");
        (await portal.Api.DeleteAsync($"schedule/{id}")).ShouldBe(204);
        (await portal.Api.DeleteAsync($"schedule/{id}")).ShouldRefuse(404, "not-scheduled");
    }

    [Fact]
    public async Task Schedule_Wrong_IsRefused()
    {
        (await portal.Api.PostAsync("schedule", new { target = new { phase = "opt-in" }, dueAt = "2030-06-01T08:00:00Z", reason = "x", missed = "hope" })).ShouldNameField("missed");
        (await portal.Api.PostAsync("schedule", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["target", "dueAt", "reason"], ignoreOrder: true);
        (await portal.Api.PostAsync("schedule", new { target = new { phase = "opt-in" }, dueAt = "2026-11-23T08:59:59Z", reason = "late" })).ShouldRefuse(422, "due-in-the-past");
        (await portal.Api.PostAsync("schedule", new { target = new { deleteRunners = (int[])[14] }, dueAt = "2030-06-01T08:00:00Z", reason = "later" })).ShouldRefuse(422, "not-schedulable");
    }

    [Fact]
    public async Task Tag_DecisionAndTranslation_AreWrittenDown()
    {
        var before = (await portal.Api.GetAsync("tags?limit=500")).ShouldBe(200);
        before.Items[0]!.AsObject().Select(one => one.Key).ShouldBe(
            ["tag", "jobs", "jobsPerDay", "projects", "refs", "sources", "servedBy", "decision", "translation", "translationSet", "reserved"]);
        before.Items.Select(one => one!["jobs"]!.GetValue<long>()).ShouldBeInOrder(SortDirection.Descending);
        var linux = before.Items.Single(one => one!["tag"]!.GetValue<string>() == "linux")!;

        var set = (await portal.Api.PutAsync("tags/linux/decision", new { decision = "keep" }, ("If-Match", before.Headers["ETag"]))).ShouldBe(200);
        set.Json["decision"]!.GetValue<string>().ShouldBe("keep");
        // The answer is the tag as the list shows it, not only what was set.
        set.Json["jobs"]!.GetValue<long>().ShouldBe(linux["jobs"]!.GetValue<long>());
        set.Json["servedBy"]!.ToJsonString().ShouldBe(linux["servedBy"]!.ToJsonString());
        (await portal.Api.PutAsync("tags/linux/decision", new { decision = "retire" }, ("If-Match", before.Headers["ETag"]))).ShouldRefuse(412, "changed-meanwhile");

        (await portal.Api.PutAsync("tags/linux/translation", new { translation = (string?)null })).ShouldBe(200).Json["translationSet"]!.GetValue<bool>().ShouldBeTrue();
        (await portal.Api.PutAsync("tags/linux/translation", new { translation = "k8s-default" })).ShouldBe(200).Json["translation"]!.GetValue<string>().ShouldBe("k8s-default");
        (await portal.Api.PutAsync("tags/linux/decision", new { decision = (string?)null })).ShouldBe(200).Json["decision"].ShouldBeNull();
    }

    [Fact]
    public async Task Tag_Wrong_IsRefused()
    {
        (await portal.Api.PutAsync("tags/linux/decision", new { decision = "destroy" })).ShouldNameField("decision").Text.ShouldContain("adopt, keep, retire");
        (await portal.Api.PutAsync("tags/k8s-default/decision", new { decision = "keep" })).ShouldRefuse(422, "reserved-tag");
        (await portal.Api.PutAsync("tags/a%2Cb/decision", new { decision = "keep" })).ShouldRefuse(422, "invalid-tag");
        (await portal.Api.PutAsync("tags/linux/translation", new { translation = "a,b" })).ShouldRefuse(422, "invalid-tag");
    }
}

using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Phases;

[Collection(PortalCollection.Name)]
public sealed class ActivityApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Acts_AreExplained_Narrowed_Paged_AndWrittenAsCsv()
    {
        (await portal.Api.PostAsync("automation/stop?instance=qa", new { reason = "a holiday" })).ShouldBe(200);
        (await portal.Api.PostAsync("automation/start?instance=qa")).ShouldBe(200);

        var page = (await portal.Api.GetAsync("activity?instance=qa&limit=1")).ShouldBe(200);
        var next = (await portal.Api.GetAsync($"activity?instance=qa&kind=switch,flip&limit=1&cursor={page.Json["nextCursor"]!.GetValue<string>()}")).ShouldBe(200).Items.ShouldHaveSingleItem()!;
        next.AsObject().Select(one => one.Key).ShouldBe(["id", "at", "kind", "title", "paragraph", "operationId", "planId", "runners", "gateEvaluationId", "guardEvaluationId", "scheduleId", "undo", "evidence"]);
        next["kind"]!.GetValue<string>().ShouldBe("switch");
        next["paragraph"]!.GetValue<string>().ShouldContain("switched automation off: since then nothing begins or goes back by itself. The reason given: a holiday.");
        next["evidence"]!.AsArray().ShouldHaveSingleItem()!["href"]!.GetValue<string>().ShouldBe($"audit?entry={next["id"]}");

        (await portal.Api.GetAsync("activity?instance=qa&kind=rollBack")).ShouldBe(200).Items.ShouldBeEmpty();
        (await portal.Api.GetAsync($"activity?instance=qa&to={Uri.EscapeDataString("2001-01-01T00:00:00Z")}")).ShouldBe(200).Items.ShouldBeEmpty();
        var csv = (await portal.Api.GetAsync("activity?instance=qa&format=csv&limit=2")).ShouldBe(200).Text.Split("\r\n");
        csv[0].ShouldBe("id,at,kind,title,paragraph,operationId,planId,runners,gateEvaluationId,guardEvaluationId,scheduleId,undo,evidence");
        csv[1].ShouldContain(",switch,");
    }

    [Fact]
    public async Task WrongWords_AreNamedByTheirField()
    {
        (await portal.Api.GetAsync("activity?kind=flip,banana")).ShouldNameField("kind");
        (await portal.Api.GetAsync("activity?from=yesterday")).ShouldNameField("from");
        (await portal.Api.GetAsync("activity?from=2026-11-23T08:00:00Z&to=2026-11-22T08:00:00Z")).ShouldNameField("from");
        (await portal.Api.GetAsync("activity/next?instance=nowhere")).ShouldNameField("instance");
    }

    [Fact]
    public async Task Next_SaysByWhoseWordTheStepIsTaken()
    {
        var step = (await portal.Api.GetAsync("activity/next")).ShouldBe(200).Items.Single(one => one!["code"]!.GetValue<string>() == "step")!;
        step.AsObject().Select(one => one.Key).ShouldBe(["code", "title", "at", "says", "holds", "where"]);
        step["says"]!.GetValue<string>().ShouldContain("is manual");
        step["where"]!["href"]!.GetValue<string>().ShouldBe("phases");
    }
}

using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Audit;

[Collection(PortalCollection.Name)]
public sealed class AuditApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Trail_IsNewestFirst_AndHolds()
    {
        (await portal.Api.PostAsync("automation/stop?instance=qa", new { reason = "for the trail \u2603 \ud83d\ude80" })).ShouldBe(200);
        (await portal.Api.PostAsync("automation/start?instance=qa")).ShouldBe(200);

        var items = (await portal.Api.GetAsync("audit?limit=2")).ShouldBe(200).Items;
        items.Select(one => one!["what"]!.GetValue<string>()).ShouldBe(["automation.start", "automation.stop"]);
        items[1]!.AsObject().Select(one => one.Key).ShouldBe(["sequence", "at", "instance", "who", "what", "subject", "why", "before", "after", "hash"]);
        items[1]!["why"]!.GetValue<string>().ShouldBe("for the trail \u2603 \ud83d\ude80");
        items[1]!["who"]!.GetValue<string>().ShouldBe("token:1");
        items[1]!["instance"]!.GetValue<string>().ShouldBe("qa");

        var verdict = (await portal.Api.GetAsync("audit/verify")).ShouldBe(200).Json;
        verdict["valid"]!.GetValue<bool>().ShouldBeTrue();
        verdict["entries"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(items[0]!["sequence"]!.GetValue<long>());
        verdict["firstBroken"].ShouldBeNull();
    }
}

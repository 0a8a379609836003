using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Gates;

[Collection(PortalCollection.Name)]
public sealed class GateApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Gates_AreReadOnDemand_KeptAsHistory_AndReplayedFromTheirEvidence()
    {
        var all = (await portal.Api.PostAsync("gates/all/evaluate", new { })).ShouldBe(200).Json;
        all.AsObject().Select(one => one.Key).ShouldBe(["id", "step", "title", "verdict", "from", "evaluatedAt", "gates"]);
        all["gates"]![0]!.AsObject().Select(one => one.Key).ShouldBe(["key", "title", "verdict", "value", "sentence", "shadow", "moreJobs", "until"]);
        var one = (await portal.Api.PostAsync("gates/capacity/evaluate", new { })).ShouldBe(200).Json;
        one["gates"]!.AsArray().ShouldHaveSingleItem()!["key"]!.GetValue<string>().ShouldBe("capacity");

        var latest = (await portal.Api.GetAsync("gates")).ShouldBe(200).Json;
        latest["gates"]!.AsArray().Count.ShouldBe(all["gates"]!.AsArray().Count);
        (await portal.Api.GetAsync("gates/capacity/history?limit=1")).ShouldBe(200).Items.ShouldHaveSingleItem()!["evaluationId"]!.GetValue<long>().ShouldBe(latest["id"]!.GetValue<long>());
        var replay = (await portal.Api.GetAsync($"gates/all/replay?evaluation={latest["id"]}")).ShouldBe(200).Json;
        replay["same"]!.GetValue<bool>().ShouldBeTrue();
        replay["replayed"]!["gates"]!.ToJsonString().ShouldBe(replay["stored"]!["gates"]!.ToJsonString());
    }

    [Fact]
    public async Task WrongNames_AreAnsweredWithTheRightOnes()
    {
        (await portal.Api.PostAsync("gates/banana/evaluate", new { })).ShouldRefuse(404, "not-found").Text.ShouldContain("no-worse");
        (await portal.Api.GetAsync("gates/all/history")).ShouldRefuse(404, "not-found");
        (await portal.Api.GetAsync("gates/all/replay?evaluation=999999")).ShouldRefuse(404, "not-found");
        (await portal.Api.GetAsync("gates?instance=nowhere")).ShouldNameField("instance");
    }

    [Fact]
    public async Task Policy_SaysHowLongItTakes_AndEveryWrongLimitByItsField()
    {
        var read = (await portal.Api.GetAsync("phases/untagged-takeover/policy?instance=qa")).ShouldBe(200).Json;
        (read["automation"]!.GetValue<string>(), read["leastDaysToPromote"]!.GetValue<int>(), read["mostDaysToDecide"]!.GetValue<int>()).ShouldBe(("manual", 14, 28));
        read["thresholds"]!["margin"]!.GetValue<double>().ShouldBe(0.0025);

        var wrong = await portal.Api.PutAsync("phases/untagged-takeover/policy?instance=qa", new { automation = "always", gates = new { margin = 0 } });
        wrong.ShouldNameField("automation");
        var limits = await portal.Api.PutAsync("phases/untagged-takeover/policy?instance=qa", new { gates = new { margin = 0, bakeDays = 0, mostLagSeconds = -1, shadowGates = new[] { "banana" } } });
        foreach (var field in (string[])["gates.margin", "gates.bakeDays", "gates.mostLagSeconds", "gates.shadowGates"]) limits.ShouldNameField(field);

        var set = (await portal.Api.PutAsync("phases/untagged-takeover/policy?instance=qa", new { automation = "automatic", gates = new { bakeDays = 10, canaryMargins = 1.5, exemptedProjects = new[] { 7, 3, 7 } } })).ShouldBe(200).Json;
        (set["automation"]!.GetValue<string>(), set["gatesBind"]!.GetValue<bool>(), set["mostDaysToDecide"]!.GetValue<int>()).ShouldBe(("automatic", false, 34));
        set["thresholds"]!["canaryMargins"]!.GetValue<double>().ShouldBe(1.5);
        set["thresholds"]!["exemptedProjects"]!.AsArray().Select(one => one!.GetValue<long>()).ShouldBe([3, 7]);
        (await portal.Api.GetAsync("phases/untagged-takeover/policy")).Json["automation"]!.GetValue<string>().ShouldBe("manual");
    }

    [Fact]
    public async Task Replay_OfPastDays_RefusesWhatIsWrong_AndStoresNothing()
    {
        (await portal.Api.PostAsync("gates/all/replay", new { days = 91 })).ShouldNameField("days");
        (await portal.Api.PostAsync("gates/all/replay", new { gates = new { margin = 0 } })).ShouldNameField("gates.margin");
        (await portal.Api.PostAsync("gates/banana/replay", new { days = 7 })).ShouldRefuse(404, "not-found");

        var replayed = (await portal.Api.PostAsync("gates/all/replay", new { days = 7, gates = new { margin = 0.01 } })).ShouldBe(200).Json;

        replayed.AsObject().Select(one => one.Key).ShouldBe(["days", "changed"]);
        (await portal.Api.GetAsync("phases/untagged-takeover/policy")).Json["thresholds"]!["margin"]!.GetValue<double>().ShouldBe(0.0025);
    }
}

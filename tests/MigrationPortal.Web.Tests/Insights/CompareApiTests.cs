using System.Text.Json.Nodes;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Insights;

[Collection(PortalCollection.Name)]
public sealed class CompareApiTests(PortalFixture portal)
{
    [Fact]
    public async Task OneStratum_GivesEveryMethod()
    {
        // Newcombe 1998, contrast d: 5 of 56 against 0 of 29.
        var answer = (await CompareAsync(new { strata = new[] { Stratum(5, 56, 0, 29) }, margin = 0.2, confidence = 0.95 })).ShouldBe(200).Json;

        Double(answer["riskDifference"]).ShouldBe(5 / 56.0, 1e-12);
        Limits(answer["score"], -0.0326, 0.1933);
        Limits(answer["newcombe"], -0.0381, 0.1926);
        Limits(answer["farringtonManning"], -0.0313, 0.1926);
        Double(answer["pValue"]).ShouldBeLessThan(0.025);
        Double(answer["z"]).ShouldBeLessThan(-1.96);
        (Double(answer["lower"]), Double(answer["upper"])).ShouldBe((Double(answer["score"]!["low"]), Double(answer["score"]!["high"])));
        answer["verdict"]!.GetValue<string>().ShouldBe("pass");
        answer["oddsRatio"].ShouldBeNull();
        answer["byDay"].ShouldBeNull();
        Double(answer["coverage"]).ShouldBe(1);
    }

    [Fact]
    public async Task Strata_GiveWhatSasGives()
    {
        object[] migraine = [Stratum(16, 27, 5, 25, "female"), Stratum(12, 28, 7, 26, "male"), Stratum(3, 55, 0, 0, "lone")];

        var answer = (await CompareAsync(new { strata = migraine, margin = 0.1 })).ShouldBe(200).Json;

        Double(answer["cmh"]!["chiSquare"]).ShouldBe(8.3052, 0.00005);
        Double(answer["cmh"]!["pValue"]).ShouldBe(0.0040, 0.00005);
        Double(answer["oddsRatio"]!["value"]).ShouldBe(3.3132, 0.00005);
        Double(answer["breslowDay"]!["chiSquare"]).ShouldBe(1.4905, 0.00005);
        answer["newcombe"].ShouldBeNull();
        answer["verdict"]!.GetValue<string>().ShouldBe("fail");
        (Double(answer["confidence"]), Double(answer["coverage"])).ShouldBe((0.95, 0.5));
        answer["weightiest"]!.AsArray().Select(one => one!["key"]!.GetValue<string>()).ShouldBe(["female", "male"]);
        (Double(answer["kubernetes"]!["failed"]), Double(answer["docker"]!["finished"])).ShouldBe((31, 51));
    }

    [Fact]
    public async Task Days_AloneOrBesideStrata_AddTheJackknife()
    {
        object[] days = [.. new[] { 1, 2, 4, 5 }.Select((failed, index) => new { day = $"2026-11-0{index + 2}", strata = new[] { Stratum(failed, 100, 0, 100) } })];

        var alone = (await CompareAsync(new { days, margin = 0.1 })).ShouldBe(200).Json;
        Double(alone["byDay"]!["standardError"]).ShouldBe(Math.Sqrt(10.0 / 3) / 200, 1e-12);
        alone["byDay"]!["blocks"]!.GetValue<int>().ShouldBe(4);
        Double(alone["upper"]).ShouldBe(Math.Max(Double(alone["score"]!["high"]), Double(alone["byDay"]!["high"])));
        Double(alone["riskDifference"]).ShouldBe(0.03, 1e-12);

        var beside = (await CompareAsync(new { strata = new[] { Stratum(12, 400, 0, 400) }, days, margin = 0.1 })).ShouldBe(200).Json;
        beside.ToJsonString().ShouldBe(alone.ToJsonString());
    }

    [Fact]
    public async Task NothingComparable_IsInconclusive_NotRefused()
    {
        var answer = (await CompareAsync(new { strata = new[] { Stratum(0, 4000, 0, 0) }, margin = 0.9 })).ShouldBe(200).Json;

        answer["verdict"]!.GetValue<string>().ShouldBe("inconclusive");
        (answer["riskDifference"], answer["score"], answer["upper"]).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Wrong_IsRefusedWithEveryField()
    {
        (await CompareAsync(new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["margin", "strata"], ignoreOrder: true);
        (await CompareAsync(new { strata = Array.Empty<object>(), margin = 1, confidence = 1 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["margin", "confidence", "strata"], ignoreOrder: true);

        object?[] strata = [Stratum(1, 2, 1, 2), Stratum(3, 2, 1, 2), null, Stratum(0, 2, -1, 2_000_000_000_000, " "), new { kubernetesFailed = 1 }];
        (await CompareAsync(new { strata, days = new object?[] { null, new { day = "2.11.2026", strata = new[] { Stratum(0, 1, 2, 1) } } }, margin = 0.1 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(
            [
                "strata[1].kubernetesFailed", "strata[2].kubernetesFinished", "strata[2].kubernetesFailed", "strata[2].dockerFinished", "strata[2].dockerFailed", "strata[3].dockerFailed", "strata[3].dockerFinished",
                "strata[3].key", "strata[4].kubernetesFinished", "strata[4].dockerFinished", "strata[4].dockerFailed", "strata", "days[0].day", "days[0].strata", "days[1].day", "days[1].strata[0].dockerFailed",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task TenThousandStrata_AreAnswered_AndTooManyRefused()
    {
        object[] strata = [.. Enumerable.Range(0, 10_000).Select(index => Stratum(index % 3, 400 + index, index % 2, 900, $"group/subgroup/project-{index}"))];
        (await CompareAsync(new { strata, margin = 0.0025 })).ShouldBe(200).Json["comparedStrata"]!.GetValue<int>().ShouldBe(10_000);

        (await CompareAsync(new { strata = Enumerable.Repeat(new { }, 100_001), margin = 0.0025 })).ShouldNameField("strata").Errors["strata"].ShouldContain("100,000");
    }

    [Fact]
    public async Task ExtremeCounts_AreAnswered()
    {
        const long many = 1_000_000_000_000;
        foreach (var stratum in (object[])[Stratum(0, many, 0, many), Stratum(many, many, many, many), Stratum(many, many, 0, 1), Stratum(1, 1, 0, many)])
            (await CompareAsync(new { strata = new[] { stratum, stratum }, margin = 0.0025, confidence = 0.999999 })).ShouldBe(200);
    }

    private Task<PortalAnswer> CompareAsync(object body) => portal.Api.PostAsync("insights/compare", body);

    private static object Stratum(long kubernetesFailed, long kubernetesFinished, long dockerFailed, long dockerFinished, string? key = null) =>
        new { key, kubernetesFailed, kubernetesFinished, dockerFailed, dockerFinished };

    private static double Double(JsonNode? node) => node!.GetValue<double>();

    private static void Limits(JsonNode? limits, double low, double high)
    {
        Double(limits!["low"]).ShouldBe(low, 0.00006);
        Double(limits["high"]).ShouldBe(high, 0.00006);
    }
}

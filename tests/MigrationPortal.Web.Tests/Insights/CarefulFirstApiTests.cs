using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.Bench.Gates;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Insights;

/// <summary>
/// The careful projects move first, so Kubernetes runs what fails seldom: taken together it looks well although each project fails
/// more often there. The jobs of the benchmark's worlds, counted by day and project, over HTTP.
/// </summary>
[Collection(PortalCollection.Name)]
public sealed class CarefulFirstApiTests(PortalFixture portal)
{
    /// <summary>A world whose careful projects fail so seldom that Kubernetes looks better than docker.</summary>
    private const int Misleading = 8;

    private static readonly double Margin = GatePolicy.Default(GateStage.Overlap).Margin;

    [Fact]
    public async Task WorseByTheMargin_LooksBetterTogether_AndIsWorseInsideProjects()
    {
        var arms = Arms(new MarginTruth(Margin), Misleading);

        var inside = await InsideAsync(arms);
        RateOf(inside["kubernetes"]).ShouldBeLessThan(RateOf(inside["docker"]));
        (inside["comparedStrata"]!.GetValue<int>(), inside["byDay"]!["blocks"]!.GetValue<int>()).ShouldBe((60, 84));
        inside["verdict"]!.GetValue<string>().ShouldBe("fail");
        inside["lower"]!.GetValue<double>().ShouldBeInRange(0, Margin);
        inside["upper"]!.GetValue<double>().ShouldBeGreaterThan(Margin);

        var together = await TogetherAsync(arms);
        together["riskDifference"]!.GetValue<double>().ShouldBeLessThan(0);
        together["verdict"]!.GetValue<string>().ShouldBe("pass");
    }

    [Fact]
    public async Task OfTwentyWorldsThatAreWorseByTheMargin_NearlyAllPassTogether_AndNearlyNoneInsideProjects()
    {
        var (together, inside) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var arms = Arms(new MarginTruth(Margin), seed);
            if (Passes(await TogetherAsync(arms))) together++;
            if (Passes(await InsideAsync(arms))) inside++;
        }

        // One in forty is what a one-sided error of 2.5 % allows.
        together.ShouldBeGreaterThanOrEqualTo(18);
        inside.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task AsGoodAsDocker_PassesInsideProjects_OnceThereAreJobsEnough()
    {
        var arms = Arms(new MarginTruth(0), Misleading);

        Passes(await InsideAsync(arms)).ShouldBeTrue();
        (await InsideAsync(arms.Where(arm => arm.Day < arms[0].Day.AddDays(2))))["verdict"]!.GetValue<string>().ShouldBe("inconclusive");
    }

    private static IReadOnlyList<ArmDay> Arms(MarginTruth truth, int seed) => MarginWorld.Facts(truth, seed).Arms;

    private Task<JsonNode> InsideAsync(IEnumerable<ArmDay> arms) => CompareAsync(new { days = ByDay(arms), margin = Margin });

    private Task<JsonNode> TogetherAsync(IReadOnlyList<ArmDay> arms) => CompareAsync(new { strata = new[] { Stratum(null, arms) }, margin = Margin });

    private async Task<JsonNode> CompareAsync(object body) => (await portal.Api.PostAsync("insights/compare", body)).ShouldBe(200).Json;

    private static object[] ByDay(IEnumerable<ArmDay> arms) =>
    [
        .. arms.GroupBy(arm => arm.Day).Select(day => new
        {
            day = day.Key.ToString("O", CultureInfo.InvariantCulture),
            strata = day.Select(arm => Stratum(arm.Project.ToString(CultureInfo.InvariantCulture), [arm])),
        }),
    ];

    private static object Stratum(string? key, IReadOnlyList<ArmDay> arms) => new
    {
        key,
        kubernetesFailed = arms.Sum(arm => arm.Kubernetes.Infrastructure),
        kubernetesFinished = arms.Sum(arm => arm.Kubernetes.Finished),
        dockerFailed = arms.Sum(arm => arm.Docker.Infrastructure),
        dockerFinished = arms.Sum(arm => arm.Docker.Finished),
    };

    private static bool Passes(JsonNode answer) => answer["verdict"]!.GetValue<string>() == "pass";

    private static double RateOf(JsonNode? arm) => (double)arm!["failed"]!.GetValue<long>() / arm["finished"]!.GetValue<long>();
}

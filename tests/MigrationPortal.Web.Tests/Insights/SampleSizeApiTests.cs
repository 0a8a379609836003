using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Insights;

[Collection(PortalCollection.Name)]
public sealed class SampleSizeApiTests(PortalFixture portal)
{
    [Fact]
    public async Task SampleSize_WithDefaults_IsTheTable()
    {
        var answer = (await portal.Api.PostAsync("insights/sample-size", new { baseRate = 0.0029, margin = 0.0025 })).ShouldBe(200).Json;

        answer["jobs"]!.ToJsonString().ShouldBe("""{"kubernetes":9723,"docker":9723}""");
        answer["required"]!.ToJsonString().ShouldBe("""{"kubernetes":9723,"docker":9723}""");
        answer["expectedFailures"]!.GetValue<double>().ShouldBe(56.39, 0.01);
        (answer["daysToDecision"], answer["never"]).ShouldBe((null, null));
        var plan = answer["plan"]!;
        (plan["power"]!.GetValue<double>(), plan["alpha"]!.GetValue<double>(), plan["kubernetesPerDocker"]!.GetValue<double>(), plan["designEffect"]!.GetValue<double>()).ShouldBe((0.9, 0.025, 1, 1));
    }

    /// <summary>statistics.md A.6: 1 % of 5,000 jobs an hour takes about 4.5 days to 5,402.</summary>
    [Theory]
    [InlineData(0.0029, 1_200.0, null, 5_402, 5_402, 4.5017, null)]
    [InlineData(0.0029, 1_200.0, 4_861.4, 5_402, 5_402, 10.0, null)]
    [InlineData(0.0029, null, 9_722.8, 5_402, 5_402, 5.0, null)]
    [InlineData(0.0001, 100.0, null, 187, 374, 3.74, null)]
    [InlineData(0.0029, 0.0, 9_000.0, 5_402, 5_402, null, "No Kubernetes jobs finish at this rate.")]
    [InlineData(0.0029, 9_000.0, 0.0, 5_402, 5_402, null, "No docker jobs finish at this rate.")]
    public async Task SampleSize_AtRatesADay_SaysDaysOrNever(double baseRate, double? kubernetes, double? docker, long jobs, long required, double? days, string? never)
    {
        var answer = (await portal.Api.PostAsync("insights/sample-size", new { baseRate, margin = 0.0025, kubernetesPerDocker = 1.0 / 9, kubernetesJobsPerDay = kubernetes, dockerJobsPerDay = docker })).ShouldBe(200).Json;

        answer["jobs"]!["kubernetes"]!.GetValue<long>().ShouldBe(jobs);
        answer["required"]!["kubernetes"]!.GetValue<long>().ShouldBe(required);
        answer["never"]?.GetValue<string>().ShouldBe(never);
        if (days is { } some) answer["daysToDecision"]!.GetValue<double>().ShouldBe(some, 0.001);
        else answer["daysToDecision"].ShouldBeNull();
    }

    [Fact]
    public async Task SampleSize_WrongInput_NamesEveryField()
    {
        (await portal.Api.PostAsync("insights/sample-size", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["baseRate", "margin"], ignoreOrder: true);
        (await portal.Api.PostAsync("insights/sample-size", new { baseRate = 0, margin = 1, power = 1, alpha = 0.5, kubernetesPerDocker = 0, assumedDifference = 1, designEffect = 0.5, kubernetesJobsPerDay = -1, dockerJobsPerDay = 1e300 }))
            .ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(
                ["baseRate", "margin", "power", "alpha", "kubernetesPerDocker", "assumedDifference", "designEffect", "kubernetesJobsPerDay", "dockerJobsPerDay"], ignoreOrder: true);
        (await portal.Api.PostAsync("insights/sample-size", new { baseRate = 0.003, margin = 0.0025, assumedDifference = 0.0025 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["assumedDifference"]);
        (await portal.Api.PostAsync("insights/sample-size", new { baseRate = 0.003, margin = 1e-12 })).ShouldRefuse(400, "invalid-request").Errors["margin"].ShouldContain("more than 1e+15 jobs");
    }
}

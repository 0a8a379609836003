using CsCheck;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class RestrictedRatesTests
{
    private static readonly Gen<double> Differences = Gen.OneOf(Gen.Double[-0.999, 0.999], Gen.Double[-0.01, 0.01]);

    [Fact]
    public void Of_StayApartByTheDifference_AndInTheUnitInterval() => Gen.Select(Strata.Any, Differences).Sample((stratum, difference) =>
    {
        var (kubernetes, docker) = RestrictedRates.Of(stratum, difference);
        return Math.Abs(kubernetes - docker - difference) < 1e-12 && kubernetes is >= 0 and <= 1 && docker is >= 0 and <= 1;
    });

    [Fact]
    public void Of_IsWhereTheLikelihoodTurns() => Gen.Select(Strata.Any, Differences).Sample((stratum, difference) =>
    {
        var docker = RestrictedRates.Of(stratum, difference).Docker;
        double low = Math.Max(0, -difference), high = Math.Min(1, 1 - difference);
        var step = 1e-9 + (1e-9 * Math.Min(docker - low, high - docker));
        (docker - step <= low || Slope(stratum, difference, docker - step) > 0).ShouldBeTrue("The likelihood rises towards it.");
        (docker + step >= high || Slope(stratum, difference, docker + step) < 0).ShouldBeTrue("The likelihood falls after it.");
    });

    [Fact]
    public void Of_MovesApartMonotonically() => Gen.Select(Strata.Any, Differences, Differences).Sample((stratum, one, other) =>
    {
        var (near, far) = (RestrictedRates.Of(stratum, Math.Min(one, other)), RestrictedRates.Of(stratum, Math.Max(one, other)));
        return far.Kubernetes >= near.Kubernetes - 1e-12 && far.Docker <= near.Docker + 1e-12;
    });

    [Theory]
    [InlineData(0, 7, 0, 9, 0.1, 0.1, 0)]
    [InlineData(0, 7, 0, 9, -0.1, 0, 0.1)]
    [InlineData(7, 7, 9, 9, 0.1, 1, 0.9)]
    [InlineData(3, 10, 5, 30, 0, 0.2, 0.2)]
    public void Of_Edges(long failed, long finished, long dockerFailed, long dockerFinished, double difference, double kubernetes, double docker)
    {
        var rates = RestrictedRates.Of(Strata.Of(failed, finished, dockerFailed, dockerFinished), difference);

        rates.Kubernetes.ShouldBe(kubernetes, 1e-15);
        rates.Docker.ShouldBe(docker, 1e-15);
    }

    private static double Slope(Stratum stratum, double difference, double docker)
    {
        var kubernetes = docker + difference;
        return Of(stratum.Kubernetes.Failed, kubernetes) - Of(stratum.Kubernetes.Finished - stratum.Kubernetes.Failed, 1 - kubernetes)
            + Of(stratum.Docker.Failed, docker) - Of(stratum.Docker.Finished - stratum.Docker.Failed, 1 - docker);
        static double Of(long count, double share) => count == 0 ? 0 : count / share;
    }
}

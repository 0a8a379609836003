using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Readiness;

public class FailureBlameByHistoryTests
{
    private static readonly FailureVerdict Plain = FailureClassifier.Classify("ERROR: Job failed: exit code 1"), Open = FailureClassifier.Classify("nothing"), Named = FailureClassifier.Classify("ping: socket: Operation not permitted");

    [Theory]
    // Never on docker, often on Kubernetes.
    [InlineData(0, 20, 3, 5, FailureBlame.Runner)]
    [InlineData(0, 200, 3, 20, FailureBlame.Runner)]
    [InlineData(2, 400, 10, 20, FailureBlame.Runner)]
    // Too few on docker, or too few failures: the verdict stays.
    [InlineData(0, 19, 5, 5, FailureBlame.Code)]
    [InlineData(0, 500, 2, 2, FailureBlame.Code)]
    [InlineData(0, 20, 3, 60, FailureBlame.Code)]
    [InlineData(0, 0, 9, 9, FailureBlame.Code)]
    // Alike on both.
    [InlineData(10, 40, 10, 40, FailureBlame.Code)]
    [InlineData(30, 40, 8, 8, FailureBlame.Code)]
    [InlineData(0, 0, 0, 0, FailureBlame.Code)]
    public void ExitCode_IsSharpenedByBothSides(long dockerFailed, long dockerFinished, long failed, long finished, FailureBlame blame) =>
        FailureBlameByHistory.Of(Plain, new Rate(dockerFailed, dockerFinished), new Rate(failed, finished)).Blame.ShouldBe(blame);

    [Theory]
    [InlineData(0, 20, 4, 5, FailureBlame.Runner)]
    [InlineData(3, 12, 3, 12, FailureBlame.Code)]
    [InlineData(2, 12, 3, 12, FailureBlame.Unknown)]
    [InlineData(3, 300, 2, 12, FailureBlame.Unknown)]
    public void Unknown_IsSharpenedByBothSides(long dockerFailed, long dockerFinished, long failed, long finished, FailureBlame blame)
    {
        var (found, why) = FailureBlameByHistory.Of(Open, new Rate(dockerFailed, dockerFinished), new Rate(failed, finished));

        (found, why is null).ShouldBe((blame, blame == FailureBlame.Unknown));
    }

    [Fact]
    public void VerdictWithACause_Stays() => FailureBlameByHistory.Of(Named, new Rate(20, 40), new Rate(20, 40)).ShouldBe((FailureBlame.Runner, null));

    [Fact]
    public void Sentence_NamesBothCounts() => FailureBlameByHistory.Of(Plain, new Rate(0, 50), new Rate(4, 6)).Why.ShouldBe("This job failed 4 of 6 times on Kubernetes and 0 of 50 times on docker: that is no chance.");

    [Theory]
    // R: phyper(k - 1, m, n, failed, lower.tail = FALSE) by hand: sums of binomials over small tables.
    [InlineData(0, 20, 3, 5, 10.0 / 2300)]
    [InlineData(1, 4, 3, 4, 17.0 / 70)]
    [InlineData(0, 3, 3, 3, 1.0 / 20)]
    [InlineData(5, 5, 0, 5, 1)]
    [InlineData(0, 0, 2, 2, 1)]
    public void Chance_IsTheUpperTailOfFisher(long dockerFailed, long dockerFinished, long failed, long finished, double probability) =>
        FailureBlameByHistory.ProbabilityByChance(new Rate(dockerFailed, dockerFinished), new Rate(failed, finished)).ShouldBe(probability, 1e-12);

    [Fact]
    public void Chance_OfManyJobs_StaysANumber() =>
        FailureBlameByHistory.ProbabilityByChance(new Rate(4_000, 900_000), new Rate(500, 100_000)).ShouldBeInRange(0.004, 0.02);

    [Fact]
    public void NoRate_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => FailureBlameByHistory.Of(Plain, new Rate(3, 2), new Rate(0, 0)));
}

using CsCheck;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Readiness;

public sealed class RulePrecisionTests
{
    private static readonly ProjectId Ledger = new(new InstanceId("production"), 7);

    [Theory]
    [InlineData(1, 1, 0, 1, FindingOutcome.CameTrue)]
    [InlineData(9, 9, 4, 5, FindingOutcome.CameTrue)]
    [InlineData(0, 1, 0, 9, FindingOutcome.CameOtherwise)]
    [InlineData(8, 9, 0, 9, FindingOutcome.CameOtherwise)]
    [InlineData(0, 3, 9, 9, FindingOutcome.CameOtherwise)]
    [InlineData(3, 3, 9, 9, FindingOutcome.Open)]
    [InlineData(3, 3, 0, 0, FindingOutcome.Open)]
    public void Outcome_NeedsAFailureThere_AndASuccessOnDocker(long failedThere, long there, long failedOnDocker, long onDocker, FindingOutcome outcome) =>
        Tried("R01", "build", new Rate(failedThere, there), new Rate(failedOnDocker, onDocker)).Outcome.ShouldBe(outcome);

    [Fact]
    public void NeverRunThere_HasNoOutcome() => Should.Throw<InvalidOperationException>(() => Tried("R01", "build", new Rate(0, 0), new Rate(0, 9)).Outcome);

    [Fact]
    public void Precision_CountsJobs_NotRuns_AndLeavesOpenOnesOut()
    {
        var found = RulePrecision.Of(
        [
            Tried("R07", "a", new Rate(500, 500), new Rate(0, 9)), Tried("R07", "b", new Rate(1, 1), new Rate(0, 9)), Tried("R07", "c", new Rate(1, 1), new Rate(0, 9)),
            Tried("R07", "d", new Rate(0, 1), new Rate(0, 9)), Tried("R07", "e", new Rate(1, 1), new Rate(9, 9)), Tried("R01", "a", new Rate(2, 2), new Rate(0, 0)),
        ]);

        found.Select(one => (one.Rule, one.CameTrue, one.CameOtherwise, one.Open, one.Value)).ShouldBe([("R01", 0, 0, 1, null), ("R07", 3, 1, 1, 0.75)]);
        found[0].Limits.ShouldBeNull();
        // R: binom::binom.wilson(3, 4) 0.3006, 0.9544.
        found[1].Limits!.Value.Low.ShouldBe(0.3006, 0.0001);
        found[1].Limits!.Value.High.ShouldBe(0.9544, 0.0001);
    }

    [Fact]
    public void EveryTriedJob_IsInOneOfThree_InAnyOrder() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 4], Gen.Int[0, 4], Gen.Int[0, 4])
            .Select((failed, more, failedOnDocker, well) => Tried("R01", "job", new Rate(failed, failed + more - 1 == 0 ? 1 : failed + more - 1), new Rate(failedOnDocker, failedOnDocker + well)))
            .List[1, 30].Sample(tried =>
            {
                var (one, turned) = (RulePrecision.Of(tried).Single(), RulePrecision.Of(Enumerable.Reverse(tried)).Single());
                one.ShouldBe(turned);
                (one.CameTrue + one.CameOtherwise + one.Open).ShouldBe(tried.Count);
                one.CameOtherwise.ShouldBe(tried.Count(job => job.Kubernetes.Finished > job.Kubernetes.Failed));
            });

    private static TriedFinding Tried(string rule, string job, Rate kubernetes, Rate docker) => new(rule, Ledger, job, kubernetes, docker);
}

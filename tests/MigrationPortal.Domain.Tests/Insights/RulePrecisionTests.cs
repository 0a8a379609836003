using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class RulePrecisionTests
{
    private static readonly ProjectId Ledger = new(new InstanceId("production"), 7);

    [Theory]
    [InlineData(9, 9, 4, 9, FindingOutcome.CameTrue)]
    [InlineData(1, 1, 0, 19, FindingOutcome.CameTrue)]
    [InlineData(20, 40, 2, 200, FindingOutcome.CameTrue)]
    [InlineData(1, 1, 0, 9, FindingOutcome.Open)]
    [InlineData(1, 1, 30, 100, FindingOutcome.Open)]
    [InlineData(3, 3, 9, 9, FindingOutcome.Open)]
    [InlineData(3, 3, 0, 0, FindingOutcome.Open)]
    [InlineData(0, 1, 0, 9, FindingOutcome.Open)]
    [InlineData(0, 4, 0, 9, FindingOutcome.CameOtherwise)]
    [InlineData(3, 20, 3, 20, FindingOutcome.CameOtherwise)]
    [InlineData(0, 9, 9, 9, FindingOutcome.CameOtherwise)]
    public void Outcome_NeedsMoreThanChance(long failedThere, long there, long failedOnDocker, long onDocker, FindingOutcome outcome) =>
        Tried("R01", "build", new Rate(failedThere, there), new Rate(failedOnDocker, onDocker)).Outcome.ShouldBe(outcome);

    [Fact]
    public void NeverRunThere_HasNoOutcome() => Should.Throw<InvalidOperationException>(() => Tried("R01", "build", new Rate(0, 0), new Rate(0, 9)).Outcome);

    [Fact]
    public void Precision_CountsJobs_NotRuns_AndLeavesOpenOnesOut()
    {
        var found = RulePrecision.Of(
        [
            Tried("R07", "a", new Rate(500, 500), new Rate(0, 99)), Tried("R07", "b", new Rate(1, 1), new Rate(0, 99)), Tried("R07", "c", new Rate(1, 1), new Rate(0, 99)),
            Tried("R07", "d", new Rate(0, 9), new Rate(0, 9)), Tried("R07", "e", new Rate(1, 1), new Rate(9, 9)), Tried("R01", "a", new Rate(2, 2), new Rate(0, 0)),
        ]);

        found.Select(one => (one.Rule, one.CameTrue, one.CameOtherwise, one.Open, one.Value)).ShouldBe([("R01", 0, 0, 1, null), ("R07", 3, 1, 1, 0.75)]);
        found[0].Limits.ShouldBeNull();
        // R: binom::binom.wilson(3, 4) 0.3006, 0.9544.
        found[1].Limits!.Value.Low.ShouldBe(0.3006, 0.0001);
        found[1].Limits!.Value.High.ShouldBe(0.9544, 0.0001);
    }

    [Fact]
    public void EveryTriedJob_IsInOneOfThree_InAnyOrder() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[1, 30], Gen.Int[0, 30], Gen.Int[0, 30])
            .Select((failed, well, failedOnDocker, wellOnDocker) => Tried("R01", "job", new Rate(failed, failed + well), new Rate(failedOnDocker, failedOnDocker + wellOnDocker)))
            .List[1, 30].Sample(tried =>
            {
                var (one, turned) = (RulePrecision.Of(tried).Single(), RulePrecision.Of(Enumerable.Reverse(tried)).Single());
                one.ShouldBe(turned);
                (one.CameTrue + one.CameOtherwise + one.Open).ShouldBe(tried.Count);
                // What fails there no more often than on docker never speaks for a rule.
                one.CameTrue.ShouldBeLessThanOrEqualTo(tried.Count(job => job.Docker.Finished > 0 && job.Kubernetes.Value > job.Docker.Value));
            });

    private static TriedFinding Tried(string rule, string job, Rate kubernetes, Rate docker) => new(rule, Ledger, job, kubernetes, docker);
}

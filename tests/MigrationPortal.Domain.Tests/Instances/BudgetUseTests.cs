using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Domain.Tests.Instances;

public class BudgetUseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Reserves_GrowWithTheOrderOfImportance_AndLeaveTheLastOneARequest()
    {
        var monitoring = RequestPurpose.InOrder.Where(one => one != RequestPurpose.Operation && one != RequestPurpose.Moves && one != RequestPurpose.User).ToList();
        monitoring.Select(one => one.Reserve).ShouldBeInOrder();
        monitoring[^1].ShouldBe(RequestPurpose.Sample);
        foreach (var burst in (double[])[1, 2.5, 10, 10_000]) RequestPurpose.History.Keeps(new BudgetLimit(1, burst), 1).ShouldBeLessThanOrEqualTo(burst - 1);
    }

    [Fact]
    public void Use_IsInTheOrderOfImportance_WithSharesOfTheBudget_AndSaysWhatWaits()
    {
        BudgetSpending[] spent =
        [
            new(RequestLane.Monitoring, "history", 0, 3), new(RequestLane.Monitoring, "finished", 150, 0), new(RequestLane.Monitoring, "pending", 120, 0),
            new(RequestLane.Operations, "operation", 50, 0),
        ];
        var use = BudgetUse.Of(new BudgetLimit(1, 10), spent, 5, new BudgetWaits(null, new Dictionary<string, DateTimeOffset> { ["history"] = Noon, ["projects"] = Noon.AddMinutes(3) }));
        use.Lines.Select(line => (line.Purpose.Name, line.PerMinute, line.Share, line.PutOff)).ShouldBe(
            [("pending", 24, 0.4, 0), ("finished", 30, 0.5, 0), ("projects", 0, 0, 0), ("history", 0, 0, 3)]);
        (use.PerMinute, use.LimitPerMinute, use.OperationsPerMinute).ShouldBe((54, 60, 10));
        use.Says.ShouldBe("Projects and protected refs, the past wait since 12:00 UTC: what is more important uses 54 of 60 requests a minute (90 %).");
    }

    [Fact]
    public void Use_NothingWaits_OrGitLabAskedForAPause_IsSaid()
    {
        BudgetUse.Of(new BudgetLimit(1, 10), [new(RequestLane.Monitoring, "fleet", 30, 0)], 5, BudgetWaits.None).Says
            .ShouldBe("Nothing waits for budget: 6 of 60 requests a minute (10 %) are used.");
        BudgetUse.Of(new BudgetLimit(1, 10), [], 5, BudgetWaits.None with { HeldUntil = Noon.AddSeconds(7) }).Says
            .ShouldBe("GitLab asked for a pause: nothing is read until 12:00:07 UTC.");
    }
}

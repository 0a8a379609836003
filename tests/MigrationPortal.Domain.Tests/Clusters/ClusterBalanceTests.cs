using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class ClusterBalanceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AllTell_SharesAreKnown()
    {
        var all = ClusterBalance.Of(2, [View(1, 30, WatchState.Watching, 40), View(2, 10, WatchState.Watching, 20, 20)]);
        (all[1].JobShare, all[1].CapacityShare, all[1].Unknown).ShouldBe((0.75, 0.5, null));
        (all[2].Capacity, all[2].JobShare).ShouldBe((40, 0.25));
    }

    [Fact]
    public void AManagerThatDoesNotTell_LeavesTheCapacityUnknown()
    {
        var all = ClusterBalance.Of(2, [View(1, 30, WatchState.Watching, 40), View(2, 10, WatchState.Watching, 20, null)]);
        (all[2].Capacity, all[2].CapacityShare, all[2].Unknown).ShouldBe((null, null, "1 of its 2 managers does not tell how many jobs they take."));
        all[1].CapacityShare.ShouldBeNull("half of the whole is not the whole");
    }

    [Theory]
    [InlineData(WatchState.Unreachable)]
    [InlineData(WatchState.Starting)]
    public void AClusterThatIsNotSeen_LeavesSharesUnknown(WatchState state)
    {
        var all = ClusterBalance.Of(2, [View(1, 30, WatchState.Watching, 40), View(2, 10, state, 20)]);
        (all[1].JobShare, all[1].CapacityShare, all[1].Unknown!.StartsWith("1 other cluster is", StringComparison.Ordinal)).ShouldBe((null, null, true));
        all[2].Unknown!.ShouldStartWith("It is not seen now");
        ClusterBalance.Of(2, [View(1, 30, WatchState.Watching, 40)])[1].JobShare.ShouldBeNull("one is not watched at all yet");
    }

    private static ClusterView View(long id, int running, WatchState state, params int?[] capacities) => new(
        id, new WatchFreshness(state, Now, Now), new PodCounts(0, running, 0, new Dictionary<WaitKind, int>(), new Dictionary<string, int>()), new Dictionary<string, NodeUse>(),
        new ClusterLook(Now, [], [.. capacities.Select((one, at) => new ManagerPod($"m{at}", "d", null, true, 0, null, null, Now, one is null ? null : Metrics(one.Value), null))], null, null, []));

    private static ManagerMetrics Metrics(int capacity) => new(null, null, capacity, []);
}

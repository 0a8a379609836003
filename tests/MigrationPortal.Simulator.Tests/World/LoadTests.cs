using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class LoadTests
{
    private static readonly WorldOptions Busy = WorldOptions.Small with { HistoryDays = 1, IncidentDays = 0 };

    [Fact]
    public void Load_MakesManyPushesOfOne_AndLeavesTheUsualOnes()
    {
        var (usual, loaded) = (new GitLabWorld(Busy), new GitLabWorld(Busy));
        loaded.Apply(new StartLoad(4, 60)).Refusal.ShouldBeNull();
        var before = usual.Jobs.Count;
        usual.AdvanceTo(usual.Now.AddHours(1));
        loaded.AdvanceTo(loaded.Now.AddHours(1));

        var factor = (loaded.Jobs.Count - before) / (double)(usual.Jobs.Count - before);
        factor.ShouldBeInRange(2.5, 5);
        Shas(usual).ShouldBeSubsetOf(Shas(loaded));
    }

    [Fact]
    public void Load_IsOver_AfterItsMinutes()
    {
        var (usual, loaded) = (new GitLabWorld(Busy), new GitLabWorld(Busy));
        loaded.Apply(new StartLoad(10, 30)).Refusal.ShouldBeNull();
        usual.AdvanceTo(usual.Now.AddMinutes(45));
        loaded.AdvanceTo(loaded.Now.AddMinutes(45));
        var later = (usual.Now, usual: usual.Jobs.Count, loaded: loaded.Jobs.Count);
        usual.AdvanceTo(usual.Now.AddHours(3));
        loaded.AdvanceTo(loaded.Now.AddHours(3));

        var factor = (loaded.Jobs.Count - later.loaded) / (double)(usual.Jobs.Count - later.usual);
        factor.ShouldBeInRange(0.8, 1.3);
    }

    [Theory]
    [InlineData(1, 60, "factor is above 1")]
    [InlineData(double.NaN, 60, "factor is above 1")]
    [InlineData(101, 60, "factor is above 1")]
    [InlineData(4, 0, "minutes is above 0")]
    [InlineData(4, 20_000, "minutes is above 0")]
    public void Load_OutOfBounds_IsRefused(double factor, double minutes, string why) =>
        new TestWorld().Refused(new StartLoad(factor, minutes)).Message.ShouldStartWith(why);

    private static HashSet<string> Shas(GitLabWorld world) =>
        [.. world.Jobs.Newest(null, null, 100_000).Select(job => $"{job.Project.Id} {job.Pipeline.Sha}")];
}

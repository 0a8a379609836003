using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

/// <summary>Fourteen days of a full-size world, lived once for all these tests.</summary>
public sealed class FullHistory
{
    public GitLabWorld World { get; } = new(new WorldOptions { Now = new DateTimeOffset(2026, 8, 24, 0, 0, 0, TimeSpan.Zero) });
}

public class HistoryTests(FullHistory history) : IClassFixture<FullHistory>
{
    private GitLabWorld World => history.World;

    private IEnumerable<Job> Started => World.Jobs.All.Where(j => j.StartedAt is not null);

    [Fact]
    public void Workday_HasAboutTwentyThousandJobs_AndTheWeekendFewer()
    {
        foreach (var day in Started.GroupBy(j => j.StartedAt!.Value.Date))
        {
            var (low, high) = day.Key.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? (2_000, 6_000) : (18_000, 22_000);
            day.Count().ShouldBeInRange(low, high, day.Key.DayOfWeek.ToString());
        }
    }

    [Fact]
    public void Day_HasItsRhythm()
    {
        var byHour = Started.GroupBy(j => j.StartedAt!.Value.Hour).ToDictionary(g => g.Key, g => g.Count());

        byHour[9].ShouldBeGreaterThan(byHour[3] * 5);
    }

    [Fact]
    public void Tags_AThirdUntaggedAtLeast_SetsAndDockerAreThere()
    {
        var total = (double)Started.Count();
        var sets = Started.GroupBy(j => j.Definition.Tags).ToDictionary(g => g.Key, g => g.Count() / total);

        sets[TagSet.Empty].ShouldBeInRange(0.3, 0.75);
        sets[TagSet.Of(["docker"])].ShouldBeGreaterThan(0.08);
        sets[TagSet.Of(["linux", "docker"])].ShouldBeGreaterThan(0.03);
        foreach (var set in new[] { "large,linux", "gpu", "windows", "deploy,docker", "linux" })
        {
            sets.ShouldContainKey(TagSet.Of(set.Split(',')));
        }
    }

    [Fact]
    public void Failures_AreOrdinary()
    {
        var finished = Started.Where(j => j.Status is JobStatus.Success or JobStatus.Failed).ToList();
        var share = (double n) => n / finished.Count;

        share(finished.Count(j => j.Status == JobStatus.Failed)).ShouldBeInRange(0.16, 0.25);
        share(finished.Count(j => j.Cause == Cause.Infrastructure)).ShouldBeInRange(0.0025, 0.0035);
        finished.Where(j => j.Status == JobStatus.Failed).ShouldAllBe(j => j.Cause != Cause.None);
    }

    [Fact]
    public void Fleet_IsAsTheIssueAsks()
    {
        var instance = World.Fleet.Runners.Where(r => r.Type == RunnerType.Instance).ToList();
        var kubernetes = instance.Where(r => r.Managers.Any(m => m.Executor == Executor.Kubernetes)).ToList();

        instance.Except(kubernetes).Count().ShouldBe(40);
        kubernetes.Count.ShouldBe(6);
        kubernetes.ShouldAllBe(r => !r.RunUntagged);
        kubernetes.Count(r => !r.TagList.Contains("k8s-default")).ShouldBe(2);
        kubernetes.SelectMany(r => r.Managers).Select(m => m.Cluster).Distinct().ShouldBe(["k8s-a", "k8s-b"]);
        instance.Count(r => r.RefProtected).ShouldBeGreaterThan(0);
        World.Fleet.Runners.Count(r => r.Type != RunnerType.Instance).ShouldBe(30);
        World.Fleet.Runners.Select(r => r.Status(World.Now)).Distinct().Count().ShouldBe(4);
        World.Fleet.Runners.ShouldContain(r => r.Managers.Select(m => m.Executor).Distinct().Count() > 1);
        World.Directory.Users.Count.ShouldBe(200);
        World.Directory.Projects.Count.ShouldBe(300);
    }

    [Fact]
    public void Served_Classes_WereNeverUnserved() =>
        World.Truth.Classes().Where(c => c.UnservedSeconds > 0).ShouldAllBe(c => !c.ServedNow);

    [Fact]
    public void Queue_IsShortWhileCapacityIsThere()
    {
        var waits = Started.Where(j => j.Untagged).Select(j => (j.StartedAt - j.QueuedAt)!.Value.TotalSeconds).Order().ToList();

        waits[(int)(waits.Count * 0.95)].ShouldBeLessThan(60);
    }

    [Fact]
    public void Truth_CountsEveryFinishedJobOnce()
    {
        var counted = World.Truth.Counts(World.Now.AddDays(-15), World.Now.AddHours(1)).Sum(c => c.Jobs);

        counted.ShouldBe(World.Jobs.CountOf(JobStatus.Success) + World.Jobs.CountOf(JobStatus.Failed) + World.Jobs.CountOf(JobStatus.Canceled));
    }

    [Fact]
    public void Lists_PageThroughEverythingOnceNewestFirst()
    {
        var failed = new List<Job>();
        for (long? cursor = null; ;)
        {
            var page = World.Jobs.Newest([JobStatus.Failed], cursor, 1000);
            if (page.Count == 0)
            {
                break;
            }

            failed.AddRange(page);
            cursor = page[^1].Id;
        }

        failed.Count.ShouldBe(World.Jobs.CountOf(JobStatus.Failed));
        failed.Select(j => j.Id).ShouldBeInOrder(SortDirection.Descending);

        var runner = World.Fleet.Runners.MaxBy(r => r.JobList.Count)!;
        var down = World.Jobs.OfRunner(runner, null, null, true, null, 0, int.MaxValue);
        var up = World.Jobs.OfRunner(runner, null, null, false, null, 0, int.MaxValue);
        down.Select(j => j.Id).ShouldBe(up.Reverse().Select(j => j.Id));
        down.ShouldAllBe(j => j.Runner == runner);
        World.Jobs.OfRunner(runner, null, null, true, down[4].Id, 0, 3).ShouldBe(down.Skip(5).Take(3));
        World.Jobs.OfRunner(runner, null, null, false, up[4].Id, 0, 3).ShouldBe(up.Skip(5).Take(3));
    }
}

using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

public sealed class FinishedJobsTests(PostgresFixture postgres)
{
    private static readonly TimeWindow Window = new(StoreFixture.Noon.AddDays(-20), StoreFixture.Noon.AddMinutes(-7));
    private static readonly string?[] Reasons = ["script_failure", "runner_system_failure", null];

    public static TheoryData<string> Filters => ["all", "docker", "project", "runner", "tag", "untagged", "failed", "succeeded", "script", "reason", "version", "no reason", "no version", "canceled", "several", "nothing"];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Pages_TogetherAreExactlyTheJobsOfTheFilter_LatestFirst(string name)
    {
        await using var store = await FilledAsync();
        var (filter, takes) = Of(name);
        var expected = Jobs().Where(job => takes(job) && job.FinishedAt >= Window.From && job.FinishedAt < Window.To)
            .OrderByDescending(job => job.FinishedAt).ThenByDescending(job => job.Id.Number).Select(job => job.Id.Number).ToList();

        var seen = new List<long>();
        JobMark? mark = null;
        do
        {
            var page = await store.Get<IJobReader>().FinishedAsync(filter, 7, mark, default);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(7);
            page.LookedBackTo.ShouldBeNull();
            seen.AddRange(page.Rows.Select(row => row.Id.Number));
            mark = page.Next;
        }
        while (mark is not null);

        seen.ShouldBe(expected);
        if (name != "nothing") expected.Count.ShouldBeGreaterThan(7);
    }

    [Fact]
    public async Task Looking_EndsAfterSoManyJobs_SaysHowFar_AndGoesOnFromThere()
    {
        await using var store = await FilledAsync();
        // The rollup tells what looking through an hour costs: these hours are as dear as a page may be.
        await store.ExecuteAsync("UPDATE rollup_hour_result SET jobs = jobs + 500000");
        var filter = new JobFilter(StoreFixture.Production, Window, Kind: FailureKind.Script);

        var first = await store.Get<IJobReader>().FinishedAsync(filter, 100, null, default);
        first.LookedBackTo.ShouldNotBeNull();
        first.Rows.ShouldAllBe(row => row.FinishedAt >= first.LookedBackTo);
        var all = first.Rows.ToList();
        for (var next = first.Next; next is not null;)
        {
            var page = await store.Get<IJobReader>().FinishedAsync(filter, 100, next, default);
            all.AddRange(page.Rows);
            next = page.Next;
        }

        all.Select(row => row.Id.Number).ShouldBe(Jobs().Where(job => job.FailureReason == "script_failure" && job.FinishedAt >= Window.From && job.FinishedAt < Window.To)
            .OrderByDescending(job => job.FinishedAt).ThenByDescending(job => job.Id.Number).Select(job => job.Id.Number));
    }

    private static (JobFilter Filter, Func<JobObservation, bool> Takes) Of(string name)
    {
        var all = new JobFilter(StoreFixture.Production, Window);
        Func<JobObservation, bool> ended = job => job.Status is JobStatus.Success or JobStatus.Failed;
        return name switch
        {
            "docker" => (all with { Executor = ExecutorFamily.Docker }, job => ended(job) && job.RunnerNumber == 1),
            "project" => (all with { Project = new ProjectId(StoreFixture.Production, 8) }, job => ended(job) && job.Project.Number == 8),
            "runner" => (all with { Runner = 2 }, job => ended(job) && job.RunnerNumber == 2),
            "tag" => (all with { Tag = "linux" }, job => ended(job) && job.Tags!.Contains("linux")),
            "untagged" => (all with { Tag = "" }, job => ended(job) && job.Tags!.IsEmpty),
            "failed" => (all with { Status = JobStatus.Failed }, job => job.Status == JobStatus.Failed),
            "succeeded" => (all with { Status = JobStatus.Success }, job => job.Status == JobStatus.Success),
            "script" => (all with { Kind = FailureKind.Script }, job => job.FailureReason == "script_failure"),
            "reason" => (all with { Reason = "runner_system_failure" }, job => job.FailureReason == "runner_system_failure"),
            // As rates name what has none.
            "no reason" => (all with { Reason = "unknown" }, job => job.Status == JobStatus.Failed && job.FailureReason is null),
            "no version" => (all with { RunnerVersion = "unknown" }, job => ended(job) && job.RunnerNumber == 3),
            "version" => (all with { RunnerVersion = "18.1.0" }, job => ended(job) && job.RunnerNumber != 3),
            "canceled" => (all with { Status = JobStatus.Canceled }, job => job.Status == JobStatus.Canceled),
            "several" => (all with { Executor = ExecutorFamily.Kubernetes, Tag = "linux", Status = JobStatus.Failed, Project = new ProjectId(StoreFixture.Production, 7) },
                job => job.RunnerNumber == 2 && job.Status == JobStatus.Failed && job.Tags!.Contains("linux") && job.Project.Number == 7),
            "nothing" => (all with { RunnerVersion = "1.0.0" }, _ => false),
            _ => (all, ended),
        };
    }

    private static IEnumerable<JobObservation> Jobs()
    {
        var random = new Random(3);
        for (var number = 1; number <= 700; number++)
        {
            var runner = random.Next(1, 4);
            var (status, reason) = random.Next(5) switch { 0 => (JobStatus.Canceled, null), 1 or 2 => (JobStatus.Failed, Reasons[random.Next(3)]), _ => (JobStatus.Success, (string?)null) };
            // Many finish in the same second, so that the number has to order them.
            var finished = StoreFixture.Noon.AddMinutes(-15 * random.Next(25 * 24 * 4));
            yield return JobStoreTests.Finished(number) with
            {
                Project = new ProjectId(StoreFixture.Production, random.Next(7, 10)),
                RunnerNumber = runner,
                // The third runner's managers are not known, so neither is its version.
                SystemId = $"s_{runner}",
                Tags = random.Next(2) == 0 ? TagSet.Empty : TagSet.Of("linux"),
                Status = status,
                FailureReason = reason,
                FinishedAt = finished,
            };
        }
    }

    private async Task<StoreFixture> FilledAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IFleetStore>().StoreAsync(
            StoreFixture.Production, StoreFixture.Noon, [JobStoreTests.Runner(1, ("s_1", Executor.Docker)), JobStoreTests.Runner(2, ("s_2", Executor.Kubernetes))], default);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [.. Jobs()], default);
        return store;
    }
}

using CsCheck;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Insights;

public sealed class DigestTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Midnight = new(StoreFixture.Noon.Date, TimeSpan.Zero);
    private static readonly TimeWindow Week = new(Midnight.AddDays(-7), Midnight.AddDays(1));

    [Fact]
    public async Task Count_OnlyDaysThatChanged_AndTwiceIsTheSame()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var days = store.Get<DigestDays>();
        (await days.ChangedAsync(StoreFixture.Production, Since, default)).ShouldBeEmpty();

        await RecordAsync(store, Job(1, Midnight.AddDays(-1)), Job(2, Midnight), Job(3, Midnight));
        (await days.ChangedAsync(StoreFixture.Production, Since, default)).ShouldBe([Day(Midnight), Day(Midnight.AddDays(-1))]);
        await CountAsync(store);
        (await days.ChangedAsync(StoreFixture.Production, Since, default)).ShouldBeEmpty();

        // A reason that came late moves a job from one kind to another, and nothing else.
        await RecordAsync(store, Job(2, Midnight) with { Status = JobStatus.Failed, FailureReason = "runner_system_failure" });
        (await days.ChangedAsync(StoreFixture.Production, Since, default)).ShouldBe([Day(Midnight)]);
        await days.CountAsync(StoreFixture.Production, Day(Midnight), StoreFixture.Noon, default);
        await days.CountAsync(StoreFixture.Production, Day(Midnight), StoreFixture.Noon, default);

        (await store.ScalarAsync<long>("SELECT sum(finished) FROM digest_day_job")).ShouldBe(3);
        (await store.ScalarAsync<long>("SELECT sum(infrastructure) FROM digest_day_job")).ShouldBe(1);
        (await store.ScalarAsync<long>("SELECT sum(finished) FROM digest_day_place")).ShouldBe(3);
    }

    [Fact]
    public async Task Count_Retries_AreNoEvidenceOfAName_ButOfWhereItsJobsRan()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        JobObservation Of(long number, long? pipeline) => Job(number, Midnight) with { PipelineId = pipeline, Status = JobStatus.Failed, FailureReason = "runner_system_failure" };
        await RecordAsync(store, Of(5, 1), Of(6, 2), Of(7, null));
        await CountAsync(store);
        (await store.ScalarAsync<long>("SELECT sum(failed) FROM digest_day_job")).ShouldBe(3);

        // Its first attempt comes late: what was counted as first is a retry now, so the day counts anew.
        await RecordAsync(store, Of(4, 1));
        (await store.Get<DigestDays>().ChangedAsync(StoreFixture.Production, Since, default)).ShouldBe([Day(Midnight)]);
        await CountAsync(store);
        // No more jobs and no other kinds: only what is known of the attempt differs.
        await RecordAsync(store, Of(7, 2));
        await CountAsync(store);

        (await store.ScalarAsync<string>("SELECT concat_ws(' ', sum(finished), sum(failed), sum(infrastructure)) FROM digest_day_job")).ShouldBe("2 2 2");
        (await store.ScalarAsync<long>("SELECT sum(finished) FROM digest_day_place")).ShouldBe(4);
    }

    [Fact]
    public async Task Changed_DayWhoseRawRowsMayBeGone_KeepsItsDigest()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await RecordAsync(store, Job(1, Midnight.AddDays(-9)), Job(2, Midnight));

        await store.ExecuteAsync($"INSERT INTO jobs_kept (instance, lowest, since, drops) SELECT number, 2, '{Midnight.AddDays(-9):yyyy-MM-dd}', 1 FROM instances WHERE name = 'production'");

        (await store.Get<DigestDays>().ChangedAsync(StoreFixture.Production, Since, default)).ShouldBe([Day(Midnight)]);
    }

    [Fact]
    public async Task Count_AnyJobs_AreTheRollupsOwnSums() => await JobLives.Observations.SampleAsync(
        async observations =>
        {
            await using var store = await StoreFixture.OpenAsync(postgres);
            await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, observations, default);
            await CountAsync(store);

            foreach (var (table, jobs) in ((string, string)[])[("digest_day_job", "jobs - retries"), ("digest_day_place", "jobs")])
            {
                (await store.ScalarAsync<long>(
                    $"SELECT count(*) FROM ((SELECT day, project, executor, sum(finished) FROM {table} GROUP BY 1, 2, 3) EXCEPT ALL (SELECT day, project, executor, sum({jobs}) FROM rollup_day_project WHERE jobs > 0 GROUP BY 1, 2, 3)) more"))
                    .ShouldBe(0, table);
                (await store.ScalarAsync<long>($"SELECT coalesce(sum(finished), 0)::bigint FROM {table}")).ShouldBe(await store.ScalarAsync<long>($"SELECT coalesce(sum({jobs}), 0)::bigint FROM rollup_day_project"), table);
            }

            // Each job that succeeded stands in one bucket, and in the one that the Domain's own function names.
            (await store.ScalarAsync<long>("SELECT coalesce(sum(one & 16777215), 0)::bigint FROM digest_day_job, unnest(ran) one")).ShouldBe(await store.ScalarAsync<long>("SELECT count(*) FROM jobs WHERE status = 10 AND attempt <> 2 AND finished_at IS NOT NULL AND started_at IS NOT NULL"));
            foreach (var job in await store.Get<IJobReader>().FindAsync(new JobFilter(StoreFixture.Production, Status: JobStatus.Success) { FirstAttempts = true }, 500, null, default))
                if (job is { StartedAt: { } started, FinishedAt: { } finished })
                    (await store.ScalarAsync<long>($"SELECT count(*) FROM digest_day_job, unnest(ran) one WHERE name = '{job.Name}' AND project = {job.Project.Number} AND one >> 24 = {TimeHistogram.BucketOf((finished - started).TotalSeconds)}"))
                        .ShouldBeGreaterThan(0);
        },
        iter: 8, threads: 1);

    [Fact]
    public async Task Stragglers_ByProjectWithOwner_ManagedApart_AndByRefAndSource()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await ProjectAsync(store, 7, "data/pipelines/etl");
        await ProjectAsync(store, 8, "web/shop");
        await store.Get<IFleetStore>().SetStandingAsync(new RunnerId(StoreFixture.Production, 1), new RunnerStanding(RunnerRole.Legacy, true, true), default);
        await RecordAsync(
            store,
            Job(1, Midnight.AddDays(-2), runner: 1), Job(2, Midnight.AddDays(-1), runner: 2) with { Ref = "release/1", PipelineSource = "schedule" },
            Job(3, Midnight, runner: 1) with { Ref = "refs/merge-requests/4/head", PipelineSource = "merge_request_event" },
            Job(4, Midnight, runner: 1) with { Ref = "refs/merge-requests/5/merge", PipelineSource = "merge_request_event" },
            Job(5, Midnight, runner: 3) with { Executor = Executor.Kubernetes },
            Job(6, Midnight, project: 8, runner: 3) with { Executor = Executor.Kubernetes },
            Job(7, Midnight.AddDays(-20)));
        await CountAsync(store);
        var reader = store.Get<IStragglerReader>();
        var filter = new StragglerFilter(StoreFixture.Production, Week);

        var all = await reader.ReadAsync(filter, default);

        (all.Finished, all.Projects, all.OnDocker).ShouldBe((6, 2, 4));
        var one = all.Items.Single();
        (one.Owner, one.OnDocker, one.OnManaged, one.OnUnmanaged, one.OnDefaultBranch, one.OnMergeRequests, one.OnOtherRefs, one.Finished, one.LastDay)
            .ShouldBe(("data", 4, 3, 1, 1, 2, 1, 5, Day(Midnight)));
        all.Sources.ShouldBe([new StragglerSource("merge_request_event", 2, 1), new StragglerSource("push", 1, 1), new StragglerSource("schedule", 1, 1)], ignoreOrder: true);
        all.CountedAt.ShouldBe(StoreFixture.Noon);

        var places = await reader.PlacesAsync(filter, [one.Project], default);
        places.Select(place => (place.Ref, place.Source, place.Jobs, place.Managed)).ShouldBe(
            [(StragglerPlace.MergeRequests, "merge_request_event", 2, true), ("main", "push", 1, true), ("release/1", "schedule", 1, false)]);

        (await reader.ReadAsync(filter with { Source = "schedule" }, default)).OnDocker.ShouldBe(1);
        (await reader.ReadAsync(filter with { Managed = true }, default)).OnDocker.ShouldBe(3);
        (await reader.ReadAsync(filter with { Owner = "web" }, default)).Items.ShouldBeEmpty();
        (await reader.ReadAsync(filter with { Search = "ETL" }, default)).OnDocker.ShouldBe(4);
        (await reader.ReadAsync(filter with { Source = "never heard of" }, default)).Finished.ShouldBe(0);
    }

    [Fact]
    public async Task Moves_AreFoundFromTheCountedDays_AndReadByKind()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await ProjectAsync(store, 7, "data/etl");
        JobObservation[] Side(long from, DateTimeOffset day, Executor executor, int failed) =>
        [
            .. Enumerable.Range(0, 50).Select(at => Job(from + at, day) with
            {
                Executor = executor,
                Status = at < failed ? JobStatus.Failed : JobStatus.Success,
                FailureReason = at < failed ? "runner_system_failure" : null,
                FinishedAt = day.AddHours(1).AddSeconds(executor == Executor.Kubernetes ? 120 : 60),
                StartedAt = day.AddHours(1),
            }),
        ];
        await RecordAsync(store, [.. Side(100, Midnight.AddDays(-2), Executor.Docker, 1), .. Side(200, Midnight, Executor.Kubernetes, 20), Job(300, Midnight, project: 8)]);
        await CountAsync(store);

        (await store.Get<MoveStore>().FindAsync(StoreFixture.Production, Since, default)).ShouldBe(1);
        (await store.Get<MoveStore>().FindAsync(StoreFixture.Production, Since, default)).ShouldBe(1);
        var read = await store.Get<IMoveReader>().ReadAsync(new MoveFilter(StoreFixture.Production), default);

        (read.Compared, read.CountedAt).ShouldBe((1, StoreFixture.Noon));
        var (move, path) = read.Higher.Single();
        (path, move.MovedOn, move.Before.Rate(null), move.After.Rate(FailureKind.Infrastructure)).ShouldBe(("data/etl", Day(Midnight), new Rate(1, 50), new Rate(20, 50)));
        move.After.MedianSeconds!.Value.ShouldBe(120, 121 * TimeHistogram.RelativeError);
        Regressions.Worse([move], null, 0.95).Single().Low.ShouldBeGreaterThan(0.2);

        // While the past is read, a day that is known in part (its failed jobs before the others) is no evidence.
        await HistoryMark.WriteAsync(store.Get<IInstanceStore>(), StoreFixture.Production, new HistoryMark("next", Midnight.AddDays(-2).AddHours(5), false), StoreFixture.Noon, default);
        (await store.Get<MoveStore>().FindAsync(StoreFixture.Production, Since, default)).ShouldBe(0);
        await HistoryMark.WriteAsync(store.Get<IInstanceStore>(), StoreFixture.Production, new HistoryMark("next", Midnight.AddDays(-2), false), StoreFixture.Noon, default);
        (await store.Get<MoveStore>().FindAsync(StoreFixture.Production, Since, default)).ShouldBe(1);

        async Task<long> ComparedAsync(MoveFilter filter) => (await store.Get<IMoveReader>().ReadAsync(filter, default)).Compared;
        (await ComparedAsync(new MoveFilter(StoreFixture.Production, Owner: "data"))).ShouldBe(1);
        (await ComparedAsync(new MoveFilter(StoreFixture.Production, Owner: "web"))).ShouldBe(0);
        (await ComparedAsync(new MoveFilter(StoreFixture.Production, Search: "BUIL"))).ShouldBe(1);
        (await store.Get<IMoveReader>().ReadAsync(new MoveFilter(StoreFixture.Production, FailureKind.Script), default)).Higher.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tag_ByRefSourceProjectAndSet_AddsUp_AndSaysWhatItRestsOn()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await ProjectAsync(store, 7, "data/etl");
        await RecordAsync(
            store,
            Job(1, Midnight) with { Tags = TagSet.Of("gpu") }, Job(2, Midnight) with { Tags = TagSet.Of("gpu", "linux"), Ref = "release/1", PipelineSource = "schedule", Executor = Executor.Kubernetes },
            Job(3, Midnight.AddDays(-1), project: 8) with { Tags = TagSet.Of("gpu") }, Job(4, Midnight) with { Tags = TagSet.Of("linux") }, Job(5, Midnight) with { Tags = null });
        await CountAsync(store);

        var gpu = await store.Get<ITagReader>().ReadAsync(StoreFixture.Production, "gpu", Week, 1, default);

        (gpu.Finished, gpu.TagsKnown, gpu.Jobs, gpu.OnDocker, gpu.RefCount, gpu.ProjectCount).ShouldBe((5, 4, 3, 2, 2, 2));
        (await store.Get<ITagReader>().BasisAsync(StoreFixture.Production, Week, default)).ShouldBe(new TagBasis(5, 4));
        gpu.Refs.ShouldBe([new TagPart("main", 2, 2, 2, Day(Midnight))]);
        gpu.Projects.Single().Name.ShouldBe("data/etl");
        gpu.Sources.Single().Name.ShouldBe("push");
        gpu.Sets.Single().Name.ShouldBe("[gpu]");
        (await store.Get<ITagReader>().ReadAsync(StoreFixture.Production, "", Week, 9, default)).Jobs.ShouldBe(0);
    }

    internal static DateOnly Since { get; } = Day(Midnight.AddDays(-60));

    internal static async Task CountAsync(StoreFixture store)
    {
        // History is read: every day of a window counts.
        await HistoryMark.WriteAsync(store.Get<IInstanceStore>(), StoreFixture.Production, new HistoryMark(null, null, true), StoreFixture.Noon, default);
        var days = store.Get<DigestDays>();
        foreach (var day in await days.ChangedAsync(StoreFixture.Production, Since, default)) await days.CountAsync(StoreFixture.Production, day, StoreFixture.Noon, default);
    }

    private static JobObservation Job(long number, DateTimeOffset day, long project = 7, long runner = 1) => JobStoreTests.Finished(number) with
    {
        PipelineId = number,
        Project = new ProjectId(StoreFixture.Production, project),
        Executor = Executor.Docker,
        RunnerNumber = runner,
        SystemId = null,
        Ref = "main",
        PipelineSource = "push",
        CreatedAt = day.AddHours(1),
        QueuedAt = day.AddHours(1),
        StartedAt = day.AddHours(1),
        FinishedAt = day.AddHours(1.5),
    };

    private static Task<int> RecordAsync(StoreFixture store, params JobObservation[] jobs) => store.Get<IJobStore>().RecordAsync(StoreFixture.Production, jobs, default);

    private static Task ProjectAsync(StoreFixture store, long number, string path) => store.Get<IProjectStore>().SaveAsync(
        [new ObservedProject(new ProjectAccess(new ProjectId(StoreFixture.Production, number), path, true, true, new HashSet<long>()), "main", false, null, null, null, StoreFixture.Noon)], default);

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

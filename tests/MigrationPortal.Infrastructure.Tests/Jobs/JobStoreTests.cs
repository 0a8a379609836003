using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

public sealed class JobStoreTests(PostgresFixture postgres)
{
    private const string Everything =
        """
        SELECT coalesce(string_agg(concat_ws('|', number, attempt, project, pipeline, runner, created_at, queued_at, started_at, finished_at, s.tags, e.word, a.word, v.word,
            r.word, y.word, g.word, o.word, status, kind, seen_by, protected, retried, allow_failure, name, ref), E'\n' ORDER BY number), '') FROM jobs
        LEFT JOIN tag_sets s ON s.id = tag_set LEFT JOIN words e ON e.id = executor LEFT JOIN words a ON a.id = executor_said LEFT JOIN words v ON v.id = version
        LEFT JOIN words r ON r.id = reason LEFT JOIN words y ON y.id = system LEFT JOIN words g ON g.id = stage LEFT JOIN words o ON o.id = source
        """;

    [Fact]
    public async Task Record_ShuffledDuplicatedBatches_EndInTheSameRowsAndRollups()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await StoreFleetAsync(store);
        await JobLives.Observations.SelectMany(all => Gen.Shuffle(all.Concat(all).ToArray()).Select(Gen.Int[1, 9], (shuffled, size) => (all, shuffled, size)))
            .SampleAsync(
                async one =>
                {
                    var straight = await RecordAsync(store, [one.all]);
                    var shuffled = await RecordAsync(store, one.shuffled.Chunk(one.size));
                    shuffled.ShouldBe(straight);
                },
                iter: 60, threads: 1, seed: "0000KOIXbXo1");
    }

    [Fact]
    public async Task Record_EventsLostAndDoubledThenListsReadBySweeps_EndInTheTruth()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await StoreFleetAsync(store);
        var lossy = from all in JobLives.Observations
                    from shuffled in Gen.Shuffle(all.Concat(all).ToArray())
                    from arrives in Gen.Bool.Array[shuffled.Length]
                    from size in Gen.Int[1, 9]
                    select (all, events: shuffled.Where((_, at) => arrives[at]).ToList(), size);
        await lossy.SampleAsync(
            async one =>
            {
                // What GitLab's lists say of each job at the end, as the sweeps read them.
                JobObservation[] lists = [.. one.all.GroupBy(seen => seen.Id).Select(seen => seen.Aggregate(JobMerge.Merge))];
                var truth = await RecordAsync(store, [lists]);
                var repaired = await RecordAsync(store, one.events.Chunk(one.size).Concat(lists.Chunk(one.size)));
                repaired.ShouldBe(truth);
            },
            iter: 60, threads: 1, seed: "0000KOIXbXo1");
    }

    [Fact]
    public async Task Record_OneObservationAtATime_EqualsTheDomainsMerge()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await JobLives.Observations.SampleAsync(
            async all =>
            {
                await RecordAsync(store, all.Chunk(1));
                foreach (var merged in all.GroupBy(seen => seen.Id).Select(seen => seen.Aggregate(JobMerge.Merge)))
                {
                    var row = (await store.Get<IJobReader>().FindAsync(new JobFilter(StoreFixture.Production, Project: merged.Project), 500, merged.Id.Number + 1, default))[0];
                    row.Id.ShouldBe(merged.Id);
                    (row.Status, row.Tags, row.Protected, row.StartedAt, row.FinishedAt, row.Runner, row.FailureReason)
                        .ShouldBe((merged.Status, merged.Tags, merged.Protected, merged.StartedAt, merged.FinishedAt, merged.RunnerNumber, merged.FailureReason));
                    row.Kind.ShouldBe(FailureReasons.KindOf(merged.Status, merged.FailureReason));
                }
            },
            iter: 25, threads: 1, seed: "0000KOIXbXo1");
    }

    [Fact]
    public async Task Record_FromThreeReplicasAtOnce_CountsEachJobOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await StoreFleetAsync(store);
        await using var second = store.Replica();
        await using var third = store.Replica();
        var batches = Enumerable.Range(0, 30).Select(at => Enumerable.Range(at * 40, 120).Select(number => Finished(number)).ToList()).ToList();

        await Task.WhenAll(new[] { store.Get<IJobStore>(), second.GetRequiredService<IJobStore>(), third.GetRequiredService<IJobStore>() }
            .SelectMany(jobs => batches.Select(batch => jobs.RecordAsync(StoreFixture.Production, batch, default))));

        (await store.ScalarAsync<long>("SELECT count(*) FROM jobs")).ShouldBe(29 * 40 + 120);
        (await store.ScalarAsync<decimal>("SELECT sum(jobs) FROM rollup_hour_result")).ShouldBe(29 * 40 + 120);
        await RawRollups.ShouldMatchAsync(store);
    }

    [Fact]
    public async Task Record_ReasonArrivesLater_MovesTheJobToItsKindInTheRollups()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var jobs = store.Get<IJobStore>();
        var failed = Finished(1) with { Status = JobStatus.Failed, Executor = Executor.Kubernetes };

        await jobs.RecordAsync(StoreFixture.Production, [failed], default);
        (await store.ScalarAsync<short>("SELECT kind FROM rollup_hour_result WHERE jobs = 1")).ShouldBe((short)FailureKind.NotYetKnown);
        (await store.Get<IJobReader>().WithoutReasonAsync(StoreFixture.Production, 10, default)).ShouldBe([(1L, 1L, new ProjectId(StoreFixture.Production, 7))]);

        (await jobs.RecordAsync(StoreFixture.Production, [failed with { FailureReason = "runner_system_failure" }], default)).ShouldBe(1);
        (await store.ScalarAsync<short>("SELECT kind FROM rollup_hour_result WHERE jobs = 1")).ShouldBe((short)FailureKind.Infrastructure);
        (await store.Get<IJobReader>().WithoutReasonAsync(StoreFixture.Production, 10, default)).ShouldBeEmpty();
        (await jobs.RecordAsync(StoreFixture.Production, [failed], default)).ShouldBe(0);
        await RawRollups.ShouldMatchAsync(store);
    }

    [Fact]
    public async Task Record_SourceWithoutExecutor_StampsTheManagersAndNeverAMixedRunners()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IFleetStore>().StoreAsync(
            StoreFixture.Production, StoreFixture.Noon,
            [Runner(1, ("s_1", Executor.Docker)), Runner(2, ("s_2", Executor.Docker), ("s_3", Executor.Kubernetes))], default);

        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [Finished(1) with { RunnerNumber = 1 }, Finished(2) with { RunnerNumber = 2 }, Finished(3) with { RunnerNumber = 2, SystemId = "s_3" }], default);

        var rows = await store.Get<IJobReader>().FindAsync(new JobFilter(StoreFixture.Production), 10, null, default);
        rows.Select(row => row.Executor).ShouldBe([Executor.Kubernetes, Executor.Unknown, Executor.Docker]);
    }

    [Fact]
    public async Task Record_ManagerChangedItsExecutorInPlace_OldJobsKeepTheirStamp()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var jobs = store.Get<IJobStore>();
        await store.Get<IFleetStore>().StoreAsync(StoreFixture.Production, StoreFixture.Noon, [Runner(1, ("s_1", Executor.Docker))], default);
        var onDocker = Finished(1) with { SystemId = "s_1", Executor = Executor.Docker };
        await jobs.RecordAsync(StoreFixture.Production, [onDocker, Finished(2) with { SystemId = "s_1" }], default);

        await store.Get<IFleetStore>().StoreAsync(StoreFixture.Production, StoreFixture.Noon.AddHours(1), [Runner(1, ("s_1", Executor.Kubernetes))], default);
        (await jobs.RecordAsync(StoreFixture.Production, [onDocker with { Executor = Executor.Kubernetes }, Finished(2), Finished(3) with { SystemId = "s_1", Executor = Executor.Kubernetes }], default)).ShouldBe(1);

        var rows = await store.Get<IJobReader>().FindAsync(new JobFilter(StoreFixture.Production), 10, null, default);
        rows.Select(row => row.Executor).ShouldBe([Executor.Kubernetes, Executor.Docker, Executor.Docker]);
        await RawRollups.ShouldMatchAsync(store);
    }

    [Theory]
    [InlineData(new long[] { 1, 5, 9 })]
    [InlineData(new long[] { 9, 5, 1 })]
    [InlineData(new long[] { 5, 9, 1 })]
    public async Task Record_RetriesInAnyOrder_OnlyTheLowestNumberIsTheFirstAttempt(long[] order)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var jobs = store.Get<IJobStore>();
        foreach (var number in order) await jobs.RecordAsync(StoreFixture.Production, [Finished(number), Finished(number + 100) with { PipelineId = 4 + number }], default);
        await jobs.RecordAsync(StoreFixture.Production, [Finished(200) with { PipelineId = null }, Finished(201) with { Name = "test" }], default);

        (await store.ScalarAsync<string>("SELECT string_agg(number || ' ' || attempt, ', ' ORDER BY number) FROM jobs"))
            .ShouldBe("1 1, 5 2, 9 2, 101 1, 105 1, 109 1, 200 0, 201 1");
        (await store.ScalarAsync<decimal>("SELECT sum(retries) FROM rollup_day_project")).ShouldBe(2);
        (await jobs.RecordAsync(StoreFixture.Production, [Finished(5), Finished(200) with { PipelineId = 3 }], default)).ShouldBe(1);
        (await store.ScalarAsync<short>("SELECT attempt FROM jobs WHERE number = 200")).ShouldBe((short)JobAttempt.Retry);
        await RawRollups.ShouldMatchAsync(store);
    }

    [Fact]
    public async Task Running_CountsJobsOfEachRunnerThatStartedSince()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var running = Finished(1) with { Status = JobStatus.Running, FinishedAt = null };
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [running, running with { Id = new JobId(StoreFixture.Production, 2), Status = JobStatus.Canceling }, Finished(3), Finished(4) with { RunnerNumber = 2 }, running with { Id = new JobId(StoreFixture.Production, 5), RunnerNumber = 3, StartedAt = StoreFixture.Noon.AddDays(-9) }],
            default);

        var counts = await store.Get<IJobStore>().RunningAsync(
            StoreFixture.Production, [.. new long[] { 1, 2, 3 }.Select(number => new RunnerId(StoreFixture.Production, number))], StoreFixture.Noon.AddDays(-7), default);

        counts.ShouldBe(new Dictionary<RunnerId, long> { [new RunnerId(StoreFixture.Production, 1)] = 2 });
    }

    [Fact]
    public async Task Record_IdsFarApart_EachFindsAPartition()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Finished(1), Finished(9_000_000_000)], default);
        await store.Get<IJobStore>().RecordAsync(new InstanceId("qa"), [Finished(1) with { Id = new JobId(new InstanceId("qa"), 1) }], default);

        (await store.ScalarAsync<long>("SELECT count(*) FROM jobs")).ShouldBe(3);
        (await store.ScalarAsync<long>("SELECT count(*) FROM pg_inherits WHERE inhparent = 'jobs'::regclass")).ShouldBe(3);
    }

    [Fact]
    public async Task StartedJobSince_OnlyRunnersThatStartedOneThen()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Finished(1) with { RunnerNumber = 1 }, Finished(2) with { RunnerNumber = 2, StartedAt = StoreFixture.Noon.AddHours(-3) }], default);

        var started = await store.Get<IJobStore>().StartedJobSinceAsync(
            StoreFixture.Production, [.. new long[] { 1, 2, 3 }.Select(number => new RunnerId(StoreFixture.Production, number))], StoreFixture.Noon, default);

        started.ShouldBe([new RunnerId(StoreFixture.Production, 1)]);
    }

    [Fact]
    public async Task Census_CountsClassesWithTheShareTheyRestOn()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [Finished(1), Finished(2), Finished(3) with { Tags = null }, Finished(4) with { Tags = TagSet.Of("gpu"), Protected = true }], default);

        var census = await store.Get<IJobStore>().CensusAsync(StoreFixture.Production, new TimeWindow(StoreFixture.Noon.AddDays(-7), StoreFixture.Noon.AddHours(1)), default);

        (census.JobsSeen, census.JobsWithKnownTags).ShouldBe((4, 3));
        census.Classes.Select(one => (one.Needs.Tags, one.Needs.Protected, one.Jobs)).ShouldBe(
            [(TagSet.Empty, (bool?)null, 2), (TagSet.Of("gpu"), true, 1)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true, 5, 4 / 13.5)]
    [InlineData(false, 2, 2 / 1.5)]
    public async Task Census_WhileThePastIsBeingRead_DividesWholeDaysByThemselves(bool complete, long seen, double perDay)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await HistoryMark.WriteAsync(store.Get<IInstanceStore>(), StoreFixture.Production, new HistoryMark(complete ? null : "more", StoreFixture.Noon.AddDays(-1.9), complete), StoreFixture.Noon, default);
        JobObservation At(long number, double daysAgo) => Finished(number) with { CreatedAt = StoreFixture.Noon.AddDays(-daysAgo) };
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production, [At(4, 0.1), At(3, 1.2), At(2, 1.8), At(1, 13), At(0, 13) with { Tags = TagSet.Of("gpu") }], default);

        var census = await store.Get<IJobStore>().CensusAsync(StoreFixture.Production, TimeWindow.Last(TimeSpan.FromDays(14), StoreFixture.Noon), default);

        census.JobsSeen.ShouldBe(seen);
        census.Classes.Single(one => one.Needs.Tags.IsEmpty).JobsPerDay.ShouldBe(perDay, 1e-9);
        census.Classes.Single(one => !one.Needs.Tags.IsEmpty).JobsPerDay.ShouldBeGreaterThan(0);
        var tags = await store.Get<IJobReader>().TagsAsync(StoreFixture.Production, census.Window, default);
        tags.Single(tag => tag.Tag == "").JobsPerDay.ShouldBe(census.Classes.Single(one => one.Needs.Tags.IsEmpty).JobsPerDay, 1e-9);
    }

    internal static JobObservation Finished(long number) => new(
        new JobId(StoreFixture.Production, number), new ProjectId(StoreFixture.Production, 7), JobStatus.Success, JobSource.GraphQl, "build", "build", "main", null, "push",
        3, TagSet.Empty, StoreFixture.Noon, StoreFixture.Noon, StoreFixture.Noon.AddSeconds(20), StoreFixture.Noon.AddSeconds(80), 1, null, null, null, null, null);

    internal static ObservedRunner Runner(long number, params (string SystemId, Executor Executor)[] managers) => new(
        new RunnerId(StoreFixture.Production, number), $"runner-{number}", RunnerType.Instance,
        new RunnerAttributes(TagSet.Of("docker"), true, false, RunnerAccessLevel.NotProtected), false, RunnerStatus.Online, StoreFixture.Noon, StoreFixture.Noon, null,
        [.. managers.Select(one => new RunnerManager(one.SystemId, one.Executor, "18.1.0", RunnerStatus.Online, StoreFixture.Noon))], new HashSet<long>(), new HashSet<long>());

    private static Task<FleetSnapshot> StoreFleetAsync(StoreFixture store) => store.Get<IFleetStore>().StoreAsync(
        StoreFixture.Production, StoreFixture.Noon, [Runner(1, ("s_1", Executor.Docker)), Runner(2, ("s_2", Executor.Kubernetes)), Runner(3, ("s_3", Executor.DockerMachine))], default);

    private static async Task<string> RecordAsync(StoreFixture store, IEnumerable<IReadOnlyCollection<JobObservation>> batches)
    {
        await store.ExecuteAsync(
            "TRUNCATE jobs, runner_activity, rollup_hour_start, rollup_hour_result, rollup_hour_runner, rollup_day_project, rollup_day_reason, rollup_day_tags, rollup_day_class, rollup_day_runner, project_activity");
        foreach (var batch in batches) await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, batch, default);
        await RawRollups.ShouldMatchAsync(store);
        return await store.ScalarAsync<string>(Everything);
    }
}

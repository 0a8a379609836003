using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Readiness;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Readiness;

/// <summary>Scans, enrollments and counted days as the store has them. The time is noon of the fifth day, which is counted so far.</summary>
public sealed class PredictedFailureTests(PostgresFixture postgres)
{
    private static readonly Actor Admin = new(ActorKind.User, "production/1");

    [Fact]
    public async Task BlockedJobs_OnDocker_AreTold_WithTheirRulesTagsAndJobsADay()
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 1, [Job("build"), Job("test", "linux", "big"), Job("lint")], [Blocks("R07", "build"), Blocks("R01", "build"), Blocks("R01", "test"), Finds("R30", "lint", Severity.Likely)]);
        await RanAsync(store, (1, "build", "docker", 10), (1, "build", "docker+machine", 2), (1, "build", "kubernetes", 90), (1, "test", "docker", 6), (1, "lint", "docker", 50), (2, "build", "docker", 70));

        var found = await ReadAsync(store);

        (found.Scanned, found.UnknownTags, found.Failures.Count).ShouldBe((1, 0, 2));
        found.Failures.Select(one => (one.Project.Number, one.Job, one.Tags, Rules: string.Join(" ", one.Rules), one.JobsPerDay, one.IsAnswered)).ShouldBe(
            [(1, "build", TagSet.Empty, "R01 R07", 12, false), (1, "test", TagSet.Of("linux", "big"), "R01", 6, false)]);
    }

    /// <summary>GitLab names the copies of a parallel job; the file may also have a job that is called like one.</summary>
    [Fact]
    public async Task CopiesOfAParallelJob_AreTheJobOfTheFile_UnlessItHasOneOfThatName()
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 1, [Job("test"), Job("test 9/9"), Job("a: [b")], [Blocks("R01", "test"), Blocks("R01", "a: [b")]);
        await RanAsync(store, (1, "test 1/3", "docker", 2), (1, "test 2/3", "docker", 4), (1, "test: [linux, arm]", "docker", 6), (1, "test: [a]: [b]", "docker", 8), (1, "test 9/9", "docker", 100), (1, "tests", "docker", 100), (1, "a: [b 1/2", "docker", 16));

        (await ReadAsync(store)).Failures.Select(one => (one.Job, one.JobsPerDay)).ShouldBe([("a: [b", 16), ("test", 20)]);
    }

    [Fact]
    public async Task AcknowledgedFindings_PinsAndArchived_AreNoFailures_AnotherFindingOfTheJobStillIs()
    {
        await using var store = await OpenAsync();
        foreach (var project in (long[])[1, 2, 3, 4, 5])
        {
            await ScanAsync(store, project, [Job("build")], [Blocks("R01", "build"), Blocks("R07", "build")]);
            await RanAsync(store, (project, "build", "docker", 6));
        }

        await AcknowledgeAsync(store, 1, "R01");
        await AcknowledgeAsync(store, 2, "R01");
        await AcknowledgeAsync(store, 2, "R07");
        await EnrollAsync(store, 3, EnrollmentTarget.Docker, EnrollmentState.Verified);
        await EnrollAsync(store, 4, EnrollmentTarget.Kubernetes, EnrollmentState.Waitlisted);
        await EnrollAsync(store, 5, EnrollmentTarget.Docker, EnrollmentState.Invited);
        (await ReadAsync(store)).Failures.Select(one => (one.Project.Number, string.Join(" ", one.Rules), one.IsAnswered)).ShouldBe([(1, "R07", false), (4, "R01 R07", true), (5, "R01 R07", false)]);

        await store.ExecuteAsync("UPDATE projects SET archived = true WHERE number = 4; UPDATE project_scans SET state = 'Invalid' WHERE project = 5");
        var left = await ReadAsync(store);
        (left.Scanned, left.Failures.ShouldHaveSingleItem().Project.Number).ShouldBe((4, 1));
    }

    /// <summary>An answer of long ago, or one that others gave, is none to jobs that will fail.</summary>
    [Theory]
    [InlineData(EnrollmentKind.Volunteer, EnrollmentState.Moved, true)]
    [InlineData(EnrollmentKind.Random, EnrollmentState.Declined, true)]
    [InlineData(EnrollmentKind.Carried, EnrollmentState.Moved, false)]
    [InlineData(EnrollmentKind.Volunteer, EnrollmentState.Returned, false)]
    [InlineData(EnrollmentKind.Volunteer, EnrollmentState.Refused, false)]
    [InlineData(EnrollmentKind.Random, EnrollmentState.Invited, false)]
    public async Task OnlyAStandingWordOfItsPeople_IsAnAnswer(EnrollmentKind kind, EnrollmentState state, bool isAnswer)
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 1, [Job("build")], [Blocks("R01", "build")]);
        await RanAsync(store, (1, "build", "docker", 6));
        await store.Get<IEnrollmentStore>().AddAsync(new Enrollment(0, Id(1), EnrollmentTarget.Kubernetes, kind, null, state, null, null, Admin, StoreFixture.Noon, 0), default);

        (await ReadAsync(store)).Failures.ShouldHaveSingleItem().IsAnswered.ShouldBe(isAnswer);
    }

    /// <summary>What lists and counts say of a project follows each word on it, and a later look keeps the words.</summary>
    [Fact]
    public async Task AWordOnAFinding_IsCountedAtOnce_AndTakenBackAtOnce()
    {
        await using var store = await OpenAsync();
        var scans = store.Get<IScanStore>();
        await ScanAsync(store, 1, [Job("build"), Job("test")], [Blocks("R01", "build"), Blocks("R01", "test")]);
        async Task<(int Blocked, int Score, long Counted)> SaidAsync()
        {
            var one = (await scans.ListAsync(StoreFixture.Production, null, null, 10, 0, default)).ShouldHaveSingleItem();
            return (one.Blocked, one.Score, (await scans.CountsAsync(StoreFixture.Production, default)).BlockedJobs);
        }

        (await SaidAsync()).ShouldBe((2, 0, 2));
        (await AcknowledgeAsync(store, 1, "R01")).ShouldBeTrue();
        (await AcknowledgeAsync(store, 1, "R01")).ShouldBeFalse();
        (await SaidAsync()).ShouldBe((1, 50, 1));
        await ScanAsync(store, 1, [Job("build"), Job("test")], [Blocks("R01", "build"), Blocks("R01", "test")]);
        (await SaidAsync()).ShouldBe((1, 50, 1));
        (await scans.TakeBackAsync(Id(1), "R01", "build", default)).ShouldBeTrue();
        (await SaidAsync()).ShouldBe((2, 0, 2));
        (await AcknowledgeAsync(store, 2, "R01")).ShouldBeTrue("of a project that was not looked at yet: it counts once it is");
    }

    [Fact]
    public async Task TagsThatAVariableGives_AreCountedApart()
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 1, [Job("build", "$RUNNER"), Job("test", "linux")], [Blocks("R01", "build"), Blocks("R01", "test")]);
        await RanAsync(store, (1, "build", "docker", 8), (1, "test", "docker", 2));

        var found = await ReadAsync(store);

        (found.UnknownTags, found.UnknownPerDay).ShouldBe((1, 8));
        found.Failures.ShouldHaveSingleItem().Job.ShouldBe("test");
    }

    [Fact]
    public async Task NothingScanned_IsToldApart_FromNothingFound()
    {
        await using var store = await OpenAsync();
        (await ReadAsync(store)).Scanned.ShouldBe(0);
        await ScanAsync(store, 1, [Job("build")], []);
        var found = await ReadAsync(store);
        (found.Scanned, found.Failures.Count).ShouldBe((1, 0));
    }

    private async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IProjectStore>().SaveAsync(
            [.. Enumerable.Range(1, 5).Select(number => new ObservedProject(new ProjectAccess(Id(number), $"team/app-{number}", true, true, new HashSet<long>()), "main", false, null, null, null, StoreFixture.Noon))], default);
        var number = await store.Get<InstanceNumbers>().NumberAsync(StoreFixture.Production, default);
        await store.ExecuteAsync($"INSERT INTO digest_days SELECT {number}, day, '', '2026-11-02 12:00Z' FROM generate_series(date '2026-10-29', date '2026-11-02', interval '1 day') day");
        await store.ExecuteAsync("INSERT INTO words (word) VALUES ('docker'), ('docker+machine'), ('kubernetes') ON CONFLICT DO NOTHING");
        // Whose past is read to its end: otherwise no day counts as whole.
        await store.Get<IInstanceStore>().SaveWatermarkAsync(StoreFixture.Production, "history", """{"Complete":true}""", StoreFixture.Noon, default);
        return store;
    }

    // So many on each of the four whole days, half as many on half a day.
    private static async Task RanAsync(StoreFixture store, params (long Project, string Name, string Executor, int Jobs)[] jobs)
    {
        foreach (var (project, name, executor, count) in jobs)
        {
            await store.ExecuteAsync(
                $"""
                INSERT INTO digest_day_job (instance, day, project, name, executor, finished, failed, infrastructure, script, timeout, ran)
                SELECT (SELECT number FROM instances WHERE name = 'production'), day, {project}, '{name}', (SELECT id FROM words WHERE word = '{executor}'), CASE day WHEN '2026-11-02' THEN {count / 2} ELSE {count} END, 0, 0, 0, 0, ARRAY[]::int[]
                FROM generate_series(date '2026-10-29', date '2026-11-02', interval '1 day') day
                """);
        }
    }

    private static Task<Predictions> ReadAsync(StoreFixture store) =>
        new PredictedFailureReader(store.Get<Database>(), store.Get<InstanceNumbers>(), store.Get<IInstanceStore>(), new NoonClock()).ReadAsync(StoreFixture.Production, default);

    private static Task ScanAsync(StoreFixture store, long project, IReadOnlyList<ScannedJob> jobs, IReadOnlyList<Finding> findings) =>
        store.Get<IScanStore>().SaveAsync(new ProjectScan(Id(project), "main", StoreFixture.Noon, ScanState.Read, null, jobs, findings, []), default);

    private static Task<bool> AcknowledgeAsync(StoreFixture store, long project, string rule) => store.Get<IScanStore>().AcknowledgeAsync(new Acknowledgement(Id(project), rule, "build", Admin, StoreFixture.Noon, "we know"), default);

    private static Task<Enrollment?> EnrollAsync(StoreFixture store, long project, EnrollmentTarget target, EnrollmentState state) =>
        store.Get<IEnrollmentStore>().AddAsync(new Enrollment(0, Id(project), target, EnrollmentKind.Volunteer, null, state, null, null, Admin, StoreFixture.Noon, 0), default);

    private static ScannedJob Job(string name, params string[] tags) => new(name, tags);

    private static Finding Blocks(string rule, string job) => Finds(rule, job, Severity.Blocks);

    private static Finding Finds(string rule, string job, Severity severity) => new(rule, severity, job, 1, "It fails.", "Mend it.", null);

    private static ProjectId Id(long number) => new(StoreFixture.Production, number);

    private sealed class NoonClock : IWorldClock
    {
        DateTimeOffset IWorldClock.Now(InstanceId instance) => StoreFixture.Noon;

        double IWorldClock.Speed(InstanceId instance) => 0;
    }
}

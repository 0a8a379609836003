using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Insights;

/// <summary>Scans at noon of days in November, and jobs that are counted by day.</summary>
public sealed class TriedFindingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task RunsOnWholeDays_OnWhichTheFindingStood_Count_DockerCountsAlways()
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 2, Finds("R01", "build"), Finds("R30", "build", Severity.Likely), Finds("R44", "build", Severity.Info));
        await ScanAsync(store, 6, Finds("R01", "build"));
        await ScanAsync(store, 9);
        foreach (var day in (int[])[1, 2, 3, 6, 7, 9, 10]) await RanAsync(store, day, "build", "kubernetes", 10 + day, day);
        await RanAsync(store, 1, "build", "docker", 5, 1);
        await RanAsync(store, 10, "build", "docker+machine", 5, 0);
        await RanAsync(store, 3, "lint", "kubernetes", 5, 0);

        var found = await store.Get<ITriedFindings>().ReadAsync(StoreFixture.Production, default);

        // R01 stood from the 2nd to the 9th: the 3rd, 6th and 7th; R30 until the 6th: the 3rd.
        found.Select(one => (one.Rule, one.Job, one.Kubernetes, one.Docker)).ShouldBe(
            [("R01", "build", new Rate(16, 46), new Rate(1, 10)), ("R30", "build", new Rate(3, 13), new Rate(1, 10))]);
    }

    [Fact]
    public async Task AFindingThatComesBack_IsOneJob_WithTheDaysOfBothTimes()
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 2, Finds("R01", "build"));
        await ScanAsync(store, 4);
        await ScanAsync(store, 6, Finds("R01", "build"));
        foreach (var day in (int[])[3, 5, 7]) await RanAsync(store, day, "build", "kubernetes", day, day);

        (await store.Get<ITriedFindings>().ReadAsync(StoreFixture.Production, default)).ShouldHaveSingleItem().Kubernetes.ShouldBe(new Rate(10, 10));
    }

    [Fact]
    public async Task CopiesOfAParallelJob_AreOneJob_UnlessAFindingNamesTheCopy()
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 2, Finds("R01", "test"), Finds("R01", "test 2/2"));
        await RanAsync(store, 4, "test 1/2", "kubernetes", 4, 4);
        await RanAsync(store, 4, "test: [linux, arm]", "kubernetes", 2, 1);
        await RanAsync(store, 4, "test 2/2", "kubernetes", 8, 0);

        (await store.Get<ITriedFindings>().ReadAsync(StoreFixture.Production, default)).Select(one => (one.Job, one.Kubernetes)).ShouldBe([("test", new Rate(5, 6)), ("test 2/2", new Rate(0, 8))]);
    }

    [Fact]
    public async Task AFileThatCannotBeRead_EndsNothing_AndAnUntriedFindingIsNotThere()
    {
        await using var store = await OpenAsync();
        await ScanAsync(store, 2, Finds("R01", "build"), Finds("R01", "never"));
        await store.Get<IScanStore>().SaveAsync(Scan(4) with { State = ScanState.Invalid }, default);
        await RanAsync(store, 6, "build", "kubernetes", 1, 1);
        await RanAsync(store, 6, "never", "docker", 1, 1);

        (await store.Get<ITriedFindings>().ReadAsync(StoreFixture.Production, default)).ShouldHaveSingleItem().Job.ShouldBe("build");
    }

    private async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        await store.ExecuteAsync("INSERT INTO words (word) VALUES ('docker'), ('docker+machine'), ('kubernetes') ON CONFLICT DO NOTHING");
        await store.Get<ITriedFindings>().ReadAsync(StoreFixture.Production, default);
        return store;
    }

    private static Task ScanAsync(StoreFixture store, int day, params Finding[] findings) => store.Get<IScanStore>().SaveAsync(Scan(day, findings), default);

    private static ProjectScan Scan(int day, params Finding[] findings) =>
        new(new ProjectId(StoreFixture.Production, 7), "main", new DateTimeOffset(2026, 11, day, 12, 0, 0, TimeSpan.Zero), ScanState.Read, null, [], findings, []);

    private static Finding Finds(string rule, string job, Severity severity = Severity.Blocks) => new(rule, severity, job, 1, "It fails.", "Mend it.", null);

    private static Task RanAsync(StoreFixture store, int day, string name, string executor, int finished, int failed) => store.ExecuteAsync(
        $"""
        INSERT INTO digest_day_job (instance, day, project, name, executor, finished, failed, infrastructure, script, timeout, ran)
        SELECT (SELECT number FROM instances WHERE name = 'production'), '2026-11-{day:00}', 7, '{name}', (SELECT id FROM words WHERE word = '{executor}'), {finished}, {failed}, 0, 0, 0, ARRAY[]::int[]
        """);
}

using System.Globalization;
using CsCheck;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

/// <summary>Sums of job classes are never to be seen: a census is what plain SQL counts in the raw rows, whatever was summed before.</summary>
public sealed class ClassSumsTests(PostgresFixture postgres)
{
    private const string Day = "(coalesce(created_at, queued_at, started_at) AT TIME ZONE 'UTC')::date";

    private const string Raw = "FROM jobs JOIN tag_sets s ON s.id = tag_set WHERE status IN (7, 8, 9, 10, 11, 12)";

    [Fact]
    public async Task Census_SummedBeforeTheLastJobsCame_IsThatOfTheRawRows() => await (
        from observations in JobLives.Observations
        from summed in Gen.Int[0, 100]
        from today in Gen.Int[2, 6]
        select (observations, summed: observations.Count * summed / 100, today)).SampleAsync(
        async sample =>
        {
            await using var store = await OpenAsync();
            await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, sample.observations[..sample.summed], default);
            await store.Get<ClassSums>().RefreshAsync(StoreFixture.Production, Today(sample.today), default);
            await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, sample.observations[sample.summed..], default);

            // The day of the sums, the one after; and windows that the first days have left.
            foreach (var at in (int[])[sample.today, sample.today + 1, 15, 17]) await ShouldBeRawAsync(store, at);
        },
        iter: 12, threads: 1);

    [Fact]
    public async Task Census_DaysBehindUnchanged_ComeFromTheirSums_UntilALateJobChangesOne()
    {
        await using var store = await OpenAsync();
        await RecordAsync(store, At(1, 0), At(2, 0), At(3, 4));
        await store.Get<ClassSums>().RefreshAsync(StoreFixture.Production, Today(4), default);
        await store.ExecuteAsync("UPDATE class_sums SET jobs = 100");
        (await SeenAsync(store, 4)).ShouldBe(101);

        await RecordAsync(store, At(4, 4));
        (await SeenAsync(store, 4)).ShouldBe(102, "a job of the running day changes no day behind");

        await RecordAsync(store, At(5, 0));
        (await SeenAsync(store, 4)).ShouldBe(5);
        await store.Get<ClassSums>().RefreshAsync(StoreFixture.Production, Today(4), default);
        (await SeenAsync(store, 4)).ShouldBe(5);
        (await store.ScalarAsync<long>("SELECT sum(jobs)::bigint FROM class_sums WHERE generation = (SELECT generation FROM class_summed)")).ShouldBe(3);
    }

    [Fact]
    public async Task UnreadProjects_AreAllThatJobsName_MostFirst_SummedOrNot()
    {
        await using var store = await OpenAsync();
        JobObservation Of(long project, JobObservation job) => job with { Project = new ProjectId(StoreFixture.Production, project) };
        var waiting = Of(8, At(6, 4)) with { Status = JobStatus.Pending, StartedAt = null, FinishedAt = null, RunnerNumber = null };
        await RecordAsync(store, Of(9, At(1, -40)), Of(9, At(2, -40)), Of(9, At(3, -40)), Of(7, At(4, 0)), Of(7, At(5, 0)), waiting);

        (await UnreadAsync()).ShouldBe([9, 7, 8]);
        await store.Get<ClassSums>().RefreshAsync(StoreFixture.Production, Today(4), default);
        (await UnreadAsync()).ShouldBe([7, 8, 9]);

        async Task<IEnumerable<long>> UnreadAsync() =>
            (await store.Get<IProjectStore>().UnreadAsync(StoreFixture.Production, DateTimeOffset.MaxValue, 10, default)).Select(project => project.Number);
    }

    private static async Task ShouldBeRawAsync(StoreFixture store, int today)
    {
        var window = Window(today);
        var days = $"{Day} BETWEEN '{window.From:yyyy-MM-dd}' AND '{window.To:yyyy-MM-dd}'";
        var census = await store.Get<IJobStore>().CensusAsync(StoreFixture.Production, window, default);
        var tags = await store.Get<IJobReader>().TagsAsync(StoreFixture.Production, window, default);

        string.Join(';', census.Classes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Needs.Project.Number} {string.Join(',', one.Needs.Tags)} {one.Needs.Protected?.ToString().ToLowerInvariant()} {one.Jobs}")).Order(StringComparer.Ordinal))
            .ShouldBe(await store.ScalarAsync<string>(
                $"SELECT coalesce(string_agg(one, ';' ORDER BY one COLLATE \"C\"), '') FROM (SELECT concat(project, ' ', array_to_string(tags, ','), ' ', protected::text, ' ', count(*)) AS one {Raw} AND {days} GROUP BY project, tags, protected) classes"));
        string.Join(';', tags.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Tag} {one.Jobs} {one.Projects}")).Order(StringComparer.Ordinal))
            .ShouldBe(await store.ScalarAsync<string>(
                $"SELECT coalesce(string_agg(one, ';' ORDER BY one COLLATE \"C\"), '') FROM (SELECT concat(tag, ' ', count(*), ' ', count(DISTINCT project)) AS one FROM (SELECT coalesce(tag, '') AS tag, project FROM jobs JOIN tag_sets s ON s.id = tag_set LEFT JOIN LATERAL unnest(s.tags) AS tag ON true WHERE status IN (7, 8, 9, 10, 11, 12) AND {days}) asked GROUP BY tag) tags"));
    }

    private static async Task<long> SeenAsync(StoreFixture store, int today) =>
        (await store.Get<IJobStore>().CensusAsync(StoreFixture.Production, Window(today), default)).JobsSeen;

    private async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        await HistoryMark.WriteAsync(store.Get<IInstanceStore>(), StoreFixture.Production, new HistoryMark(null, null, true), StoreFixture.Noon, default);
        return store;
    }

    private static Task<int> RecordAsync(StoreFixture store, params JobObservation[] jobs) => store.Get<IJobStore>().RecordAsync(StoreFixture.Production, jobs, default);

    private static JobObservation At(long number, int day) => JobStoreTests.Finished(number) with { CreatedAt = StoreFixture.Noon.AddDays(day) };

    private static DateOnly Today(int day) => DateOnly.FromDateTime(StoreFixture.Noon.UtcDateTime).AddDays(day);

    private static TimeWindow Window(int today) => CensusWindow.Until(StoreFixture.Noon.AddDays(today));
}

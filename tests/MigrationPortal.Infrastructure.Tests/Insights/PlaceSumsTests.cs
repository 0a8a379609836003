using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Insights;

public sealed class PlaceSumsTests(PostgresFixture postgres)
{
    private const string OnDocker = "executor IN (SELECT id FROM words WHERE word IN ('docker', 'docker+machine'))";

    private static readonly DateTimeOffset Now = StoreFixture.Noon.AddDays(5);
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);

    [Fact]
    public async Task Sums_AnyJobs_SayWhatTheDaysSay_AndWhatTheRawRowsSay() => await JobLives.Observations.SampleAsync(
        async observations =>
        {
            await using var store = await StoreFixture.OpenAsync(postgres);
            await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, observations, default);
            await DigestTests.CountAsync(store);
            var fromDays = await EverythingAsync(store);

            await store.Get<PlaceSums>().RefreshAsync(StoreFixture.Production, Today, default);
            await store.ExecuteAsync("DELETE FROM digest_day_place");

            (await EverythingAsync(store)).ShouldBe(fromDays);
            foreach (var days in (int[])[7, 14, 30])
                (await StragglersAsync(store, days)).OnDocker.ShouldBe(await store.ScalarAsync<long>(
                    $"SELECT count(*) FROM jobs WHERE status IN (10, 11) AND finished_at >= '{Now.AddDays(-days):yyyy-MM-dd}' AND {OnDocker}"));
            (await TagAsync(store, "docker")).Jobs.ShouldBe(await store.ScalarAsync<long>(
                "SELECT count(*) FROM jobs JOIN tag_sets s ON s.id = tag_set WHERE status IN (10, 11) AND finished_at IS NOT NULL AND 'docker' = ANY (s.tags)"));
        },
        iter: 8, threads: 1);

    [Fact]
    public async Task Sums_AfterMidnight_AreThoseOfTheDayBefore_AndSaySo_UntilSummedAgain()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [At(1, -7), At(2, 0)], default);
        await DigestTests.CountAsync(store);
        var today = DateOnly.FromDateTime(StoreFixture.Noon.UtcDateTime);
        var sums = store.Get<PlaceSums>();
        (await sums.RefreshAsync(StoreFixture.Production, today, default)).ShouldBeTrue();
        (await sums.RefreshAsync(StoreFixture.Production, today, default)).ShouldBeFalse();

        var before = await ReadAsync(StoreFixture.Noon);
        (before.Finished, DigestReading.Day(before.Basis.From), before.Basis.To).ShouldBe((2, today.AddDays(-7), StoreFixture.Noon));
        var after = await ReadAsync(StoreFixture.Noon.AddDays(1));
        (after.Finished, DigestReading.Day(after.Basis.From), after.Basis.To, after.CountedAt).ShouldBe((2, today.AddDays(-7), StoreFixture.Noon, StoreFixture.Noon));
        (await ReadAsync(StoreFixture.Noon.AddDays(2))).Finished.ShouldBe(1, "sums that are days old are not asked");

        (await sums.RefreshAsync(StoreFixture.Production, today.AddDays(1), default)).ShouldBeTrue();
        var again = await ReadAsync(StoreFixture.Noon.AddDays(1));
        (again.Finished, DigestReading.Day(again.Basis.From)).ShouldBe((1, today.AddDays(-6)));

        Task<Stragglers> ReadAsync(DateTimeOffset now) =>
            store.Get<IStragglerReader>().ReadAsync(new StragglerFilter(StoreFixture.Production, TimeWindow.Last(TimeSpan.FromDays(7), now)), default);
    }

    private static async Task<string> EverythingAsync(StoreFixture store)
    {
        var said = new List<object>();
        foreach (var days in (int[])[7, 14, 30])
        {
            var all = await StragglersAsync(store, days);
            said.Add((all.Basis, all.Finished, all.Projects, all.CountedAt));
            said.AddRange(all.Items);
            said.AddRange(all.Sources.OrderBy(one => one.Source, StringComparer.Ordinal));
            said.AddRange(await store.Get<IStragglerReader>().PlacesAsync(Filter(days), null, default));
        }
        foreach (var tag in (string[])["", "docker", "linux"])
        {
            var detail = await TagAsync(store, tag);
            said.Add((detail.Finished, detail.TagsKnown, detail.Jobs, detail.OnDocker, detail.RefCount, detail.ProjectCount, detail.CountedAt));
            said.AddRange([.. detail.Sources, .. detail.Sets, .. detail.Refs, .. detail.Projects]);
        }
        said.AddRange((await store.Get<IJobReader>().TagsAsync(StoreFixture.Production, CensusWindow.Until(Now), default)).Select(one => one with { Sources = [string.Join(',', one.Sources)] })
            .Select(one => (one.Tag, one.Jobs, one.Projects, one.Refs, one.Sources[0])).Cast<object>());
        return string.Join('\n', said);
    }

    private static Task<Stragglers> StragglersAsync(StoreFixture store, int days) => store.Get<IStragglerReader>().ReadAsync(Filter(days), default);

    private static Task<TagDetail> TagAsync(StoreFixture store, string tag) => store.Get<ITagReader>().ReadAsync(StoreFixture.Production, tag, CensusWindow.Until(Now), 50, default);

    private static StragglerFilter Filter(int days) => new(StoreFixture.Production, TimeWindow.Last(TimeSpan.FromDays(days), Now));

    private static JobObservation At(long number, int day)
    {
        var at = StoreFixture.Noon.AddDays(day);
        return JobStoreTests.Finished(number) with { CreatedAt = at, QueuedAt = at, StartedAt = at, FinishedAt = at.AddMinutes(1) };
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>The whole past is read back by a portal that is killed (-9) again and again while it does so.</summary>
public sealed class PastStory(PastWorld world, ITestOutputHelper output) : IClassFixture<PastWorld>
{
    /// <summary>Parts of the past read when the portal is killed.</summary>
    private static readonly double[] Kills = [0.1, 0.3, 0.5];

    // Instances are numbered as they are first heard of: either may be 1.
    private const string Production = "(SELECT number FROM instances WHERE name = 'production')";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WholePast_ReadBackByAPortalKilledInTheMiddle_EndsInTheTrueJobs_EachCountedOnce()
    {
        foreach (var part in Kills)
        {
            var past = await Eventually.BeAsync(PastAsync, past => past is not null && past["fraction"]!.GetValue<double>() >= part, Cancellation);
            past!["complete"]!.GetValue<bool>().ShouldBeFalse("it is killed in the middle");
            output.WriteLine($"killed at {past["fraction"]!.GetValue<double>():0 %}, complete since {past["completeSince"]}");
            await world.KillPortalAsync();
            await world.Portal.StartAsync(Cancellation);
            var resumed = await Eventually.BeAsync(PastAsync, past => past is not null, Cancellation);
            resumed!["fraction"]!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(part, "it goes on where it stopped");
        }

        await Eventually.BeAsync(PastAsync, past => past?["complete"]!.GetValue<bool>() == true, Cancellation);
        var truth = (await world.Control.JobsAsync(Cancellation)).Where(job => job.FinishedAt is not null && job.StartedAt is not null).Select(Line).ToHashSet();
        truth.Count.ShouldBeGreaterThan(15_000);
        var differing = await Eventually.BeAsync(
            async () =>
            {
                var recorded = await RecordedAsync();
                return (recorded.Count, Some: string.Join('\n', recorded.Where(job => !truth.Contains(job)).Take(5).Concat(truth.Except(recorded).Take(5))));
            },
            seen => seen.Count == truth.Count && seen.Some.Length == 0, Cancellation);
        output.WriteLine($"{differing.Count} jobs are the world's");

        // Each job once: both sides from the same moment, whatever the sweeps are at.
        (await world.RowsAsync(Recount("rollup_hour_result", "hour, executor, kind", "date_trunc('hour', finished_at), executor, kind", "status IN (10, 11) AND finished_at IS NOT NULL"))).ShouldBe([["0"]]);
        (await world.RowsAsync(Recount("rollup_day_project", "day, project, executor, kind", "(finished_at AT TIME ZONE 'UTC')::date, project, executor, kind", "status IN (10, 11) AND finished_at IS NOT NULL"))).ShouldBe([["0"]]);
        (await world.RowsAsync($"SELECT sum(started)::text, (SELECT count(*)::text FROM jobs WHERE started_at IS NOT NULL AND instance = {Production}) FROM rollup_hour_start WHERE instance = {Production}"))
            .Single().Distinct().Count().ShouldBe(1);
    }

    private async Task<JsonNode?> PastAsync() => (await world.Api.GetAsync("status", Cancellation))["history"];

    private async Task<IReadOnlyList<string>> RecordedAsync() =>
    [
        .. (await world.RowsAsync(
            $"""
            SELECT number::text, project::text, status::text, coalesce(word, 'unknown'), coalesce(runner::text, ''),
                to_char(started_at AT TIME ZONE 'UTC', 'DD HH24:MI:SS'), to_char(finished_at AT TIME ZONE 'UTC', 'DD HH24:MI:SS')
            FROM jobs LEFT JOIN words ON words.id = executor WHERE instance = {Production} AND status IN (10, 11, 12) AND started_at IS NOT NULL
            """)).Select(row => string.Join(' ', row)),
    ];

    private static string Line(TrueJob job) =>
        string.Join(' ', job.Id, job.ProjectId, Status(job.Status), job.Executor ?? "unknown", job.RunnerId, At(job.StartedAt), At(job.FinishedAt));

    private static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("dd HH:mm:ss", CultureInfo.InvariantCulture);

    // The numbers of GitLab's final states in the portal's table.
    private static string Status(string word) => word switch { "success" => "10", "failed" => "11", "canceled" => "12", _ => word };

    private static string Recount(string rollup, string key, string raw, string kept) =>
        $"""
        WITH counted AS (SELECT instance, {key}, jobs FROM {rollup} WHERE jobs <> 0),
            recounted AS (SELECT instance, {raw}, count(*) FROM jobs WHERE {kept} GROUP BY instance, {raw})
        SELECT count(*)::text FROM ((TABLE counted EXCEPT ALL TABLE recounted) UNION ALL (TABLE recounted EXCEPT ALL TABLE counted)) AS differing
        """;
}

using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>From the raw rows of the last hour, which an index by time finds, and from digests of whole days.</summary>
internal sealed class GuardFactsReader(
    Database database, InstanceNumbers instances, IJobCollection collection, IFleetStore fleet, GuardQueueReader queue, IWorldClock clock) : IGuardFacts
{
    // As in the digest.
    private const string Columns = "project, tag_set, kubernetes_finished, kubernetes_failed, kubernetes_infrastructure, docker_finished, docker_failed, docker_infrastructure, kubernetes_unread, docker_unread";

    private static readonly string Hour = DigestDays.ArmsOf("AND j.started_at >= $2");

    public async Task<GuardFacts> ReadAsync(InstanceId instance, GuardQuestion question, CancellationToken cancel)
    {
        var (now, number) = (clock.Now(instance), await instances.NumberAsync(instance, cancel));
        var snapshot = await fleet.LatestAsync(instance, cancel);
        var today = DigestReading.Day(now);
        var hour = await ArmsAsync(
            Hour,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(question.Since.ToUniversalTime());
                values.AddWithValue((now - BurstRule.Window).ToUniversalTime());
                // What finishes at this moment counts.
                values.AddWithValue(now.AddSeconds(1).ToUniversalTime());
            },
            _ => today, cancel);
        // Further back than what is usual is taken from.
        var days = await DaysAsync(number, DigestReading.Day(question.Since).AddDays(-SequenceFacts.Reach), today, cancel);
        var usual = days.Where(arm => arm.Day >= today.AddDays(-IncidentFinder.Trailing.Days)).Aggregate((K: default(ArmCounts), D: default(ArmCounts)), (sum, arm) => (sum.K + arm.Kubernetes, sum.D + arm.Docker));
        var (stuck, waiting) = await queue.ReadAsync(instance, question, snapshot, now, cancel);
        return new GuardFacts(
            now, question.Since, await collection.LookedAtAsync(instance, cancel), HourOf(hour), usual.D, usual.K,
            SequenceFacts.Of(days.Where(arm => arm.Day >= LookPlan.FirstWhole(question.Since))), stuck, Contact(snapshot),
            new StartFacts(await StartedAsync(number, snapshot, now - BlackoutRule.Silence, cancel), waiting), question.Latest?.BreachedFor(now, question.Since) ?? [])
        {
            BeforeAfter = SequenceFacts.BeforeAfter(days, question.Since, today),
        };
    }

    private static HourFacts HourOf(List<ArmDay> hour) => new(
        hour.Aggregate(default(ArmCounts), (sum, arm) => sum + arm.Kubernetes), Projects(hour, arm => arm.Kubernetes.Failed), Projects(hour, arm => arm.Kubernetes.Infrastructure),
        hour.Aggregate(default(ArmCounts), (sum, arm) => sum + arm.Docker));

    private static int Projects(List<ArmDay> hour, Func<ArmDay, long> failed) => hour.Where(arm => failed(arm) > 0).Select(arm => arm.Project).Distinct().Count();

    private Task<List<ArmDay>> DaysAsync(short number, DateOnly from, DateOnly until, CancellationToken cancel) => ArmsAsync(
        $"SELECT {Columns}, day FROM digest_day_arm WHERE instance = $1 AND day >= $2 AND day < $3 ORDER BY day, project, tag_set",
        values =>
        {
            values.AddWithValue(number);
            values.AddWithValue(from);
            values.AddWithValue(until);
        },
        row => row.GetFieldValue<DateOnly>(10), cancel);

    private Task<List<ArmDay>> ArmsAsync(string sql, Action<NpgsqlParameterCollection> fill, Func<NpgsqlDataReader, DateOnly> day, CancellationToken cancel)
    {
        static long At(NpgsqlDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);
        static ArmCounts Counts(NpgsqlDataReader row, int column, int unread) => new(At(row, column), At(row, column + 1), At(row, column + 2), At(row, unread));
        return database.QueryAsync(sql, fill, row => new ArmDay(At(row, 0), day(row), Counts(row, 2, 8), Counts(row, 5, 9), row.GetInt32(1).ToString(CultureInfo.InvariantCulture)), cancel);
    }

    // Two halves, because each has an index of its own.
    private async Task<long> StartedAsync(short number, FleetSnapshot? snapshot, DateTimeOffset since, CancellationToken cancel) => (await database.QueryAsync(
        """
        SELECT (SELECT count(*) FROM jobs WHERE instance = $1 AND status < 10 AND started_at >= $2 AND runner = ANY ($3))
            + (SELECT count(*) FROM jobs WHERE instance = $1 AND status >= 10 AND finished_at >= $2 AND started_at >= $2 AND runner = ANY ($3))
        """,
        values =>
        {
            values.AddWithValue(number);
            values.AddWithValue(since.ToUniversalTime());
            values.AddWithValue(snapshot?.Managed(RunnerRole.Kubernetes).Select(runner => runner.Id.Number).ToArray() ?? []);
        },
        row => row.GetInt64(0), cancel)).Single();

    private static ContactFacts Contact(FleetSnapshot? snapshot)
    {
        if (snapshot is null) return new ContactFacts(null, 0, 0, 0);
        var kubernetes = snapshot.Managed(RunnerRole.Kubernetes).Where(runner => !runner.Attributes.Paused && !JobMatcher.IsStale(runner.Observed, snapshot.TakenAt)).ToList();
        int InContact(IEnumerable<FleetRunner> runners) => runners.Count(runner => JobMatcher.InContact(runner.Observed, snapshot.TakenAt));
        return new ContactFacts(snapshot.TakenAt, kubernetes.Count, InContact(kubernetes), InContact(snapshot.Managed(RunnerRole.Legacy)));
    }
}

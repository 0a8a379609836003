using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// Finds finished jobs without an index for each filter: rollups say in which hours or days there are any, and only those
/// are looked through, latest first, in growing bites, until a page is full or enough was read for one answer.
/// </summary>
internal sealed class FinishedJobs(Database database, JobWords words)
{
    private const long FirstBite = 50_000;
    private const long MostJobs = 1_000_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly JobRows _rows = new(database, words);

    /// <param name="filter">Of the columns as <see cref="JobReader"/> writes it, without time and paging.</param>
    public async Task<FinishedPage> ReadAsync(JobFilter filter, short instance, Func<SqlWhere> filtered, int limit, JobMark? after, CancellationToken cancel)
    {
        var window = filter.Finished ?? throw new ArgumentException("Finished jobs are looked for in a window.", nameof(filter));
        if (after is { } mark && mark.FinishedAt < window.To) window = window with { To = mark.Number > 0 ? mark.FinishedAt.AddTicks(TimeSpan.TicksPerMicrosecond) : mark.FinishedAt };
        var hours = await HoursAsync(filter, window, instance, cancel);
        var found = new List<JobRow>();
        var (read, bite, next) = (0L, FirstBite, 0);
        while (next < hours.Count && found.Count <= limit && read < MostJobs)
        {
            var first = next;
            for (long taken = 0; next < hours.Count && (taken == 0 || taken + hours[next].Jobs <= bite); next++) taken += hours[next].Jobs;
            found.AddRange(await BiteAsync(filter, filtered(), window, hours[first..next], limit + 1 - found.Count, after, cancel));
            read += hours[first..next].Sum(hour => hour.Jobs);
            bite *= 2;
        }

        if (found.Count > limit) return new FinishedPage(found[..limit], new JobMark(found[limit - 1].FinishedAt!.Value, found[limit - 1].Id.Number), null);
        if (next >= hours.Count) return new FinishedPage(found, null, null);
        var reached = hours[next - 1].Hour > window.From ? hours[next - 1].Hour : window.From;
        return new FinishedPage(found, new JobMark(reached, 0), reached);
    }

    private async Task<IReadOnlyList<JobRow>> BiteAsync(
        JobFilter filter, SqlWhere where, TimeWindow window, IReadOnlyList<(DateTimeOffset Hour, long Jobs)> hours, int limit, JobMark? after, CancellationToken cancel)
    {
        var spans = new List<TimeWindow>();
        foreach (var (hour, _) in hours)
        {
            var span = new TimeWindow(hour > window.From ? hour : window.From, hour + Hour < window.To ? hour + Hour : window.To);
            if (spans.Count > 0 && spans[^1].From == span.To) spans[^1] = spans[^1] with { From = span.From };
            else spans.Add(span);
        }

        where.And($"({string.Join(" OR ", spans.Select(span => $"(j.finished_at >= {where.Value(span.From)} AND j.finished_at < {where.Value(span.To)})"))})");
        if (after is { } mark) where.And($"(j.finished_at, j.number) < ({where.Value(mark.FinishedAt)}, {where.Value(mark.Number)})");
        return await _rows.ReadAsync(filter.Instance, where, "j.finished_at DESC, j.number DESC", limit, cancel);
    }

    // Latest first, with all jobs that finished then: what looking through them costs.
    private async Task<List<(DateTimeOffset Hour, long Jobs)>> HoursAsync(JobFilter filter, TimeWindow window, short instance, CancellationToken cancel)
    {
        var jobs = await HoursAsync("rollup_hour_result", "hour", "sum(jobs)::bigint", Scope(window, instance), cancel);
        if (filter.Status is not (null or JobStatus.Success or JobStatus.Failed)) return Every(window, jobs);
        var there = await Task.WhenAll(Tables(filter).Select(async table =>
        {
            var where = Scope(window, instance, table.ByDay);
            table.Narrow(where);
            return (table.ByDay, Times: (await HoursAsync(table.Name, table.ByDay ? "(day::timestamp AT TIME ZONE 'UTC')" : "hour", "1::bigint", where, cancel)).Keys);
        }));
        return [.. jobs.Where(hour => there.All(table => table.Times.Contains(table.ByDay ? hour.Key - hour.Key.TimeOfDay : hour.Key)))
            .Select(hour => (hour.Key, hour.Value)).OrderByDescending(hour => hour.Key)];
    }

    // Each says when jobs with some of the filter's properties finished; a job must be in all of them.
    private static IEnumerable<(string Name, bool ByDay, Action<SqlWhere> Narrow)> Tables(JobFilter filter)
    {
        var executors = filter.Executor is { } family ? ExecutorNames.Of(family) : null;
        void Common(SqlWhere where)
        {
            if (executors is not null) where.And("executor IN (SELECT id FROM words WHERE word = ANY ({0}))", executors);
            if (filter.Kind is { } kind) where.And("kind = {0}", (short)kind);
            if (filter.Status is { } status) where.And(status == JobStatus.Success ? "kind = 0" : "kind <> 0");
            where.And("jobs > 0");
        }

        yield return ("rollup_hour_result", false, Common);
        if (filter.Project is { } project) yield return ("rollup_day_project", true, where => { Common(where); where.And("project = {0}", project.Number); });
        if (filter.Runner is { } runner) yield return ("rollup_hour_runner", false, where => { Common(where); where.And("runner = {0}", runner); });
        if (filter.RunnerVersion is { } version) yield return ("rollup_hour_runner", false, where => { Common(where); where.And(JobWords.In("version", where, version)); });
        if (filter.Reason is { } reason) yield return ("rollup_day_reason", true, where => { Common(where); where.And(JobWords.In("reason", where, reason)).And("kind <> 0"); });
        if (filter.Tag is { } tag) yield return ("rollup_day_tags", true, where => { Common(where); where.And(JobReader.Tagged("tag_set", tag), tag); });
    }

    private async Task<Dictionary<DateTimeOffset, long>> HoursAsync(string table, string time, string jobs, SqlWhere where, CancellationToken cancel) =>
        (await database.QueryAsync($"SELECT {time}, {jobs} FROM {table} WHERE {where} GROUP BY 1", where.Fill, row => (At: row.GetFieldValue<DateTimeOffset>(0), Jobs: row.GetInt64(1)), cancel))
        .ToDictionary(row => row.At, row => row.Jobs);

    // The keys begin with the time: one probe a bucket finds a project or a runner without reading all others.
    private static SqlWhere Scope(TimeWindow window, short instance, bool byDay = false)
    {
        var hours = Hours(window).Select(hour => hour.UtcDateTime);
        return byDay
            ? new SqlWhere().And("instance = {0}", instance).And("day = ANY ({0})", hours.Select(DateOnly.FromDateTime).Distinct().ToArray())
            : new SqlWhere().And("instance = {0}", instance).And("hour = ANY ({0})", hours.ToArray());
    }

    // Rollups count what succeeded or failed: for other endings every hour may have some.
    private static List<(DateTimeOffset Hour, long Jobs)> Every(TimeWindow window, Dictionary<DateTimeOffset, long> jobs) =>
        [.. Hours(window).Reverse().Select(hour => (hour, Math.Max(1, jobs.GetValueOrDefault(hour))))];

    private static IEnumerable<DateTimeOffset> Hours(TimeWindow window)
    {
        var from = window.From.ToUniversalTime();
        for (var hour = from.AddTicks(-(from.Ticks % Hour.Ticks)); hour < window.To; hour += Hour) yield return hour;
    }
}

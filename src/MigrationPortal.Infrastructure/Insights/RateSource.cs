using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>
/// A table that can answer for some dimensions. The first that has all of a question's dimensions answers it; raw rows
/// answer what no rollup can.
/// </summary>
internal sealed record RateSource(string Table, string Time, bool ByHour, IReadOnlySet<Dimension> Has)
{
    // More probes of an index than this cost more than reading the range.
    private const int MostProbes = 2_500;

    private const string Raw =
        """
        (SELECT instance, date_trunc('hour', finished_at) AS hour, finished_at, 1 AS jobs, (attempt = 2)::int AS retries, kind, reason, project, runner, version, tag_set, executor
         FROM jobs WHERE status IN (10, 11) AND finished_at IS NOT NULL) raw
        """;

    private static readonly RateSource[] All =
    [
        new("rollup_hour_result", "hour", true, Set()),
        new("rollup_day_runner", "day", false, Set(Dimension.Runner, Dimension.RunnerVersion)),
        new("rollup_hour_runner", "hour", true, Set(Dimension.Runner, Dimension.RunnerVersion)),
        new("rollup_day_project", "day", false, Set(Dimension.Project)),
        new("rollup_day_reason", "day", false, Set(Dimension.Reason)),
        new("rollup_day_tags", "day", false, Set(Dimension.Tag)),
        new(Raw, "hour", true, Set(Dimension.Project, Dimension.Reason, Dimension.Tag, Dimension.Runner, Dimension.RunnerVersion)),
    ];

    /// <summary>Knows every dimension, at the price of reading single jobs.</summary>
    public static RateSource SingleJobs => All[^1];

    public bool IsRaw => Table == Raw;

    /// <summary>Its rows are the cells asked for but for the kind of failure: PostgreSQL would take longer to group them than to send them.</summary>
    public bool IsNearly(InsightFilter filter) => this == All[0] && filter.Bucket == Bucket.Hour;

    public static RateSource For(InsightFilter filter)
    {
        var asked = filter.Where.Keys.Append(filter.By).Concat(filter.ManagedOnly ? [Dimension.Runner] : []);
        return All.First(source => (source.ByHour || filter.Bucket == Bucket.Day) && asked.All(source.Has.Contains));
    }

    /// <summary>The start of the bucket, as timestamptz.</summary>
    public string At(Bucket bucket) => ByHour
        ? bucket == Bucket.Hour ? Time : $"(date_trunc('day', {Time} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')"
        : $"({Time}::timestamp AT TIME ZONE 'UTC')";

    /// <summary>Whole buckets: the one in which the window begins counts in full.</summary>
    public SqlWhere Where(InsightFilter filter, short instance)
    {
        var step = ByHour && filter.Bucket == Bucket.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        var from = Floor(filter.Window.From.ToUniversalTime(), step);
        var where = new SqlWhere().And("instance = {0}", instance);
        Within(where, filter, from, filter.Window.To.ToUniversalTime());
        foreach (var (executor, hours) in filter.LeftOut.Where(_ => ByHour))
            where.And($"NOT (executor IN (SELECT id FROM words WHERE word = ANY ({where.Value(NamesOf(executor))})) AND hour = ANY ({where.Value(Hours(hours))}))");
        Narrow(where, filter, instance);
        return where;
    }

    /// <summary>Of single jobs: those in the hours that a question leaves out, which a rollup by the day counted.</summary>
    public static SqlWhere LeftOut(InsightFilter filter, short instance)
    {
        var where = new SqlWhere().And("instance = {0}", instance);
        var (from, to) = (Floor(filter.Window.From.ToUniversalTime(), TimeSpan.FromDays(1)), filter.Window.To.ToUniversalTime());
        var hit = filter.LeftOut.SelectMany(executor => executor.Value.Where(hour => hour >= from && hour < to).Select(hour =>
            $"(finished_at >= {where.Value(hour)} AND finished_at < {where.Value(hour.AddHours(1))} AND executor IN (SELECT id FROM words WHERE word = ANY ({where.Value(NamesOf(executor.Key))})))")).ToList();
        where.And(hit.Count == 0 ? "false" : $"({string.Join(" OR ", hit)})");
        Narrow(where, filter, instance);
        return where;
    }

    public static void Narrow(SqlWhere where, InsightFilter filter, short instance)
    {
        if (filter.ManagedOnly) where.And("runner IN (SELECT s.number FROM runner_standings s JOIN instances i ON i.name = s.instance WHERE i.number = {0} AND s.managed)", instance);
        foreach (var (dimension, value) in filter.Where) Keep(where, dimension, value.Split(','));
        if (filter.Only is { } only) Keep(where, filter.By, [.. only]);
    }

    private void Within(SqlWhere where, InsightFilter filter, DateTimeOffset from, DateTimeOffset to)
    {
        var column = IsRaw ? "finished_at" : Time;
        var buckets = Buckets(from, to, ByHour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1));
        if (!IsRaw && IsOfFew(filter) && buckets.Length <= MostProbes)
            // The keys begin with the time: for a few values, one probe a bucket beats reading all values of all buckets.
            where.And($"{column} = ANY ({{0}})", ByHour ? buckets : Array.ConvertAll(buckets, Day));
        else if (ByHour) where.And($"{column} >= {{0}}", from).And($"{column} < {{0}}", to);
        else where.And($"{column} >= {{0}}", Day(from.UtcDateTime)).And($"{column} <= {{0}}", Day(to.UtcDateTime.AddTicks(-1)));
    }

    // Runner and project follow the time in their tables' keys.
    private static bool IsOfFew(InsightFilter filter) =>
        filter.Where.Keys.Any(IsKey) || (filter.Only is { Count: <= 20 } && IsKey(filter.By));

    private static bool IsKey(Dimension dimension) => dimension is Dimension.Project or Dimension.Runner;

    private static DateTime[] Buckets(DateTimeOffset from, DateTimeOffset to, TimeSpan step) =>
        [.. Enumerable.Range(0, Math.Max(0, (int)Math.Min(MostProbes + 1, Math.Ceiling((to - from) / step)))).Select(at => (from + (at * step)).UtcDateTime)];

    // A reason is a property of the failed jobs alone: it narrows what counts as failed, never what finished.
    private static void Keep(SqlWhere where, Dimension dimension, string[] values)
    {
        switch (dimension)
        {
            case Dimension.Executor:
                where.And("executor IN (SELECT id FROM words WHERE word = ANY ({0}))", values.SelectMany(NamesOf).ToArray());
                break;
            case Dimension.Project or Dimension.Runner:
                where.And($"{Column(dimension)} = ANY ({{0}})", values.Select(value => long.TryParse(value.Split('/')[^1], out var number) ? number : -1).ToArray());
                break;
            case Dimension.RunnerVersion:
                where.And(JobWords.In("version", where, values));
                break;
            case Dimension.Tag:
                where.And($"tag_set IN (SELECT id FROM tag_sets WHERE tags && {where.Value(values)}{(values.Contains("") ? " OR tags = '{}'" : "")})");
                break;
            case Dimension.Cluster when !values.Contains(JobWords.NotKnown):
                where.And("false");
                break;
        }
    }

    public static string Column(Dimension dimension) => dimension switch
    {
        Dimension.Reason => "reason",
        Dimension.Project => "project",
        Dimension.Tag => "tag_set",
        Dimension.Runner => "runner",
        Dimension.RunnerVersion => "version",
        _ => "executor",
    };

    private static string[] NamesOf(string family) => Enum.TryParse<ExecutorFamily>(family, true, out var one) ? ExecutorNames.Of(one) : [];

    private static DateTime[] Hours(IEnumerable<DateTimeOffset> hours) => [.. hours.Select(hour => hour.UtcDateTime)];

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => at.AddTicks(-(at.Ticks % step.Ticks));

    private static DateOnly Day(DateTime at) => DateOnly.FromDateTime(at);

    // Every table knows the executor. No cluster is known before the clusters' own room: all is one, named "unknown".
    private static HashSet<Dimension> Set(params Dimension[] dimensions) => [Dimension.Executor, Dimension.Cluster, .. dimensions];
}

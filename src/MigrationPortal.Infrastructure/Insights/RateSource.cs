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
        var (from, to) = (filter.Window.From.ToUniversalTime(), filter.Window.To.ToUniversalTime());
        var where = new SqlWhere().And("instance = {0}", instance);
        if (!ByHour)
            where.And("day >= {0}", DateOnly.FromDateTime(from.UtcDateTime)).And("day <= {0}", DateOnly.FromDateTime(to.UtcDateTime.AddTicks(-1)));
        else
        {
            var step = filter.Bucket == Bucket.Hour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerDay;
            var column = Table == Raw ? "finished_at" : "hour";
            where.And($"{column} >= {{0}}", from.AddTicks(-(from.Ticks % step))).And($"{column} < {{0}}", to);
        }

        if (filter.ManagedOnly) where.And("runner IN (SELECT s.number FROM runner_standings s JOIN instances i ON i.name = s.instance WHERE i.number = {0} AND s.managed)", instance);
        foreach (var (dimension, value) in filter.Where) Keep(where, dimension, value);
        return where;
    }

    // A reason is a property of the failed jobs alone: it narrows what counts as failed, never what finished.
    private static void Keep(SqlWhere where, Dimension dimension, string value)
    {
        switch (dimension)
        {
            case Dimension.Executor when Enum.TryParse<ExecutorFamily>(value, true, out var family):
                where.And("executor IN (SELECT id FROM words WHERE word = ANY ({0}))", ExecutorNames.Of(family));
                break;
            case Dimension.Project or Dimension.Runner when long.TryParse(value.Split('/')[^1], out var number):
                where.And($"{Column(dimension)} = {{0}}", number);
                break;
            case Dimension.RunnerVersion:
                where.And("version IN (SELECT id FROM words WHERE word = {0})", value);
                break;
            case Dimension.Tag:
                where.And(value.Length == 0 ? "tag_set IN (SELECT id FROM tag_sets WHERE tags = '{{}}')" : "tag_set IN (SELECT id FROM tag_sets WHERE {0} = ANY (tags))", value);
                break;
            case Dimension.Reason:
                break;
            default:
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

    // Every table knows the executor. No cluster is known before the clusters' own room: all is one, named "unknown".
    private static HashSet<Dimension> Set(params Dimension[] dimensions) => [Dimension.Executor, Dimension.Cluster, .. dimensions];
}

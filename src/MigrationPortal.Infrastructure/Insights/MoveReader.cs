using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Insights;

internal sealed class MoveReader(Database database, InstanceNumbers instances) : IMoveReader
{
    public async Task<MovesRead> ReadAsync(MoveFilter filter, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(filter.Instance, cancel);
        var compared = Where(filter, number);
        var count = await database.QueryAsync($"SELECT count(*) FROM {From(compared, filter)} WHERE {compared}", compared.Fill, row => row.GetInt64(0), cancel);
        var kind = filter.Kind switch { null => 1, FailureKind.Infrastructure => 2, FailureKind.Script => 3, FailureKind.Timeout => 4, _ => throw new ArgumentOutOfRangeException(nameof(filter), $"{filter.Kind} is not counted apart.") };
        var where = Where(filter, number).And($"m.after_failed[{kind}]::bigint * m.before_finished > m.before_failed[{kind}]::bigint * m.after_finished");
        var higher = await database.QueryAsync(
            $"""
            SELECT m.project, m.name, m.moved_on, m.before_finished, m.before_failed, m.before_median, m.after_finished, m.after_failed, m.after_median,
                m.beside_finished, m.beside_failed, m.beside_median, p.path
            FROM {From(where, filter)} WHERE {where}
            """,
            where.Fill,
            row => (
                new JobMove(new ProjectId(filter.Instance, row.GetInt64(0)), row.GetString(1), row.GetFieldValue<DateOnly>(2), Side(row, 3), Side(row, 6), Side(row, 9)),
                row.GetTextOrNull(12)),
            cancel);
        return new MovesRead(count.Single(), higher, await DigestReading.CountedAtAsync(database, number, cancel));
    }

    public async Task<IReadOnlyList<(double Kubernetes, double Docker)>> PairedMediansAsync(InstanceId instance, long leastJobs, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return await database.QueryAsync(
            """
            SELECT after_median, docker FROM (
                SELECT after_median, CASE WHEN beside_finished >= $2 THEN beside_median WHEN before_finished >= $2 THEN before_median END AS docker
                FROM job_moves WHERE instance = $1 AND after_finished >= $2) sides
            WHERE after_median > 0 AND docker > 0
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(leastJobs);
            },
            row => (row.GetDouble(0), row.GetDouble(1)), cancel);
    }

    private static string From(SqlWhere where, MoveFilter filter) =>
        $"job_moves m LEFT JOIN projects p ON p.instance = {where.Value(filter.Instance.Name)} AND p.number = m.project";

    private static SqlWhere Where(MoveFilter filter, short number)
    {
        var where = new SqlWhere().And("m.instance = {0}", number).And("m.before_finished >= {0}", Regressions.LeastJobs).And("m.after_finished >= {0}", Regressions.LeastJobs);
        if (filter.Project is { } project) where.And("m.project = {0}", project.Number);
        if (filter.Owner is { } owner) where.And("split_part(p.path, '/', 1) = {0}", owner);
        if (filter.Search is { } search) where.And($"(strpos(lower(p.path), lower({where.Value(search)})) > 0 OR strpos(lower(m.name), lower({where.Value(search)})) > 0)");
        return where;
    }

    private static JobSide Side(NpgsqlDataReader row, int at)
    {
        var failed = row.GetFieldValue<int[]>(at + 1);
        return new JobSide(row.GetInt32(at), new FailureCounts(failed[0], failed[1], failed[2], failed[3]), row.GetOrNull<double>(at + 2));
    }
}

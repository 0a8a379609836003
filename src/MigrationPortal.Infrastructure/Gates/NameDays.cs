using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>A few projects' jobs by name, from the digest: it tells neither tags nor runners apart, and is kept for some weeks.</summary>
internal static class NameDays
{
    private const string Sql =
        """
        SELECT project, name, day, coalesce(sum(finished) FILTER (WHERE k), 0), coalesce(sum(failed) FILTER (WHERE k), 0), coalesce(sum(infrastructure) FILTER (WHERE k), 0),
            coalesce(sum(finished) FILTER (WHERE NOT k), 0), coalesce(sum(failed) FILTER (WHERE NOT k), 0), coalesce(sum(infrastructure) FILTER (WHERE NOT k), 0)
        FROM (
            SELECT d.*, w.word = ANY ($5) AS k FROM digest_day_job d JOIN words w ON w.id = d.executor
            WHERE d.instance = $1 AND d.day >= $2 AND d.day < $3 AND d.project = ANY ($4) AND (w.word = ANY ($5) OR w.word = ANY ($6))) one
        GROUP BY project, name, day ORDER BY day, project, name COLLATE "C"
        """;

    /// <param name="until">The day after the last one.</param>
    public static async Task<IReadOnlyList<NameDay>> ReadAsync(Database database, short instance, IReadOnlyList<long> projects, DateOnly from, DateOnly until, CancellationToken cancel) => await database.QueryAsync(
        Sql,
        values =>
        {
            values.AddWithValue(instance);
            values.AddWithValue(from);
            values.AddWithValue(until);
            values.AddWithValue(projects.ToArray());
            values.AddWithValue(ExecutorNames.Of(ExecutorFamily.Kubernetes).ToArray());
            values.AddWithValue(ExecutorNames.Of(ExecutorFamily.Docker).ToArray());
        },
        row => new NameDay(row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), Counts(row, 3), Counts(row, 6)), cancel);

    private static ArmCounts Counts(NpgsqlDataReader row, int column) => new(row.GetInt64(column), row.GetInt64(column + 1), row.GetInt64(column + 2));
}

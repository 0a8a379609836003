using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// Which raw jobs were dropped for their age. Their rollups stay, so a dropped job that is seen again (a webhook sent
/// anew, a list read from its beginning) must not be recorded and counted a second time.
/// </summary>
/// <param name="Lowest">Every partition that was dropped held lower numbers than this.</param>
/// <param name="Since">Nothing that was dropped had moved on at or after it; no value before the first drop.</param>
/// <param name="Drops">How many partitions were dropped so far.</param>
internal sealed record KeptJobs(long Lowest, DateTimeOffset Since, int Drops)
{
    private static readonly KeptJobs All = new(0, DateTimeOffset.MinValue, 0);

    public static async Task<KeptJobs> ReadAsync(NpgsqlConnection connection, short instance, CancellationToken cancel) =>
        (await connection.QueryAsync(
            "SELECT lowest, since, drops FROM jobs_kept WHERE instance = $1", values => values.AddWithValue(instance),
            row => new KeptJobs(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt32(2)), cancel)).SingleOrDefault(All);

    /// <summary>
    /// False for a job that must have been dropped. One with an old number that moved on since then is new all the same:
    /// a manual job that somebody started a year later.
    /// </summary>
    public bool MayRecord(JobObservation seen) => seen.Id.Number >= Lowest || (seen.FinishedAt ?? seen.StartedAt ?? seen.QueuedAt) >= Since;
}

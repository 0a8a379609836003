using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>Removes the digests of days that nobody asks for any more: with 100,000 active projects they would be the biggest tables of all.</summary>
internal sealed class DigestRetention(Database database, InstanceNumbers instances)
{
    private static readonly string[] Tables = ["digest_day_job", "digest_day_place", "digest_day_arm", "digest_days"];

    /// <returns>How many days were removed.</returns>
    public async Task<int> RemoveAsync(InstanceId instance, DateOnly before, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var days = await database.QueryAsync("SELECT day FROM digest_days WHERE instance = $1 AND day < $2 ORDER BY day", values => Fill(values, before), row => row.GetFieldValue<DateOnly>(0), cancel);
        // One day at a time: the first run after an update may find a year of them.
        foreach (var day in days)
        {
            await database.InTransactionAsync(
                async connection =>
                {
                    var rows = 0;
                    foreach (var table in Tables) rows += await connection.ExecuteAsync($"DELETE FROM {table} WHERE instance = $1 AND day = $2", values => Fill(values, day), cancel);
                    return rows;
                },
                cancel);
        }

        return days.Count;

        void Fill(NpgsqlParameterCollection values, DateOnly day)
        {
            values.AddWithValue(number);
            values.AddWithValue(day);
        }
    }
}

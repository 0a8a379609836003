using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>Removes the digests of days that nobody asks for any more: with 100,000 active projects they would be the biggest tables of all.</summary>
internal sealed class DigestRetention(Database database, InstanceNumbers instances)
{
    private static readonly string[] OfPages = ["digest_day_job", "digest_day_place"];
    private static readonly string[] All = [.. OfPages, "digest_day_arm", "digest_days"];

    /// <param name="before">Days of which nothing is asked any more.</param>
    /// <param name="pagesBefore">Days of which gates alone ask, who need the arms; not earlier.</param>
    /// <returns>Of how many days something was removed.</returns>
    public async Task<int> RemoveAsync(InstanceId instance, DateOnly before, DateOnly pagesBefore, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var days = await database.QueryAsync("SELECT day FROM digest_days WHERE instance = $1 AND day < $2 ORDER BY day", values => Fill(values, pagesBefore), row => row.GetFieldValue<DateOnly>(0), cancel);
        // One day at a time: the first run after an update may find a year of them.
        var removed = 0;
        foreach (var day in days)
        {
            var rows = await database.InTransactionAsync(
                async connection =>
                {
                    var gone = 0;
                    foreach (var table in day < before ? All : OfPages) gone += await connection.ExecuteAsync($"DELETE FROM {table} WHERE instance = $1 AND day = $2", values => Fill(values, day), cancel);
                    return gone;
                },
                cancel);
            if (rows > 0) removed++;
        }

        return removed;

        void Fill(NpgsqlParameterCollection values, DateOnly day)
        {
            values.AddWithValue(number);
            values.AddWithValue(day);
        }
    }
}

using MigrationPortal.Domain.Shared;
using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>What no reader of hourly failure rates by executor could do without: its rollup rows, read by one plain query into the client and thrown away.</summary>
internal static class PlainRollup
{
    public static async Task<int> ReadAsync(NpgsqlDataSource source, TimeWindow window, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT hour, executor, kind, jobs FROM rollup_hour_result WHERE instance = 1 AND hour >= $1 AND hour < $2");
        command.Parameters.AddWithValue(window.From);
        command.Parameters.AddWithValue(window.To);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var read = 0;
        for (; await rows.ReadAsync(cancel); read++)
            _ = (rows.GetFieldValue<DateTimeOffset>(0), rows.GetInt32(1), rows.GetInt16(2), rows.GetInt64(3));
        return read;
    }
}

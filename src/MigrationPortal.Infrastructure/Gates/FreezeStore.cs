using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Gates;

internal sealed class FreezeStore(Database database) : IFreezeStore
{
    private const string Columns = "id, instance, name, starts, ends, time_zone, recurrence, except_starts, uid, ended_at, version";

    public async Task<IReadOnlyList<FreezeWindow>> ListAsync(InstanceId instance, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM freeze_windows WHERE instance = $1 ORDER BY starts, id", values => values.AddWithValue(instance.Name), Read, cancel);

    public async Task<FreezeWindow?> FindAsync(InstanceId instance, long id, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {Columns} FROM freeze_windows WHERE instance = $1 AND id = $2", values => Name(values, instance, id), Read, cancel)).SingleOrDefault();

    public async Task<FreezeWindow> AddAsync(FreezeWindow window, CancellationToken cancel) => (await WriteAsync(
        $"INSERT INTO freeze_windows (instance, name, starts, ends, time_zone, recurrence, except_starts, uid, ended_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) RETURNING {Columns}",
        window, _ => { }, cancel)).Single();

    public async Task<FreezeWindow?> SaveAsync(FreezeWindow window, CancellationToken cancel) => (await WriteAsync(
        $"""
        UPDATE freeze_windows SET name = $2, starts = $3, ends = $4, time_zone = $5, recurrence = $6, except_starts = $7, uid = $8, ended_at = $9, version = version + 1
        WHERE instance = $1 AND id = $10 AND version = $11 RETURNING {Columns}
        """,
        window,
        values =>
        {
            values.AddWithValue(window.Id);
            values.AddWithValue(window.Version);
        },
        cancel)).SingleOrDefault();

    public Task<bool> RemoveAsync(InstanceId instance, long id, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            if (await connection.ExecuteAsync("DELETE FROM freeze_windows WHERE instance = $1 AND id = $2", values => Name(values, instance, id), cancel) == 0) return false;
            await connection.NotifyAsync(new PortalEvent(PortalTopic.Phases, instance, null), cancel);
            return true;
        },
        cancel);

    private Task<List<FreezeWindow>> WriteAsync(string sql, FreezeWindow window, Action<NpgsqlParameterCollection> last, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            var written = await connection.QueryAsync(
                sql,
                values =>
                {
                    Fill(values, window);
                    last(values);
                },
                Read, cancel);
            if (written.Count > 0) await connection.NotifyAsync(new PortalEvent(PortalTopic.Phases, window.Instance, null), cancel);
            return written;
        },
        cancel);

    private static void Fill(NpgsqlParameterCollection values, FreezeWindow window)
    {
        values.AddWithValue(window.Instance.Name);
        values.AddWithValue(window.Name);
        values.AddWithValue(Wall(window.Start));
        values.AddWithValue(Wall(window.End));
        values.AddWithValue(window.TimeZone);
        values.Add(new NpgsqlParameter<string?> { TypedValue = window.Recurrence });
        values.AddWithValue(window.Except.Select(Wall).ToArray());
        values.AddWithValue(window.Uid);
        values.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = window.EndedAt?.ToUniversalTime() });
    }

    private static void Name(NpgsqlParameterCollection values, InstanceId instance, long id)
    {
        values.AddWithValue(instance.Name);
        values.AddWithValue(id);
    }

    private static DateTime Wall(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);

    private static FreezeWindow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new InstanceId(row.GetString(1)), row.GetString(2), row.GetDateTime(3), row.GetDateTime(4), row.GetString(5), row.GetTextOrNull(6), row.GetFieldValue<DateTime[]>(7), row.GetString(8),
        row.GetOrNull<DateTimeOffset>(9), row.GetInt64(10));
}

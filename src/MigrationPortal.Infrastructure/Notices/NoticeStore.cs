using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Notices;

internal sealed class NoticeStore(Database database) : INoticeStore
{
    private const string Filtered = "FROM notices n WHERE n.instance = $1 AND ($2 = 0 OR n.severity >= 1) AND ($2 < 2 OR n.taken_by IS NULL)";

    public async Task<IReadOnlyList<StoredNotice>> NewestAsync(InstanceId instance, NoticeFilter filter, int limit, long? before, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {NoticeRow.Columns} {Filtered} AND n.id < $3 ORDER BY n.id DESC LIMIT $4",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue((int)filter);
            values.AddWithValue(before ?? long.MaxValue);
            values.AddWithValue(limit);
        },
        row => NoticeRow.Read(row),
        cancel);

    public async Task<StoredNotice?> FindAsync(long id, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {NoticeRow.Columns} FROM notices n WHERE n.id = $1", values => values.AddWithValue(id), row => NoticeRow.Read(row), cancel)).SingleOrDefault();

    public async Task<long> CountAsync(InstanceId instance, NoticeFilter filter, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT count(*) {Filtered}",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue((int)filter);
        },
        row => row.GetInt64(0),
        cancel)).Single();

    public async Task<bool> TakeAsync(long id, Actor? from, Actor who, DateTimeOffset at, CancellationToken cancel) => (await database.QueryAsync(
        """
        WITH taken AS (UPDATE notices SET taken_by = $3, taken_at = $4 WHERE id = $1 AND taken_by IS NOT DISTINCT FROM $2 RETURNING id, instance)
        SELECT pg_notify($5, json_build_object('topic', 'notices', 'instance', instance, 'id', id)::text) FROM taken
        """,
        values =>
        {
            values.AddWithValue(id);
            values.Add(new NpgsqlParameter<string?> { TypedValue = from is null ? null : ActorText.Write(from) });
            values.AddWithValue(ActorText.Write(who));
            values.AddWithValue(at.UtcDateTime);
            values.AddWithValue(PortalEvents.Channel);
        },
        _ => true,
        cancel)).Count > 0;

    public Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancel) => database.ExecuteAsync(
        "DELETE FROM notices WHERE stored_at < $1", values => values.AddWithValue(before.UtcDateTime), cancel);
}

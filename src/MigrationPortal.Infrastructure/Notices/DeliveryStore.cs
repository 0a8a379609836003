using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Notices;

internal sealed class DeliveryStore(Database database) : IDeliveryStore
{
    private const string Columns = $"d.id, d.channel, d.state, d.tries, d.queued_at, d.due_at, d.ended_at, d.said, {NoticeRow.Columns}";

    public async Task<IReadOnlyList<Delivery>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel) => await database.QueryAsync(
        $"""
        SELECT {Columns} FROM (
            SELECT d.*, row_number() OVER (PARTITION BY d.channel ORDER BY d.queued_at, d.id) AS place FROM notice_deliveries d JOIN notice_channels c ON c.id = d.channel
            WHERE d.state = 0 AND CASE WHEN c.is_on THEN d.due_at <= $1 ELSE d.queued_at <= $2 END) d
        JOIN notices n ON n.id = d.notice WHERE d.place <= $3 ORDER BY d.queued_at, d.id
        """,
        values =>
        {
            values.AddWithValue(now.UtcDateTime);
            values.AddWithValue((now - RetryPause.GiveUpAfter).UtcDateTime);
            values.AddWithValue(limit);
        },
        Read,
        cancel);

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel) => (await database.QueryAsync(
        "SELECT min(d.due_at) FROM notice_deliveries d JOIN notice_channels c ON c.id = d.channel WHERE d.state = 0 AND c.is_on", _ => { },
        row => row.GetOrNull<DateTimeOffset>(0), cancel)).Single();

    public Task SaveAsync(Delivery delivery, CancellationToken cancel) => database.QueryAsync(
        """
        WITH saved AS (UPDATE notice_deliveries SET state = $2, tries = $3, due_at = $4, ended_at = $5, said = $6 WHERE id = $1 AND state = 0 RETURNING id)
        SELECT pg_notify($7, $8) FROM saved
        """,
        values =>
        {
            values.AddWithValue(delivery.Id);
            values.AddWithValue((short)delivery.State);
            values.AddWithValue(delivery.Tries);
            values.AddWithValue(delivery.DueAt.UtcDateTime);
            values.Add(new NpgsqlParameter<DateTime?> { TypedValue = delivery.EndedAt?.UtcDateTime });
            values.Add(new NpgsqlParameter<string?> { TypedValue = delivery.Said });
            values.AddWithValue(PortalEvents.Channel);
            values.AddWithValue(StoreJson.Write(new PortalEvent(PortalTopic.Notices, delivery.Notice.Notice.Instance, delivery.Notice.Id)));
        },
        _ => true,
        cancel);

    public async Task<IReadOnlyList<Delivery>> NewestAsync(DeliveryState? state, long? channel, int limit, Guid? before, CancellationToken cancel) => await database.QueryAsync(
        $"""
        SELECT {Columns} FROM notice_deliveries d JOIN notices n ON n.id = d.notice
        WHERE ($1::smallint IS NULL OR d.state = $1) AND ($2::bigint IS NULL OR d.channel = $2) AND ($3::uuid IS NULL OR d.id < $3) ORDER BY d.id DESC LIMIT $4
        """,
        values =>
        {
            values.Add(new NpgsqlParameter<short?> { TypedValue = (short?)state });
            values.Add(new NpgsqlParameter<long?> { TypedValue = channel });
            values.Add(new NpgsqlParameter<Guid?> { TypedValue = before });
            values.AddWithValue(limit);
        },
        Read,
        cancel);

    public async Task<IReadOnlyList<ChannelUse>> UseAsync(DateTimeOffset now, CancellationToken cancel) => await database.QueryAsync(
        """
        SELECT c.id, count(d.id) FILTER (WHERE d.state = 0), count(d.id) FILTER (WHERE d.state = 2 AND d.ended_at > $1), max(d.ended_at) FILTER (WHERE d.state = 1),
            (SELECT l.said FROM notice_deliveries l WHERE l.channel = c.id AND l.state <> 1 AND l.tries > 0
                AND l.queued_at > coalesce((SELECT max(o.queued_at) FROM notice_deliveries o WHERE o.channel = c.id AND o.state = 1), '-infinity') ORDER BY l.id DESC LIMIT 1)
        FROM notice_channels c LEFT JOIN notice_deliveries d ON d.channel = c.id GROUP BY c.id
        """,
        values => values.AddWithValue(now.AddDays(-1).UtcDateTime),
        row => new ChannelUse(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetOrNull<DateTimeOffset>(3), row.GetTextOrNull(4)),
        cancel);

    private static Delivery Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), NoticeRow.Read(row, 8), row.GetInt64(1), (DeliveryState)row.GetInt16(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<DateTimeOffset>(5), row.GetOrNull<DateTimeOffset>(6), row.GetTextOrNull(7));
}

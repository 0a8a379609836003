using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>The notice and its deliveries, in the caller's transaction or one of their own.</summary>
internal sealed class Outbox(Database database, TimeProvider time) : INotices
{
    public Task TellAsync(Notice notice, CancellationToken cancel) => TellAsync(notice, () => WantingAsync(notice, cancel), cancel);

    public Task TellAsync(Notice notice, long channel, CancellationToken cancel) => TellAsync(notice, () => StillThereAsync(channel, cancel), cancel);

    private Task<bool> TellAsync(Notice notice, Func<Task<IEnumerable<long>>> to, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return database.TogetherAsync(
            async _ =>
            {
                var now = time.GetUtcNow();
                if (await AddAsync(notice, now, cancel) is not { } id) return (false, false);
                foreach (var channel in await to()) await QueueAsync(id, channel, now, cancel);
                await database.ExecuteAsync(
                    "SELECT pg_notify($1, $2)",
                    values =>
                    {
                        values.AddWithValue(PortalEvents.Channel);
                        values.AddWithValue(StoreJson.Write(new PortalEvent(PortalTopic.Notices, notice.Instance, id)));
                    },
                    cancel);
                return (true, true);
            },
            cancel);
    }

    // A key that another transaction holds just now is waited for: who is first tells, the other finds it told.
    private async Task<long?> AddAsync(Notice notice, DateTimeOffset now, CancellationToken cancel) => (await database.QueryAsync(
        """
        INSERT INTO notices (instance, key, kind, severity, sentence, numbers, link, at, stored_at) VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9)
        ON CONFLICT (instance, key) DO NOTHING RETURNING id
        """,
        values =>
        {
            values.AddWithValue(notice.Instance.Name);
            values.AddWithValue(notice.Key);
            values.AddWithValue(notice.Kind.Name);
            values.AddWithValue((short)notice.Severity);
            values.AddWithValue(notice.Sentence);
            values.AddWithValue(StoreJson.Write(notice.Numbers));
            values.AddWithValue(notice.Link);
            values.AddWithValue(notice.At.UtcDateTime);
            values.AddWithValue(now.UtcDateTime);
        },
        row => (long?)row.GetInt64(0),
        cancel)).SingleOrDefault();

    // Held until the end of the transaction: a channel that is removed at this moment must not fail the caller's change.
    private async Task<IEnumerable<long>> WantingAsync(Notice notice, CancellationToken cancel) => (await database.QueryAsync(
            "SELECT id, rules FROM notice_channels WHERE is_on ORDER BY id FOR KEY SHARE",
            _ => { },
            row => (Id: row.GetInt64(0), Rules: StoreJson.Read<NoticeRules>(row.GetString(1))),
            cancel))
        .Where(channel => channel.Rules.Want(notice)).Select(channel => channel.Id);

    private async Task<IEnumerable<long>> StillThereAsync(long channel, CancellationToken cancel) => await database.QueryAsync(
        "SELECT id FROM notice_channels WHERE id = $1 FOR KEY SHARE", values => values.AddWithValue(channel), row => row.GetInt64(0), cancel);

    private Task<int> QueueAsync(long notice, long channel, DateTimeOffset now, CancellationToken cancel) => database.ExecuteAsync(
        "INSERT INTO notice_deliveries (id, notice, channel, state, tries, queued_at, due_at) VALUES ($1, $2, $3, $4, 0, $5, $5)",
        values =>
        {
            values.AddWithValue(Guid.CreateVersion7(now));
            values.AddWithValue(notice);
            values.AddWithValue(channel);
            values.AddWithValue((short)DeliveryState.Waiting);
            values.AddWithValue(now.UtcDateTime);
        },
        cancel);
}

using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Notices;

internal sealed class PersonMailStore(Database database, TimeProvider time) : IPersonMails
{
    public async Task QueueAsync(IReadOnlyCollection<PersonMail> mails, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        foreach (var mail in mails)
            await database.ExecuteAsync(
                """
                INSERT INTO person_mails (id, instance, person, key, subject, text, link, state, tries, queued_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9)
                ON CONFLICT (instance, person, key) DO NOTHING
                """,
                values =>
                {
                    values.AddWithValue(Guid.CreateVersion7(now));
                    values.AddWithValue(mail.Person.Instance.Name);
                    values.AddWithValue(mail.Person.Number);
                    values.AddWithValue(mail.Key);
                    values.AddWithValue(mail.Subject);
                    values.AddWithValue(mail.Text);
                    values.AddWithValue(mail.Link);
                    values.AddWithValue((short)DeliveryState.Waiting);
                    values.AddWithValue(now.UtcDateTime);
                },
                cancel);
    }

    public async Task<IReadOnlyList<QueuedMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel) => await database.QueryAsync(
        """
        SELECT id, instance, person, key, subject, text, link, state, tries, queued_at, due_at, ended_at, said FROM person_mails
        WHERE state = 0 AND due_at <= $1 ORDER BY queued_at, id LIMIT $2
        """,
        values =>
        {
            values.AddWithValue(now.UtcDateTime);
            values.AddWithValue(limit);
        },
        row => new QueuedMail(
            row.GetGuid(0), new PersonMail(new UserId(new InstanceId(row.GetString(1)), row.GetInt64(2)), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)),
            (DeliveryState)row.GetInt16(7), row.GetInt32(8), row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10), row.GetOrNull<DateTimeOffset>(11), row.GetTextOrNull(12)),
        cancel);

    public Task SaveAsync(QueuedMail mail, CancellationToken cancel) => database.ExecuteAsync(
        """
        UPDATE person_mails SET state = $2, tries = $3, queued_at = $4, due_at = $5, ended_at = $6, said = $7,
            subject = CASE WHEN $6::timestamptz IS NULL THEN subject ELSE '' END, text = CASE WHEN $6::timestamptz IS NULL THEN text ELSE '' END
        WHERE id = $1 AND state = 0
        """,
        values =>
        {
            values.AddWithValue(mail.Id);
            values.AddWithValue((short)mail.State);
            values.AddWithValue(mail.Tries);
            values.AddWithValue(mail.QueuedAt.UtcDateTime);
            values.AddWithValue(mail.DueAt.UtcDateTime);
            values.Add(new NpgsqlParameter<DateTime?> { TypedValue = mail.EndedAt?.UtcDateTime });
            values.Add(new NpgsqlParameter<string?> { TypedValue = mail.Said });
        },
        cancel);

    public async Task<MailCounts> CountAsync(InstanceId instance, string key, CancellationToken cancel) => (await database.QueryAsync(
        """
        SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 2),
            (array_agg(said ORDER BY ended_at DESC NULLS FIRST) FILTER (WHERE state <> 1 AND said IS NOT NULL))[1]
        FROM person_mails WHERE instance = $1 AND key = $2
        """,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(key);
        },
        row => new MailCounts((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2), row.GetTextOrNull(3)),
        cancel)).Single();
}

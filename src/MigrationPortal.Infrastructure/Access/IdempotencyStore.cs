using MigrationPortal.Domain.Access;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Access;

internal sealed class IdempotencyStore(Database database) : IIdempotencyStore
{
    // A first request that died with its process must not block the key for good.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(2);

    public Task<IdempotencyClaim> ClaimAsync(
        string caller, string route, string key, string bodyHash, DateTimeOffset now, CancellationToken cancel) => database.InTransactionAsync<IdempotencyClaim>(
        async connection =>
        {
            var claimed = await connection.ExecuteAsync(
                """
                INSERT INTO idempotency_keys AS old (caller, route, key, body_hash, claimed_at) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (caller, route, key) DO UPDATE SET claimed_at = excluded.claimed_at
                WHERE old.status IS NULL AND old.body_hash = excluded.body_hash AND old.claimed_at < $6
                """,
                values =>
                {
                    Name(values, caller, route, key);
                    values.AddWithValue(bodyHash);
                    values.AddWithValue(now.ToUniversalTime());
                    values.AddWithValue((now - AbandonedAfter).ToUniversalTime());
                },
                cancel);
            if (claimed > 0) return new IdempotencyClaim.Yours();
            var there = await connection.QueryAsync(
                "SELECT body_hash, status, body, location FROM idempotency_keys WHERE caller = $1 AND route = $2 AND key = $3",
                values => Name(values, caller, route, key),
                row => (Hash: row.GetString(0), Status: row.GetOrNull<int>(1), Body: row.GetTextOrNull(2), Location: row.GetTextOrNull(3)),
                cancel);
            return there switch
            {
                [] => new IdempotencyClaim.UnderWay(), // given back this very moment: the caller asks again
                [var one] when one.Hash != bodyHash => new IdempotencyClaim.OtherBody(),
                [{ Status: { } status } one] => new IdempotencyClaim.Answered(new StoredAnswer(status, one.Body ?? "", one.Location)),
                _ => new IdempotencyClaim.UnderWay(),
            };
        },
        cancel);

    public Task AnswerAsync(string caller, string route, string key, StoredAnswer answer, CancellationToken cancel) => database.ExecuteAsync(
        "UPDATE idempotency_keys SET status = $4, body = $5, location = $6 WHERE caller = $1 AND route = $2 AND key = $3",
        values =>
        {
            Name(values, caller, route, key);
            values.AddWithValue(answer.Status);
            values.AddWithValue(answer.Body);
            values.AddWithValue((object?)answer.Location ?? DBNull.Value);
        },
        cancel);

    public Task ForgetAsync(string caller, string route, string key, CancellationToken cancel) => database.ExecuteAsync(
        "DELETE FROM idempotency_keys WHERE caller = $1 AND route = $2 AND key = $3 AND status IS NULL",
        values => Name(values, caller, route, key),
        cancel);

    public Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancel) =>
        database.ExecuteAsync("DELETE FROM idempotency_keys WHERE claimed_at < $1", values => values.AddWithValue(before.ToUniversalTime()), cancel);

    private static void Name(NpgsqlParameterCollection values, string caller, string route, string key)
    {
        values.AddWithValue(caller);
        values.AddWithValue(route);
        values.AddWithValue(key);
    }
}

using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>One statement a verb, so that two connections cannot both believe that they won.</summary>
internal sealed class LeaseStore(Database database) : ILeaseStore
{
    public async Task<Lease?> TryAcquireAsync(string name, string holder, DateTimeOffset now, TimeSpan length, CancellationToken cancel) =>
        await OneAsync(
            """
            INSERT INTO leases AS old (name, holder, token, expires_at) VALUES ($1, $2, 1, $4)
            ON CONFLICT (name) DO UPDATE SET holder = $2, token = old.token + 1, expires_at = $4
            WHERE old.holder IS NULL OR old.expires_at <= $3
            RETURNING token, expires_at
            """,
            (name, holder),
            values =>
            {
                values.AddWithValue(name);
                values.AddWithValue(holder);
                values.AddWithValue(now.ToUniversalTime());
                values.AddWithValue((now + length).ToUniversalTime());
            },
            cancel);

    public async Task<Lease?> RenewAsync(Lease lease, DateTimeOffset now, TimeSpan length, CancellationToken cancel) =>
        await OneAsync(
            "UPDATE leases SET expires_at = $3 WHERE name = $1 AND token = $2 AND holder IS NOT NULL AND expires_at > $4 RETURNING token, expires_at",
            (lease.Name, lease.Holder),
            values =>
            {
                values.AddWithValue(lease.Name);
                values.AddWithValue(lease.Token);
                values.AddWithValue((now + length).ToUniversalTime());
                values.AddWithValue(now.ToUniversalTime());
            },
            cancel);

    public Task ReleaseAsync(Lease lease, CancellationToken cancel) => database.ExecuteAsync(
        "UPDATE leases SET holder = NULL WHERE name = $1 AND token = $2",
        values =>
        {
            values.AddWithValue(lease.Name);
            values.AddWithValue(lease.Token);
        },
        cancel);

    private async Task<Lease?> OneAsync(
        string sql, (string Name, string Holder) lease, Action<NpgsqlParameterCollection> fill, CancellationToken cancel) =>
        (await database.QueryAsync(
            sql, fill, row => new Lease(lease.Name, lease.Holder, row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)), cancel)).SingleOrDefault();
}

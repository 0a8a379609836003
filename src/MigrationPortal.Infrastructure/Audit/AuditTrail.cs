using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Audit;

/// <summary>One writer at a time (an advisory lock), so that sequence and chain have no gaps; a trigger refuses changes.</summary>
internal sealed class AuditTrail(Database database) : IAuditTrail
{
    private const string Start = "0000000000000000000000000000000000000000000000000000000000000000";

    public Task AppendAsync(AuditEntry entry, CancellationToken cancel) =>
        ChangeAsync(() => Task.FromResult((true, (AuditEntry?)entry)), cancel);

    public Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel) => database.TogetherAsync(
        async context =>
        {
            var (result, entry) = await change();
            if (entry is not null) await AppendAsync(context, entry, cancel);
            return (result, entry is not null);
        },
        cancel);

    public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<AuditRecord>>(
            async context => (await context.Audit.AsNoTracking().Where(row => before == null || row.Sequence < before)
                    .OrderByDescending(row => row.Sequence).Take(limit).ToListAsync(cancel))
                .ConvertAll(row => new AuditRecord(
                    row.Sequence, new AuditEntry(row.At, row.Instance, row.Who, row.What, row.Subject, row.Why, row.Before, row.After), row.Hash)),
            cancel);

    public async Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT EXISTS (SELECT FROM audit_entries WHERE instance = $1 AND who = 'portal' AND what = $2 AND subject = $3)",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(what);
            values.AddWithValue(subject);
        },
        row => row.GetBoolean(0), cancel)).Single();

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => database.WithContextAsync(
        async context =>
        {
            long entries = 0;
            var hash = Start;
            await foreach (var row in context.Audit.AsNoTracking().OrderBy(row => row.Sequence).AsAsyncEnumerable().WithCancellation(cancel))
            {
                // A missing entry shows at the next one; a cut-off end shows by the entries' number alone.
                if (row.Sequence != entries + 1 || row.Hash != Hash(hash, row)) return new AuditVerdict(entries, row.Sequence);
                hash = row.Hash;
                entries++;
            }

            return new AuditVerdict(entries, null);
        },
        cancel);

    private static async Task AppendAsync(PortalDbContext context, AuditEntry entry, CancellationToken cancel)
    {
        await ((NpgsqlConnection)context.Database.GetDbConnection()).LockAsync("audit", cancel);
        var last = await context.Audit.AsNoTracking().OrderByDescending(row => row.Sequence)
            .Select(row => new { row.Sequence, row.Hash }).FirstOrDefaultAsync(cancel);
        // PostgreSQL keeps microseconds: hash what will be read back.
        var at = entry.At.ToUniversalTime();
        var row = new AuditRow
        {
            Sequence = (last?.Sequence ?? 0) + 1,
            At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)),
            Instance = entry.Instance,
            Who = entry.Who,
            What = entry.What,
            Subject = entry.Subject,
            Why = entry.Why,
            Before = entry.Before,
            After = entry.After,
        };
        row.Hash = Hash(last?.Hash ?? Start, row);
        context.Audit.Add(row);
        await context.SaveChangesAsync(cancel);
        await context.NotifyAsync(new PortalEvent(PortalTopic.Audit, entry.Instance, row.Sequence), cancel);
    }

    private static string Hash(string previous, AuditRow row)
    {
        var canonical = StoreJson.Write(new
        {
            row.Sequence,
            At = row.At.UtcDateTime,
            Instance = row.Instance?.Name,
            Who = ActorText.Write(row.Who),
            row.What,
            row.Subject,
            row.Why,
            row.Before,
            row.After,
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(previous + canonical)));
    }
}

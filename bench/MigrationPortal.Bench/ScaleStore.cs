using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>A store with millions of jobs of 10,000 projects, spread over 30 days and recorded by the portal itself; filled once for all figures that ask for so many.</summary>
internal sealed record ScaleStore(IServiceProvider Services, NpgsqlDataSource Source, string Connection)
{
    public const int Many = 10_000_000;

    private const int Days = 30;
    private const int Batch = 50_000;
    private static readonly ConcurrentDictionary<int, ScaleStore> Filled = new();

    public static TimeWindow Window { get; } = new(BenchJobs.Start, BenchJobs.Start.AddDays(Days));

    public static async Task<ScaleStore> OpenAsync(BenchDatabases databases, int jobs, CancellationToken cancellation)
    {
        if (Filled.TryGetValue(jobs, out var there)) return there;
        var (services, source, connection) = await BenchStore.OpenNamedAsync(databases, cancellation);
        var store = services.GetRequiredService<IJobStore>();
        var made = new BenchJobs(BenchStore.Instance, 7, jobs / Days, projects: 10_000);
        for (var recorded = 0; recorded < jobs; recorded += Batch) await store.RecordAsync(BenchStore.Instance, made.Next(Batch), cancellation);
        await SettleAsync(source, cancellation);
        return Filled[jobs] = new ScaleStore(services, source, connection);
    }

    /// <summary>What the digest sweep would have counted in the 30 days; nothing where it has.</summary>
    public async Task CountDaysAsync(CancellationToken cancellation)
    {
        var (days, since) = (Services.GetRequiredService<DigestDays>(), DateOnly.FromDateTime(Window.From.UtcDateTime));
        var changed = await days.ChangedAsync(BenchStore.Instance, since, cancellation);
        foreach (var day in changed) await days.CountAsync(BenchStore.Instance, day, Window.To, cancellation);
        if (changed.Count > 0) await Services.GetRequiredService<MoveStore>().FindAsync(BenchStore.Instance, since, cancellation);
    }

    /// <summary>Waits until the portal's own sweeps have left what the query counts.</summary>
    /// <param name="sql">Gives a count.</param>
    public async Task UntilAnyAsync(string sql, CancellationToken cancellation)
    {
        await using var ask = Source.CreateCommand(sql);
        while ((long)(await ask.ExecuteScalarAsync(cancellation))! == 0) await Task.Delay(500, cancellation);
    }

    // As autovacuum would have in the 30 days.
    private static async Task SettleAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var vacuum = source.CreateCommand("VACUUM ANALYZE");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync(cancellation);
    }
}

using System.Runtime.InteropServices;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <param name="Key">The dimension's value as it is stored: an id, or the number of a word or tag set.</param>
internal readonly record struct RateCell(DateTimeOffset At, long Key, long Failed, long Finished)
{
    /// <summary>A job whose reason came in between may have changed its kind: never less than none, never more failed than finished.</summary>
    public RateCell Without(RateCell part)
    {
        var finished = Math.Max(0, Finished - part.Finished);
        return this with { Finished = finished, Failed = Math.Clamp(Failed - part.Failed, 0, finished) };
    }
}

/// <summary>Failed and finished jobs from whichever table can answer, by bucket or over the whole window.</summary>
internal sealed class RateCells(Database database)
{
    /// <param name="perBucket">False: one cell a key; its time is the window's begin.</param>
    public async Task<List<RateCell>> ReadAsync(InsightFilter filter, bool perBucket, short instance, CancellationToken cancel)
    {
        var source = RateSource.For(filter);
        if (source.ByHour || filter.LeftOut.Count == 0) return await ReadAsync(filter, source, source.Where(filter, instance), perBucket, cancel);
        // Days are counted whole: the hours to leave out are taken off again, job by job. They are read first, so that what is recorded meanwhile is never taken off uncounted.
        var off = (await ReadAsync(filter, RateSource.SingleJobs, RateSource.LeftOut(filter, instance), perBucket, cancel)).ToDictionary(cell => (cell.At, cell.Key));
        return [.. (await ReadAsync(filter, source, source.Where(filter, instance), perBucket, cancel))
            .Select(cell => off.TryGetValue((cell.At, cell.Key), out var hit) ? cell.Without(hit) : cell).Where(cell => cell.Finished > 0)];
    }

    private async Task<List<RateCell>> ReadAsync(InsightFilter filter, RateSource source, SqlWhere where, bool perBucket, CancellationToken cancel)
    {
        if (perBucket && source.IsNearly(filter)) return await KindsAsync(filter, source, where, cancel);
        var failed = filter.Kind is { } kind ? $"kind = {where.Value((short)kind)}" : "kind <> 0";
        if (filter.Where.TryGetValue(Dimension.Reason, out var reason))
            failed += $" AND {JobWords.In("reason", where, reason.Split(','))}";
        var jobs = filter.FirstAttempts ? "(jobs - retries)::int" : "jobs::int";
        var column = RateSource.Column(filter.By);
        var at = perBucket ? source.At(filter.Bucket) : $"{where.Value(filter.Window.From)}::timestamptz";
        return await database.QueryAsync(
            // int sums to bigint, bigint to numeric, which costs thrice: no cell holds two thousand million jobs.
            $"""
            SELECT {at} AS at, {column}::bigint AS key, coalesce(sum({jobs}) FILTER (WHERE {failed}), 0), sum({jobs})
            FROM {source.Table} WHERE {where} AND {column} IS NOT NULL GROUP BY 1, {column} HAVING sum({jobs}) > 0
            """,
            where.Fill, row => new RateCell(row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel);
    }

    private async Task<List<RateCell>> KindsAsync(InsightFilter filter, RateSource source, SqlWhere where, CancellationToken cancel)
    {
        var wanted = (short?)filter.Kind;
        var column = RateSource.Column(filter.By);
        var kinds = await database.QueryAsync(
            $"SELECT {source.Time}, {column}, kind, {(filter.FirstAttempts ? "jobs - retries" : "jobs")} FROM {source.Table} WHERE {where}",
            where.Fill,
            row =>
            {
                var (kind, jobs) = (row.GetInt16(2), row.GetInt64(3));
                return new RateCell(row.GetFieldValue<DateTimeOffset>(0), row.GetInt32(1), (wanted is { } one ? kind == one : kind != (short)FailureKind.None) ? jobs : 0, jobs);
            },
            cancel);
        var joined = new Dictionary<(long, long), RateCell>(kinds.Count);
        foreach (var kind in kinds)
        {
            ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(joined, (kind.At.UtcTicks, kind.Key), out _);
            cell = kind with { Failed = cell.Failed + kind.Failed, Finished = cell.Finished + kind.Finished };
        }

        return [.. joined.Values.Where(cell => cell.Finished > 0)];
    }
}

using System.Runtime.InteropServices;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// What a batch changes in the rollups: a row that moved on is taken out as it was and put in as it is. Only jobs that
/// succeeded or failed are results; a job counts as started in the hour of its start, whatever becomes of it.
/// </summary>
internal sealed class RollupDelta(JobWords words)
{
    public Dictionary<(DateTime Hour, int Executor), StartCell> Starts { get; } = [];

    public Dictionary<(DateTime Hour, int Executor, FailureKind Kind), ResultCell> Results { get; } = [];

    public Dictionary<(DateTime Hour, long Runner, int Version, int Executor, FailureKind Kind), Count> Runners { get; } = [];

    public Dictionary<(DateOnly Day, long Runner, int Version, int Executor, FailureKind Kind), Count> RunnerDays { get; } = [];

    public Dictionary<(DateOnly Day, long Project, int Executor, FailureKind Kind), Count> Projects { get; } = [];

    public Dictionary<(DateOnly Day, int Executor, int Reason, FailureKind Kind), Count> Reasons { get; } = [];

    public Dictionary<(DateOnly Day, int TagSet, int Executor, FailureKind Kind), Count> TagSets { get; } = [];

    public Dictionary<(DateOnly Day, long Project, int TagSet, short Protected), Count> Classes { get; } = [];

    public static RollupDelta Of(JobWords words, IReadOnlyList<(StoredJob? Old, StoredJob Now)> changes)
    {
        var delta = new RollupDelta(words);
        foreach (var (old, now) in changes)
        {
            if (old is not null) delta.Add(old, -1);
            delta.Add(now, +1);
        }

        return delta;
    }

    private void Add(StoredJob job, int sign)
    {
        var seen = job.Seen;
        var executor = words[job.Executor.ToString()];
        var tags = words[seen.Tags];
        if (seen.StartedAt is { } started)
        {
            ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(Starts, (HourOf(started), executor), out _);
            cell ??= new StartCell();
            cell.Started += sign;
            if (seen.Tags is null) cell.TagsUnknown += sign;
            else if (seen.Tags.IsEmpty) cell.Untagged += sign;
            if (seen.QueuedAt is { } queued) cell.Queued[TimeHistogram.BucketOf((started - queued).TotalSeconds)] += sign;
        }

        if (seen.FinishedAt is { } finished && seen.Status is JobStatus.Success or JobStatus.Failed)
            AddResult(job, seen.FinishedAt!.Value, executor, tags, sign);

        if (seen.Status.Rank() >= JobStatus.Pending.Rank() && (seen.CreatedAt ?? seen.QueuedAt ?? seen.StartedAt) is { } created)
            Bump(Classes, (DayOf(created), seen.Project.Number, tags, seen.Protected switch { null => (short)0, false => (short)1, true => (short)2 }), new Count(sign, 0));
    }

    private void AddResult(StoredJob job, DateTimeOffset finished, int executor, int tags, int sign)
    {
        var (seen, kind, hour, day) = (job.Seen, job.Kind, HourOf(finished), DayOf(finished));
        var one = new Count(sign, job.Attempt == JobAttempt.Retry ? sign : 0);
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(Results, (hour, executor, kind), out _);
        cell ??= new ResultCell();
        cell.Count += one;
        if (seen.StartedAt is { } started) cell.Ran[TimeHistogram.BucketOf((finished - started).TotalSeconds)] += sign;
        if (seen.RunnerNumber is { } runner)
        {
            Bump(Runners, (hour, runner, words[job.Version], executor, kind), one);
            Bump(RunnerDays, (day, runner, words[job.Version], executor, kind), one);
        }

        Bump(Projects, (day, seen.Project.Number, executor, kind), one);
        Bump(Reasons, (day, executor, kind == FailureKind.None ? 0 : words[seen.FailureReason], kind), one);
        Bump(TagSets, (day, tags, executor, kind), one);
    }

    private static void Bump<TKey>(Dictionary<TKey, Count> cells, TKey key, Count count) where TKey : notnull
    {
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(cells, key, out _);
        cell += count;
    }

    private static DateTime HourOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, DateTimeKind.Utc);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <param name="Retries">How many of the jobs are no first attempts.</param>
    internal readonly record struct Count(long Jobs, long Retries)
    {
        public static Count operator +(Count one, Count other) => new(one.Jobs + other.Jobs, one.Retries + other.Retries);
    }

    internal sealed class StartCell
    {
        public long Started { get; set; }

        public long Untagged { get; set; }

        public long TagsUnknown { get; set; }

        public long[] Queued { get; } = new long[TimeHistogram.Buckets];
    }

    internal sealed class ResultCell
    {
        public Count Count { get; set; }

        public long[] Ran { get; } = new long[TimeHistogram.Buckets];
    }
}

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

    public Dictionary<(DateTime Hour, long Runner, int Version, int Executor, FailureKind Kind), long> Runners { get; } = [];

    public Dictionary<(DateOnly Day, long Project, int Executor, FailureKind Kind), long> Projects { get; } = [];

    public Dictionary<(DateOnly Day, int Executor, int Reason, FailureKind Kind), long> Reasons { get; } = [];

    public Dictionary<(DateOnly Day, int TagSet, int Executor, FailureKind Kind), long> TagSets { get; } = [];

    public Dictionary<(DateOnly Day, long Project, int TagSet, short Protected), long> Classes { get; } = [];

    public void Add(StoredJob job, int sign)
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
            Bump(Classes, (DayOf(created), seen.Project.Number, tags, seen.Protected switch { null => (short)0, false => (short)1, true => (short)2 }), sign);
    }

    private void AddResult(StoredJob job, DateTimeOffset finished, int executor, int tags, int sign)
    {
        var (seen, kind, hour, day) = (job.Seen, job.Kind, HourOf(finished), DayOf(finished));
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(Results, (hour, executor, kind), out _);
        cell ??= new ResultCell();
        cell.Jobs += sign;
        if (seen.StartedAt is { } started) cell.Ran[TimeHistogram.BucketOf((finished - started).TotalSeconds)] += sign;
        if (seen.RunnerNumber is { } runner) Bump(Runners, (hour, runner, words[job.Version], executor, kind), sign);
        Bump(Projects, (day, seen.Project.Number, executor, kind), sign);
        Bump(Reasons, (day, executor, kind == FailureKind.None ? 0 : words[seen.FailureReason], kind), sign);
        Bump(TagSets, (day, tags, executor, kind), sign);
    }

    private static void Bump<TKey>(Dictionary<TKey, long> cells, TKey key, int sign) where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(cells, key, out _) += sign;

    private static DateTime HourOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, DateTimeKind.Utc);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    internal sealed class StartCell
    {
        public long Started { get; set; }

        public long Untagged { get; set; }

        public long TagsUnknown { get; set; }

        public long[] Queued { get; } = new long[TimeHistogram.Buckets];
    }

    internal sealed class ResultCell
    {
        public long Jobs { get; set; }

        public long[] Ran { get; } = new long[TimeHistogram.Buckets];
    }
}

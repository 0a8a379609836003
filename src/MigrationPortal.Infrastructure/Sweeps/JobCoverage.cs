namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// How far the list of finished jobs has been read. Every job up to <paramref name="Top"/> is recorded as final, or
/// stored as unfinished, or lies in a gap or in history.
/// </summary>
/// <param name="Gaps">Walks that were interrupted, newest first.</param>
/// <param name="Marks">Where the top was, oldest first: what a deep walk goes down to.</param>
internal sealed record JobCoverage(long Top, IReadOnlyList<JobGap> Gaps, IReadOnlyList<JobMark>? Marks = null)
{
    /// <summary>
    /// A retried pipeline takes skipped jobs up again under their old numbers, and a short one may begin and end
    /// between two looks. So each hour one walk goes down three hours instead of to the last top.
    /// </summary>
    private static readonly TimeSpan DeepEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan DeepBy = TimeSpan.FromHours(3);

    /// <returns>How far down this walk shall go, and the coverage with its new mark when it is a deep one.</returns>
    public (long DownTo, JobCoverage Next) Depth(DateTimeOffset now)
    {
        var marks = Marks ?? [];
        // With walks left over there is no budget for more.
        if (Gaps.Count > 0 || (marks.Count > 0 && now - marks[^1].At < DeepEvery)) return (Top, this);
        JobMark[] kept = [.. marks.Where(mark => mark.At >= now - DeepBy), new JobMark(now, Top)];
        return (kept[0].Top, this with { Marks = kept });
    }
}

/// <param name="Cursor">Where to go on.</param>
/// <param name="DownTo">Ids at and below it are covered.</param>
internal sealed record JobGap(string Cursor, long DownTo);

internal sealed record JobMark(DateTimeOffset At, long Top);

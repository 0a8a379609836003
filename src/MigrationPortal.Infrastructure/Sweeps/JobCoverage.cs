namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// How far the list of finished jobs has been read. Every job up to <paramref name="Top"/> is recorded as final, or
/// stored as unfinished, or lies in a gap or in history.
/// </summary>
/// <param name="Seen">
/// The highest id that this look saw, and the next one's top. Not at once: the lists are read one after the other, so
/// a job with a lower id may have come in between and stand in none of them. What was created some minutes before a look
/// is its own top: days that were missed are read once.
/// </param>
/// <param name="Gaps">Walks that were interrupted, newest first.</param>
/// <param name="Marks">Where the top was, oldest first: what a deep walk goes down to.</param>
/// <param name="LookedAt">The instance's time of this look; null in what older portals wrote.</param>
internal sealed record JobCoverage(long Top, long Seen, IReadOnlyList<JobGap> Gaps, IReadOnlyList<JobMark>? Marks = null, DateTimeOffset? LookedAt = null)
{
    /// <summary>
    /// A retried pipeline takes skipped jobs up again under their old numbers, and a short one may begin and end
    /// between two looks. So each hour one walk goes down three hours instead of to the last top.
    /// </summary>
    private static readonly TimeSpan DeepEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan DeepBy = TimeSpan.FromHours(3);

    /// <summary>A pipeline whose creation takes longer shows itself to the deep walk.</summary>
    public static readonly TimeSpan SettlesWithin = TimeSpan.FromMinutes(5);

    // With walks left over there is no budget for more.
    public bool IsDeepDue(DateTimeOffset now) => Gaps.Count == 0 && (Marks is not { Count: > 0 } marks || now - marks[^1].At >= DeepEvery);

    /// <summary>How far down a deep walk goes.</summary>
    public long DeepDownTo(DateTimeOffset now) => KeptMarks(now).FirstOrDefault()?.Top ?? Top;

    /// <summary>After a walk from the newest job.</summary>
    /// <param name="active">Ids of the jobs under way, read before it.</param>
    /// <param name="deep">It went down as far as <see cref="DeepDownTo"/>.</param>
    public JobCoverage After(JobsWalked walked, IEnumerable<long> active, bool deep, DateTimeOffset now)
    {
        var top = Math.Max(Math.Max(Top, Seen), walked.Settled);
        return new JobCoverage(
            top, active.Append(Seen).Max(), walked.Left is { } left ? [left with { Since = LookedAt }, .. Gaps] : Gaps,
            deep ? [.. KeptMarks(now), new JobMark(now, top)] : Marks, now);
    }

    private IEnumerable<JobMark> KeptMarks(DateTimeOffset now) => (Marks ?? []).Where(mark => mark.At >= now - DeepBy);
}

/// <param name="Cursor">Where to go on; null: at the newest.</param>
/// <param name="DownTo">Ids at and below it are covered.</param>
/// <param name="Since">Of the look before: jobs of the gap were created after it, about.</param>
/// <param name="Until">They were created before it.</param>
internal sealed record JobGap(string? Cursor, long DownTo, DateTimeOffset? Since = null, DateTimeOffset? Until = null);

internal sealed record JobMark(DateTimeOffset At, long Top);

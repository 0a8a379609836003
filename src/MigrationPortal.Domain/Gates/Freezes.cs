namespace MigrationPortal.Domain.Gates;

/// <summary>Times of freeze windows over some time, the earliest first.</summary>
public sealed record Freezes(IReadOnlyList<FreezeSpan> Spans)
{
    public static readonly Freezes None = new([]);

    /// <summary>
    /// What lasts then: windows that overlap or touch are one. Its name is that of every one of them that has not ended by then,
    /// separated by commas, the first to begin first: without these, nothing is frozen.
    /// </summary>
    public FreezeSpan? At(DateTimeOffset now) => Named(Merged().FirstOrDefault(span => span.Covers(now)), now);

    /// <summary>What begins next after then, named as the window that begins it.</summary>
    public FreezeSpan? After(DateTimeOffset now) => Merged().FirstOrDefault(span => span.From > now);

    /// <summary>What lasted at some moment from <paramref name="from"/> to <paramref name="to"/>, the last one, named as all that make it up and ended after <paramref name="from"/>.</summary>
    public FreezeSpan? Between(DateTimeOffset from, DateTimeOffset to) => Named(Merged().LastOrDefault(span => span.From <= to && span.Until > from), from);

    private FreezeSpan? Named(FreezeSpan? joined, DateTimeOffset since) => joined is null ? null : joined with
    {
        Name = string.Join(", ", Spans.Where(span => joined.From <= span.From && span.Until <= joined.Until && span.Until > since)
            .OrderBy(span => span.From).ThenBy(span => span.Window).Select(span => span.Name).Distinct()),
    };

    private List<FreezeSpan> Merged()
    {
        var merged = new List<FreezeSpan>();
        foreach (var span in Spans.OrderBy(span => span.From).ThenBy(span => span.Window))
        {
            if (merged.Count > 0 && merged[^1] is var last && span.From <= last.Until) merged[^1] = last with { Until = span.Until > last.Until ? span.Until : last.Until };
            else merged.Add(span);
        }

        return merged;
    }
}

namespace MigrationPortal.Domain.Gates;

/// <summary>Times of freeze windows over some time, the earliest first.</summary>
public sealed record Freezes(IReadOnlyList<FreezeSpan> Spans)
{
    public static readonly Freezes None = new([]);

    /// <summary>What lasts then: windows that overlap or touch are one, named as the first and until the last ends.</summary>
    public FreezeSpan? At(DateTimeOffset now) => Merged().FirstOrDefault(span => span.Covers(now));

    /// <summary>What begins next after then.</summary>
    public FreezeSpan? After(DateTimeOffset now) => Merged().FirstOrDefault(span => span.From > now);

    /// <summary>What lasted at some moment from <paramref name="from"/> to <paramref name="to"/>, the last one.</summary>
    public FreezeSpan? Between(DateTimeOffset from, DateTimeOffset to) => Merged().LastOrDefault(span => span.From <= to && span.Until > from);

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

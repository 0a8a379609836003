namespace MigrationPortal.Web.Shared;

/// <summary>How much of a window an answer rests on.</summary>
/// <param name="Since">From when on every job of the window was read; its begin when all were, its end when none.</param>
/// <param name="Unread">Parts of the window after that of which not all jobs are read yet, oldest first.</param>
public sealed record Completeness(DateTimeOffset Since, IReadOnlyList<UnreadSpan> Unread)
{
    /// <summary>Of an answer as CSV, which has no place for more than rows.</summary>
    public const string SinceHeader = "X-Complete-Since";

    /// <summary>As ISO 8601 intervals, separated by commas; without it there is none.</summary>
    public const string UnreadHeader = "X-Unread";

    public void Say(IHeaderDictionary headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        headers[SinceHeader] = Csv.Stamp(Since);
        if (Unread.Count > 0) headers[UnreadHeader] = string.Join(", ", Unread.Select(one => $"{Csv.Stamp(one.From)}/{Csv.Stamp(one.To)}"));
    }
}

/// <summary>Not all jobs of it are read yet.</summary>
/// <param name="Reason">Why, for people.</param>
public sealed record UnreadSpan(DateTimeOffset From, DateTimeOffset To, string Reason);

/// <summary>Marks a route whose answer says how much of its window is read.</summary>
internal sealed class CompletenessSaid;

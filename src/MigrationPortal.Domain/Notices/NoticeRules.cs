namespace MigrationPortal.Domain.Notices;

/// <summary>Which notices a channel gets.</summary>
/// <param name="Otherwise">From this severity on, for kinds that are not named; null: never.</param>
/// <param name="Kinds">By <see cref="NoticeKind.Name"/>: from this severity on; null: never.</param>
public sealed record NoticeRules(NoticeSeverity? Otherwise, IReadOnlyDictionary<string, NoticeSeverity?> Kinds)
{
    /// <summary>What a new channel gets: all that somebody should look at.</summary>
    public static readonly NoticeRules Usual = new(NoticeSeverity.Attention, new Dictionary<string, NoticeSeverity?>());

    /// <summary>Instead of single notices: a message a period for a project's people; null where it gets them as they come.</summary>
    public DigestPlan? Digest { get; init; }

    public bool Want(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return Digest is null && LeastOf(notice.Kind.Name) is { } least && notice.Severity >= least;
    }

    public NoticeSeverity? LeastOf(string kind) => Kinds.TryGetValue(kind, out var named) ? named : Otherwise;
}

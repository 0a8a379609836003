using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>Something that people or programs want to hear of: one sentence, the numbers, and where to act.</summary>
/// <param name="Key">Names the occurrence within its instance, such as <c>operation/12/halted/3</c>: told again, it is stored and sent once.</param>
/// <param name="Sentence">Plain text that can be read alone. No secrets.</param>
/// <param name="Link">Path of the page where something can be done about it, without a leading slash, such as <c>operations/12</c>.</param>
/// <param name="At">The instance's time.</param>
public sealed record Notice(
    InstanceId Instance,
    NoticeKind Kind,
    NoticeSeverity Severity,
    string Key,
    string Sentence,
    IReadOnlyList<NoticeNumber> Numbers,
    string Link,
    DateTimeOffset At)
{
    /// <summary>Somebody should take it.</summary>
    public bool IsAlert => Severity >= NoticeSeverity.Attention;
}

/// <param name="Value">As people read it, with denominator or unit: "3 of 6", "12 min".</param>
public sealed record NoticeNumber(string Name, string Value);

/// <param name="TakenAt">The instance's time.</param>
public sealed record StoredNotice(long Id, Notice Notice, Actor? TakenBy = null, DateTimeOffset? TakenAt = null);

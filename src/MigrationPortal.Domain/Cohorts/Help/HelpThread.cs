using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Help;

/// <summary>A question of a project's people, with what was said since. Seen by those who maintain the project and by administrators, and by nobody else.</summary>
/// <param name="Job">The failed job that it is about; null: none.</param>
/// <param name="ChangedAt">When something was said or the state changed last. The instance's time, as all here.</param>
/// <param name="Messages">Oldest first, the question itself among them; empty in lists.</param>
public sealed record HelpThread(long Id, ProjectId Project, JobId? Job, string Subject, HelpState State, Actor OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, IReadOnlyList<HelpMessage> Messages);

/// <param name="FromAdmin">Said by somebody who answers, not by the project's people.</param>
public sealed record HelpMessage(Actor By, bool FromAdmin, DateTimeOffset At, string Text);

/// <summary>Whose turn it is. Stored by name.</summary>
public enum HelpState
{
    /// <summary>An administrator's.</summary>
    Open,

    /// <summary>The project's people's: the last word is an administrator's.</summary>
    Answered,

    /// <summary>Nobody's, until somebody says something again.</summary>
    Closed,
}

/// <summary>What may be said. People paste logs: secrets are taken out before anything is stored.</summary>
public static class HelpText
{
    public const int LongestSubject = 120;
    public const int LongestMessage = 4000;

    /// <returns>Plain text without secrets; null when it is empty or too long.</returns>
    public static string? Clean(string? text, int longest)
    {
        var said = (text ?? "").Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();
        if (said.Length == 0 || said.Length > longest) return null;
        var redaction = new LogRedaction();
        var clean = string.Join('\n', said.Split('\n').Select(redaction.Of));
        return clean.Length <= longest ? clean : clean[..longest];
    }
}

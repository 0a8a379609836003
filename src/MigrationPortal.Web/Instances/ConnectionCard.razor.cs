using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>One GitLab instance as the portal meets it.</summary>
public sealed partial class ConnectionCard
{
    [Parameter, EditorRequired]
    public required GitLabInstance Of { get; set; }

    /// <summary>Null before the first check.</summary>
    [Parameter, EditorRequired]
    public required ConnectionHealth? Health { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<BudgetSpending> Spending { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, (string Value, DateTimeOffset At)>? Watermarks { get; set; }

    private (VerdictKind Kind, string Word) State => Health switch
    {
        null => (VerdictKind.Unknown, "not checked yet"),
        { Reachable: false } => (VerdictKind.Fail, "does not answer"),
        { CanRead: false } => (VerdictKind.Fail, "may not read"),
        { CanWrite: false } => (VerdictKind.Wait, "observe mode"),
        _ => (VerdictKind.Pass, "answers"),
    };

    private static string Says(TokenFacts? token, string absent) => token is null
        ? absent
        : $"scopes {string.Join(", ", token.Scopes)}; {(token.IsAdmin ? "administrator" : "not an administrator")}; "
            + (token.ExpiresOn is { } day ? $"expires {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}" : "does not expire");
}

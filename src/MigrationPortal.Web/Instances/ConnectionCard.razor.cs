using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
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

    /// <summary>Null before it was read.</summary>
    [Parameter, EditorRequired]
    public required BudgetUse? Budget { get; set; }

    /// <summary>Null before it was read, or before the first look at the jobs.</summary>
    [Parameter]
    public HistoryProgress? Past { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<SweepState> Sweeps { get; set; }

    /// <summary>Sweeps run on real time, whatever the instance's clock says.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset RealNow { get; set; }

    private (VerdictKind Kind, string Word) State => Health switch
    {
        null => (VerdictKind.Unknown, "not checked yet"),
        { Reachable: false } => (VerdictKind.Fail, "does not answer"),
        { CanRead: false } => (VerdictKind.Fail, "may not read"),
        { CanWrite: false } => (VerdictKind.Wait, "observe mode"),
        _ => (VerdictKind.Pass, "answers"),
    };

    private static (VerdictKind Kind, string Word) Look(SweepState sweep) => sweep.Outcome switch
    {
        SweepOutcome.Done => (VerdictKind.Pass, "done"),
        SweepOutcome.PutOff => (VerdictKind.Wait, "put off"),
        _ => (VerdictKind.Fail, sweep.FailuresInARow > 1 ? $"failed {sweep.FailuresInARow} times" : "failed"),
    };

    private static string Says(TokenFacts? token, string absent) => token is null
        ? absent
        : $"scopes {string.Join(", ", token.Scopes)}; {(token.IsAdmin ? "administrator" : "not an administrator")}; "
            + (token.ExpiresOn is { } day ? $"expires {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}" : "does not expire");
}

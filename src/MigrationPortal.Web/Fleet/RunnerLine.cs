using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>One runner as the table shows it: what GitLab says, what the admins decided, and its jobs of the last 24 h.</summary>
public sealed record RunnerLine(FleetRunner Runner, DateTimeOffset TakenAt, IReadOnlyList<HourCount> Hours)
{
    public ObservedRunner Observed => Runner.Observed;

    public long Finished => Hours.Sum(hour => hour.Finished);

    public long Failed => Hours.Sum(hour => hour.Failed);

    /// <summary>GitLab's name of the managers' executor; "mixed" when they disagree, null when none is known.</summary>
    public string? Executor => Observed.Managers.Select(manager => manager.Executor.Name).Where(name => name != "unknown").Distinct().ToList() switch
    {
        [] => null,
        [var one] => one,
        _ => "mixed",
    };

    public string Role => Runner.Standing.Role?.ToString().ToLowerInvariant() ?? "none";

    /// <summary>The state in one word, from service (contact within 5 minutes), not from GitLab's two hours.</summary>
    public (VerdictKind Kind, string Word) Contact => this switch
    {
        { Observed.Attributes.Paused: true } => (VerdictKind.Wait, "paused"),
        { Observed.ContactedAt: null } => (VerdictKind.Unknown, "never in contact"),
        _ when JobMatcher.InContact(Observed, TakenAt) => (VerdictKind.Pass, "in contact"),
        { Observed.Status: RunnerStatus.Stale } => (VerdictKind.Attention, "stale"),
        _ => (VerdictKind.Attention, "silent"),
    };

    /// <summary>The filter word of <see cref="Contact"/>.</summary>
    public string Status => Contact.Word.Replace(' ', '-');

    public string Scope => Observed.Type.ToString().ToLowerInvariant();
}

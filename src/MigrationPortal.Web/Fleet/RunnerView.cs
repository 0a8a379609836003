using System.Text.Json.Serialization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Fleet;

/// <summary>A runner with what GitLab says and what the admins decided.</summary>
/// <param name="RunnerType">GitLab's word: <c>instance_type</c>, <c>group_type</c>, <c>project_type</c>.</param>
/// <param name="Executor">Of the managers that made contact last; null when none is known.</param>
/// <param name="Status">GitLab's word, which lasts two hours: <c>contactedAt</c> says more.</param>
/// <param name="Drift">What the reached phase would change; only where drift was asked for.</param>
/// <param name="DriftSince">The first reading of the fleet that showed it so.</param>
/// <param name="DriftLeft">Why the portal leaves it although the policy puts drift back: a conflict, a refusal, a freeze window.</param>
public sealed record RunnerView(
    long Id,
    string Description,
    string RunnerType,
    RunnerRole? Role,
    bool RoleConfirmed,
    bool Managed,
    string? Executor,
    IReadOnlyList<string> TagList,
    bool RunUntagged,
    bool Paused,
    bool Locked,
    string AccessLevel,
    string Status,
    DateTimeOffset? ContactedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Drift,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DriftSince,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DriftLeft)
{
    internal static RunnerView Of(FleetRunner runner, DriftedRunner drift, DriftKnown known) =>
        Of(runner) with { Drift = drift.Words, DriftSince = known.SinceOf(drift), DriftLeft = known.LeftOf(drift) };

    internal static RunnerView Of(FleetRunner runner) => new(
        runner.Id.Number,
        runner.Observed.Description,
        TypeWord(runner.Observed.Type),
        runner.Standing.Role,
        runner.Standing.RoleConfirmed,
        runner.Standing.Managed,
        ExecutorOf(runner),
        [.. runner.Attributes.Tags],
        runner.Attributes.RunUntagged,
        runner.Attributes.Paused,
        runner.Observed.Locked,
        runner.Attributes.AccessLevel == RunnerAccessLevel.RefProtected ? "ref_protected" : "not_protected",
        StatusWord(runner.Observed.Status),
        runner.Observed.ContactedAt,
        null,
        null,
        null);

    internal static string? ExecutorOf(FleetRunner runner) => runner.Observed.Managers
        .Where(manager => manager.Executor.Family != ExecutorFamily.Unknown)
        .OrderByDescending(manager => manager.ContactedAt)
        .Select(manager => manager.Executor.Name)
        .FirstOrDefault();

    internal static string TypeWord(RunnerType type) => type switch
    {
        Domain.Fleet.RunnerType.Group => "group_type",
        Domain.Fleet.RunnerType.Project => "project_type",
        _ => "instance_type",
    };

    internal static string StatusWord(RunnerStatus status) => status == RunnerStatus.NeverContacted ? "never_contacted" : status.ToString().ToLowerInvariant();
}

/// <summary>One runner with its managers.</summary>
public sealed record RunnerDetail(RunnerView Runner, string? MaintenanceNote, DateTimeOffset? CreatedAt, IReadOnlyList<ManagerView> Managers, IReadOnlyList<long> ProjectIds, IReadOnlyList<long> GroupIds);

public sealed record ManagerView(string SystemId, string Executor, string? Version, string Status, DateTimeOffset? ContactedAt)
{
    internal static ManagerView Of(RunnerManager manager) =>
        new(manager.SystemId, manager.Executor.Name, manager.Version, RunnerView.StatusWord(manager.Status), manager.ContactedAt);
}

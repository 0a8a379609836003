using MigrationPortal.Domain.Fleet;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>The filters of <c>GET /runners</c>; each that is given must hold.</summary>
internal sealed record RunnerQuery(RunnerRole? Role, bool? Managed, string? Executor, string? Tag, RunnerStatus? Status, bool? Untagged, string? Text)
{
    private static readonly (string, RunnerRole)[] Roles =
        [("legacy", RunnerRole.Legacy), ("kubernetes", RunnerRole.Kubernetes), ("qa", RunnerRole.Qa)];

    private static readonly (string, RunnerStatus)[] Statuses =
    [
        ("online", RunnerStatus.Online), ("offline", RunnerStatus.Offline), ("stale", RunnerStatus.Stale), ("never_contacted", RunnerStatus.NeverContacted),
    ];

    public static RunnerRole? ReadRole(string? word, RequestErrors errors) => errors.OneOf("role", word, Roles);

    public static RunnerQuery Read(string? role, bool? managed, string? executor, string? tag, string? status, bool? untagged, string? q, RequestErrors errors) =>
        new(ReadRole(role, errors), managed, executor, tag, errors.OneOf("status", status, Statuses), untagged, q?.Trim());

    public bool Keeps(FleetRunner runner) =>
        (Role is null || runner.Standing.Role == Role)
        && (Managed is null || runner.Standing.Managed == Managed)
        && (Executor is null || runner.Observed.Managers.Any(manager => manager.Executor.Name == Executor))
        && (Tag is null || runner.Attributes.Tags.Contains(Tag))
        && (Status is null || runner.Observed.Status == Status)
        && (Untagged is null || runner.Attributes.RunUntagged == Untagged)
        && (string.IsNullOrEmpty(Text) || runner.Observed.Description.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || runner.Id.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == Text);
}

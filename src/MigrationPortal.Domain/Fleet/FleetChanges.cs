using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>The fleet as it would be.</summary>
public static class FleetChanges
{
    /// <summary>Some runners with other attributes, or (null) deleted; all else as it is.</summary>
    public static FleetSnapshot With(this FleetSnapshot fleet, IReadOnlyDictionary<RunnerId, RunnerAttributes?> changes) =>
        fleet with
        {
            Runners = [.. fleet.Runners
                .Where(runner => !changes.TryGetValue(runner.Id, out var to) || to is not null)
                .Select(runner => changes.TryGetValue(runner.Id, out var to) ? runner with { Observed = runner.Observed with { Attributes = to! } } : runner)],
        };

    /// <summary>What both would take: all tags, untagged if either does, unpaused if either is.</summary>
    public static RunnerAttributes Union(this RunnerAttributes one, RunnerAttributes other) =>
        new(one.Tags.Union(other.Tags), one.RunUntagged || other.RunUntagged, one.Paused && other.Paused, one.AccessLevel);

    /// <summary>As people read it: <c>[docker, linux], untagged too, paused</c>.</summary>
    public static string Words(this RunnerAttributes attributes) => string.Join(", ", new[]
    {
        attributes.Tags.IsEmpty ? "no tags" : attributes.Tags.ToString(),
        attributes.RunUntagged ? "untagged too" : "tagged only",
        attributes.Paused ? "paused" : "active",
    });
}

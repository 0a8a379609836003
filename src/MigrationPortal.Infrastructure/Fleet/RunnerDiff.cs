using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed record RunnerDifference(long Runner, string Attribute, string? Before, string? After);

/// <summary>What two snapshots say differently. Contact times and managers' status change all the time and are left out.</summary>
internal static class RunnerDiff
{
    public static IReadOnlyList<RunnerDifference> Between(
        Dictionary<RunnerId, ObservedRunner> before, Dictionary<RunnerId, ObservedRunner> after) =>
    [
        .. after.Where(one => !before.ContainsKey(one.Key)).Select(one => new RunnerDifference(one.Key.Number, "seen", null, one.Value.Description)),
        .. before.Where(one => !after.ContainsKey(one.Key)).Select(one => new RunnerDifference(one.Key.Number, "gone", one.Value.Description, null)),
        .. after.Where(one => before.ContainsKey(one.Key)).SelectMany(one => Of(before[one.Key], one.Value)),
    ];

    private static IEnumerable<RunnerDifference> Of(ObservedRunner before, ObservedRunner after)
    {
        var (was, now) = (Words(before), Words(after));
        return was.Zip(now).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new RunnerDifference(after.Id.Number, pair.First.Attribute, pair.First.Value, pair.Second.Value));
    }

    private static List<(string Attribute, string? Value)> Words(ObservedRunner runner) =>
    [
        ("description", runner.Description),
        ("tags", string.Join(", ", runner.Attributes.Tags)),
        ("runUntagged", runner.Attributes.RunUntagged ? "true" : "false"),
        ("paused", runner.Attributes.Paused ? "true" : "false"),
        ("accessLevel", runner.Attributes.AccessLevel.ToString()),
        ("locked", runner.Locked ? "true" : "false"),
        ("maintenanceNote", runner.MaintenanceNote),
        ("executors", string.Join(", ", runner.Managers.Select(manager => manager.Executor.ToString()).Distinct().Order(StringComparer.Ordinal))),
        ("versions", string.Join(", ", runner.Managers.Select(manager => manager.Version).OfType<string>().Distinct().Order(StringComparer.Ordinal))),
        ("projects", string.Join(", ", runner.ProjectIds.Order())),
        ("groups", string.Join(", ", runner.GroupIds.Order())),
    ];
}

namespace MigrationPortal.Domain.Fleet;

/// <summary>Who a runner belongs to: the instance, a group or a project.</summary>
/// <param name="Name">Full path of the group or project; its number while the path is not known.</param>
public sealed record RunnerOwner(RunnerType Type, string Name)
{
    public static readonly RunnerOwner Instance = new(RunnerType.Instance, "instance");

    /// <summary>A project runner belongs to the first project that it was assigned to, taken as the one with the lowest id.</summary>
    public static RunnerOwner Of(ObservedRunner runner, IReadOnlyDictionary<long, string> groups, IReadOnlyDictionary<long, string> projects)
    {
        ArgumentNullException.ThrowIfNull(runner);
        return runner.Type switch
        {
            RunnerType.Group => Named(RunnerType.Group, runner.GroupIds, groups),
            RunnerType.Project => Named(RunnerType.Project, runner.ProjectIds, projects),
            _ => Instance,
        };
    }

    /// <summary>"group data/etl", "project web/shop", "instance".</summary>
    public override string ToString() => Type == RunnerType.Instance ? Name : $"{Type.ToString().ToLowerInvariant()} {Name}";

    private static RunnerOwner Named(RunnerType type, IReadOnlySet<long> ids, IReadOnlyDictionary<long, string> names)
    {
        if (ids.Count == 0) return new RunnerOwner(type, "not known yet");
        var first = ids.Min();
        return new RunnerOwner(type, names.TryGetValue(first, out var name) ? name : first.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}

namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>Equality of trees: names, values and the order of lists count; lines, comments and the order of a table's keys do not.</summary>
public static class ConfigSame
{
    public static bool IsSame(this ConfigNode one, ConfigNode other) => (one, other) switch
    {
        (ConfigScalar a, ConfigScalar b) => a.Value.Equals(b.Value),
        (ConfigList a, ConfigList b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => pair.First.IsSame(pair.Second)),
        (ConfigTable a, ConfigTable b) => a.Entries.Count == b.Entries.Count && a.Entries.All(entry => b.Exact(entry.Key) is { } there && entry.Value.IsSame(there)),
        _ => false,
    };
}

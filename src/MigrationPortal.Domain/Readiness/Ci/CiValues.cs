namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>The keys of one job, references followed.</summary>
internal sealed class CiValues(CiMap map, CiResolver resolver, string job)
{
    public string Job { get; } = job;

    public CiNode? this[string key] => resolver.Follow(map[key], Job);

    public bool Has(string key) => map.Find(key) is not null;

    public CiMap? Map(string key) => this[key] as CiMap;

    /// <summary>One text, a list of them, or lists inside one another.</summary>
    public static IEnumerable<string> Texts(CiNode? node, CiResolver resolver, string job) =>
        resolver.Leaves(node, job).OfType<CiScalar>().Where(one => !one.IsNull).Select(one => one.Text);
}

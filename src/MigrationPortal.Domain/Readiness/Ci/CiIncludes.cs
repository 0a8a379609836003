namespace MigrationPortal.Domain.Readiness.Ci;

internal static class CiIncludes
{
    /// <summary>Each include in a few words: its file, and the project or kind where it has one.</summary>
    public static IReadOnlyList<string> Of(CiNode? include, CiResolver resolver) =>
        [.. resolver.Leaves(include, "include").SelectMany(One)];

    private static IEnumerable<string> One(CiNode item) => item switch
    {
        CiScalar { IsNull: false } text => [text.Text],
        CiMap map when map["project"] is CiScalar project => Files(map["file"]).Select(file => $"{file} of {project.Text}"),
        CiMap map => map.Entries.Where(entry => entry.Key is "local" or "remote" or "template" or "component").SelectMany(entry => Files(entry.Value)),
        _ => [],
    };

    private static IEnumerable<string> Files(CiNode? node) => node switch
    {
        CiScalar one => [one.Text],
        CiList list => list.Items.OfType<CiScalar>().Select(one => one.Text),
        _ => [],
    };
}

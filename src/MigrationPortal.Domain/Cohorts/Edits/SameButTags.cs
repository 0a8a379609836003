using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Whether two texts of a file say the same but for tags: of jobs and <c>default</c>, and at the places that an edit names.</summary>
internal sealed class SameButTags
{
    private readonly HashSet<string> _edited;
    private readonly HashSet<(CiNode, CiNode, bool)> _same = [];

    /// <param name="edited">Paths of the edit's places, keys joined by a line feed.</param>
    private SameButTags(IEnumerable<IReadOnlyList<string>> edited) => _edited = [.. edited.Select(path => string.Join('\n', path))];

    /// <returns>The path of the first difference; null when there is none.</returns>
    public static string? Difference(CiMap before, CiMap after, IEnumerable<IReadOnlyList<string>> edited) => new SameButTags(edited).Top(before, after);

    private string? Top(CiMap before, CiMap after)
    {
        foreach (var name in before.Entries.Concat(after.Entries).Select(entry => entry.Key).Distinct())
        {
            var (was, now) = (before[name], after[name]);
            var hasTags = name == "default" || !CiConfiguration.Keywords.Contains(name);
            if (hasTags && _edited.Contains(name + "\ntags"))
            {
                // An entry that holds nothing but tags came or went with them; an empty one is written as nothing.
                was ??= new CiMap(0, []);
                now ??= new CiMap(0, []);
                if (was is CiScalar { IsNull: true }) was = new CiMap(0, []);
                if (now is CiScalar { IsNull: true }) now = new CiMap(0, []);
            }

            if (Difference(was, now, name, hasTags) is { } path) return path;
        }

        return null;
    }

    private string? Difference(CiNode? before, CiNode? after, string path, bool skipTags)
    {
        if (_edited.Contains(path)) return null;
        if (before is null || after is null) return before is null && after is null ? null : path;
        if (_same.Contains((before, after, skipTags))) return null;
        var difference = (before, after) switch
        {
            (CiMap a, CiMap b) => Maps(a, b, path, skipTags),
            (CiList a, CiList b) when a.Items.Count == b.Items.Count => Enumerable.Range(0, a.Items.Count).Select(at => Difference(a.Items[at], b.Items[at], $"{path}\n{at}", false)).FirstOrDefault(one => one is not null),
            // What a reference to tags brings in elsewhere than as tags would change with them.
            (CiReference a, CiReference b) when a.Path.SequenceEqual(b.Path) => !a.Path.Contains("tags") && !_edited.Contains(string.Join('\n', a.Path)) ? null : path,
            (CiScalar a, CiScalar b) when a.Text == b.Text && a.IsNull == b.IsNull => null,
            _ => path,
        };
        if (difference is null) _same.Add((before, after, skipTags));
        return difference;
    }

    private string? Maps(CiMap before, CiMap after, string path, bool skipTags) => before.Entries.Concat(after.Entries).Select(entry => entry.Key).Distinct()
        .Where(key => !skipTags || key != "tags")
        .Select(key => Difference(before[key], after[key], $"{path}\n{key}", false)).FirstOrDefault(one => one is not null);
}

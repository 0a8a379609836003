using System.Text.RegularExpressions;
using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>
/// The project's own files as GitLab joins them: what a file includes comes first, in order, and the file itself over it. What
/// else is included, and local files that were not given, are missing here; GitLab's merged configuration has them.
/// </summary>
internal sealed class MergedFiles
{
    private readonly Dictionary<CiNode, SourceNode> _sources = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SourceNode, SourcePlace> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<(SourceFile Source, CiMap Map)> _files = [];
    private readonly Dictionary<string, (SourceFile Source, CiMap Map)> _read = new(StringComparer.Ordinal);

    private MergedFiles(CiFiles files, Dictionary<string, (SourceFile, CiMap)> read)
    {
        (RootPath, _read) = (files.Root, read);
        foreach (var (source, map) in _read.Values)
            if (source.Root is { } root) Pair(map, source, [], null, root);
        Root = Merge(files.Root, []);
        HasRules = _files.Any(file => Includes(file.Map).Any(include => include is CiMap map && map["rules"] is not null));
    }

    public string RootPath { get; }

    public CiMap Root { get; }

    /// <summary>An include that is there only sometimes: a job of it cannot be overridden, for alone it would be no job.</summary>
    public bool HasRules { get; }

    /// <summary>Each as written, by path; also one that nothing includes.</summary>
    public IEnumerable<(SourceFile Source, CiMap Map)> Files => _read.Values;

    public SourceFile RootFile => _read[RootPath].Source;

    public static MergedFiles? Read(CiFiles files, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var read = new Dictionary<string, (SourceFile, CiMap)>(StringComparer.Ordinal);
        if (!files.Texts.ContainsKey(files.Root)) found.Add($"The file {files.Root} is missing: give its text.");
        foreach (var (path, text) in files.Texts)
        {
            var map = TryRead(text, out var problem);
            if (map is null) found.Add($"{path}, line {problem!.Line}: {problem.Message} {problem.Remedy}");
            else read[path] = (SourceFile.Read(path, text), map);
        }

        problems = found;
        return found.Count == 0 ? new MergedFiles(files, read) : null;
    }

    public static CiMap? TryRead(string text, out CiProblem? problem)
    {
        try
        {
            (var root, problem) = CiYaml.Read(text.TrimStart('\uFEFF'), new CiBudget(CiLimits.Default));
            return root;
        }
        catch (CiLimitException limit)
        {
            problem = limit.ToProblem();
            return null;
        }
    }

    /// <summary>Where a value is written; null for what stands in no file.</summary>
    public SourcePlace? PlaceOf(CiNode value) => _sources.TryGetValue(value, out var source) ? _places[source] : null;

    /// <summary>Where the value stands, as written, that counts for a top-level name: an alias and not what it stands for.</summary>
    public SourcePlace? TagsOf(string name)
    {
        var file = Enumerable.Reverse(_files).FirstOrDefault(file => (file.Map[name] as CiMap)?.Find("tags") is not null).Source;
        var owner = file?.Root?.Find(name)?.Value;
        while (owner is { Kind: SourceKind.Alias }) owner = owner.Target;
        return owner?.Find("tags") is { } entry ? _places.GetValueOrDefault(entry.Value) : null;
    }

    /// <summary>The last file that has this name at its top level.</summary>
    public SourceFile? HostOf(string name) => Enumerable.Reverse(_files).FirstOrDefault(file => file.Map.Find(name) is not null).Source;

    private CiMap Merge(string path, List<string> chain)
    {
        var (source, map) = _read[path];
        chain.Add(path);
        CiMap? under = null;
        foreach (var next in Includes(map).SelectMany(Locals).Where(next => !chain.Contains(next)).ToList())
        {
            var included = Merge(next, chain);
            under = under is null ? included : CiMap.Merge(under, included);
        }

        chain.RemoveAt(chain.Count - 1);
        _files.Add((source, map));
        return under is null ? map : CiMap.Merge(under, map);
    }

    private static IEnumerable<CiNode> Includes(CiMap map) => map["include"] switch { CiList list => list.Items, { } one => [one], null => [] };

    private IEnumerable<string> Locals(CiNode include)
    {
        var text = include switch { CiScalar one => one.Text, CiMap map => (map["local"] as CiScalar)?.Text, _ => null };
        if (text is null || text.Contains("://", StringComparison.Ordinal)) return [];
        var path = text.TrimStart('/');
        if (!path.Contains('*', StringComparison.Ordinal)) return _read.ContainsKey(path) ? [path] : [];
        var pattern = "^" + Regex.Escape(path).Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$";
        return _read.Keys.Where(one => Regex.IsMatch(one, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)).Order(StringComparer.Ordinal);
    }

    private void Pair(CiNode node, SourceFile file, IReadOnlyList<string> path, SourceNode? key, SourceNode source)
    {
        if (!_places.TryAdd(source, new SourcePlace(file, path, key, source))) return;
        // What an alias stands for is paired where it is anchored.
        if (source.Kind == SourceKind.Alias) return;
        _sources.TryAdd(node, source);
        if (node is CiMap map && source.Kind == SourceKind.Map)
        {
            foreach (var entry in source.Entries)
                if (entry.Key.Text != "<<" && ReferenceEquals(source.Find(entry.Key.Text), entry) && map[entry.Key.Text] is { } value) Pair(value, file, [.. path, entry.Key.Text], entry.Key, entry.Value);
        }
        else if (node is CiList list && source.Kind == SourceKind.List)
        {
            for (var at = 0; at < list.Items.Count; at++) Pair(list.Items[at], file, [.. path, $"{at}"], null, source.Items[at]);
        }
    }
}

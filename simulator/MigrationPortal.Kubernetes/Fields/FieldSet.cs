using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>A set of field paths, as a managed fields entry holds it.</summary>
internal sealed class FieldSet
{
    private readonly SortedSet<string> members = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FieldSet> children = new(StringComparer.Ordinal);

    public bool IsEmpty => members.Count == 0 && children.Values.All(child => child.IsEmpty);

    public bool Has(string step) => members.Contains(step);

    /// <summary>What lies below this step; null when nothing does.</summary>
    public FieldSet? Below(string step) => children.TryGetValue(step, out var child) && !child.IsEmpty ? child : null;

    public void Add(IReadOnlyList<string> path)
    {
        var at = this;
        for (var i = 0; i < path.Count - 1; i++)
        {
            at = at.Child(path[i]);
        }

        if (path.Count > 0)
        {
            at.members.Add(path[^1]);
        }
    }

    public FieldSet Union(FieldSet other)
    {
        var result = new FieldSet();
        result.members.UnionWith(members);
        result.members.UnionWith(other.members);
        foreach (var step in children.Keys.Union(other.children.Keys, StringComparer.Ordinal))
        {
            result.Keep(step, (children.GetValueOrDefault(step), other.children.GetValueOrDefault(step)) switch
            {
                ({ } mine, { } theirs) => mine.Union(theirs),
                var (mine, theirs) => mine ?? theirs,
            });
        }

        return result;
    }

    public FieldSet Intersection(FieldSet other)
    {
        var result = new FieldSet();
        result.members.UnionWith(members.Where(other.members.Contains));
        foreach (var (step, child) in children)
        {
            result.Keep(step, other.children.TryGetValue(step, out var theirs) ? child.Intersection(theirs) : null);
        }

        return result;
    }

    /// <summary>Without exactly the paths of the other; what lies below them stays.</summary>
    public FieldSet Except(FieldSet other)
    {
        var result = new FieldSet();
        result.members.UnionWith(members.Where(step => !other.members.Contains(step)));
        foreach (var (step, child) in children)
        {
            result.Keep(step, other.children.TryGetValue(step, out var theirs) ? child.Except(theirs) : child);
        }

        return result;
    }

    /// <summary>Without these paths and all that lies below them.</summary>
    public FieldSet Without(IEnumerable<string[]> paths) => paths.Aggregate(this, (set, path) => set.Without(path, 0));

    /// <summary>With the structs themselves that hold its fields: they go when the last field goes.</summary>
    public FieldSet WithNamedParents(FieldType? type)
    {
        var result = new FieldSet();
        result.members.UnionWith(members);
        foreach (var (step, child) in children)
        {
            if (step[0] == 'f' && type is not null && type.Declares(step[2..]))
            {
                result.members.Add(step);
            }

            result.Keep(step, child.WithNamedParents(step[0] == 'f' ? type?.Member(step[2..]) : (type as ListType)?.Items));
        }

        return result;
    }

    /// <summary>Each path as conflicts print it.</summary>
    public IEnumerable<string> Shown(string prefix = "")
    {
        foreach (var step in members.Union(children.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var path = prefix + PathText.Shown(step);
            if (members.Contains(step))
            {
                yield return path;
            }

            foreach (var below in children.GetValueOrDefault(step)?.Shown(path) ?? [])
            {
                yield return below;
            }
        }
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var step in members.Union(children.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var below = Below(step)?.ToJson() ?? [];
            if (below.Count > 0 && members.Contains(step))
            {
                below.Insert(0, ".", new JsonObject());
            }

            json[step] = below;
        }

        return json;
    }

    public static FieldSet FromJson(JsonObject? json)
    {
        var result = new FieldSet();
        foreach (var (step, below) in json ?? [])
        {
            if (step == ".")
            {
                continue;
            }

            var child = below as JsonObject ?? [];
            if (child.Count == 0 || child.ContainsKey("."))
            {
                result.members.Add(step);
            }

            result.Keep(step, FromJson(child));
        }

        return result;
    }

    private FieldSet Without(string[] path, int at)
    {
        var result = new FieldSet();
        var last = at == path.Length - 1;
        result.members.UnionWith(last ? members.Where(step => step != path[at]) : members);
        foreach (var (step, child) in children)
        {
            result.Keep(step, step != path[at] ? child : last ? null : child.Without(path, at + 1));
        }

        return result;
    }

    private FieldSet Child(string step)
    {
        if (!children.TryGetValue(step, out var child))
        {
            children[step] = child = new FieldSet();
        }

        return child;
    }

    private void Keep(string step, FieldSet? child)
    {
        if (child is { IsEmpty: false })
        {
            children[step] = child;
        }
    }
}

namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>Works out <c>extends</c> and <c>!reference</c>, each job once; cycles and unknown names become problems.</summary>
internal sealed class CiResolver(CiMap root, CiBudget budget, List<CiProblem> problems)
{
    /// <summary>GitLab's own limits: <c>Extendable::Entry::MAX_NESTING_LEVELS</c> and ten levels of references.</summary>
    private const int MostExtends = 10;
    private const int MostReferences = 10;

    private readonly Dictionary<string, CiMap> _extended = new(StringComparer.Ordinal);
    private readonly List<string> _chain = [];
    private readonly HashSet<(string, string)> _told = [];

    /// <summary>The job with all that it extends merged under it.</summary>
    public CiMap Extend(string name, CiMap job)
    {
        if (_extended.TryGetValue(name, out var known)) return known;
        if (job["extends"] is not { } extends) return _extended[name] = job;
        _chain.Add(name);
        var under = Parents(extends).Aggregate((CiMap?)null, (merged, parent) => Parent(name, parent, extends.Line) is not { } next ? merged : merged is null ? next : CiMap.Merge(merged, next, budget));
        _chain.RemoveAt(_chain.Count - 1);
        return _extended[name] = under is null ? job : CiMap.Merge(under, job, budget);
    }

    /// <summary>The node itself, or what its reference leads to; null when that leads nowhere.</summary>
    public CiNode? Follow(CiNode? node, string job)
    {
        if (node is not null) budget.Take(1, node.Line);
        for (var steps = 0; node is CiReference reference; steps++)
        {
            budget.Take(1, reference.Line);
            if (steps == MostReferences)
            {
                Tell(CiProblem.Reference, reference.Line, job, $"!reference [{string.Join(", ", reference.Path)}] leads on for more than {MostReferences} steps.", "Name the job that holds the lines.");
                return null;
            }

            node = Find(reference);
            if (node is null) Tell(CiProblem.Reference, reference.Line, job, $"!reference [{string.Join(", ", reference.Path)}] names nothing in this file.", "Correct the name, or check the merged configuration, which has what is included.");
        }

        return node;
    }

    /// <summary>What stands in a value that may be one thing, a list, or lists inside one another by anchor or reference.</summary>
    public IEnumerable<CiNode> Leaves(CiNode? node, string job, int references = 0)
    {
        if (node is CiReference && ++references > MostReferences)
        {
            Tell(CiProblem.Reference, node.Line, job, $"A !reference leads on for more than {MostReferences} steps, perhaps back to itself.", "Name the job that holds the lines.");
            return [];
        }

        return Follow(node, job) switch
        {
            CiList list => list.Items.SelectMany(item => Leaves(item, job, references)),
            { } leaf => [leaf],
            null => [],
        };
    }

    private CiNode? Find(CiReference reference)
    {
        if (reference.Path.Count == 0 || root[reference.Path[0]] is not CiMap first) return null;
        CiNode? at = Extend(reference.Path[0], first);
        foreach (var key in reference.Path.Skip(1)) at = (at as CiMap)?[key];
        return at;
    }

    private CiMap? Parent(string name, string parent, int line)
    {
        if (root[parent] is not CiMap map)
        {
            Tell(CiProblem.Extends, line, name, $"It extends {parent}, which this file does not have.", "Correct the name, or check the merged configuration, which has what is included.");
            return null;
        }

        if (_chain.Contains(parent) || _chain.Count > MostExtends)
        {
            var why = _chain.Contains(parent) ? $"extends leads back to {parent}: {string.Join(" → ", _chain)} → {parent}." : $"extends goes more than {MostExtends} levels deep.";
            Tell(CiProblem.Extends, line, name, why, "Take one of them out.");
            return null;
        }

        return Extend(parent, map);
    }

    private void Tell(string code, int line, string job, string message, string remedy)
    {
        if (_told.Add((code, message))) problems.Add(new CiProblem(code, line, job, message, remedy, Stops: false));
    }

    private static IEnumerable<string> Parents(CiNode extends) => extends switch
    {
        CiScalar { IsNull: false } one => [one.Text],
        CiList list => list.Items.OfType<CiScalar>().Select(one => one.Text),
        _ => [],
    };
}

using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Where the project's own files say a job's tags: in the job, in what it extends, or in <c>default</c>.</summary>
internal sealed class TagOrigins
{
    private readonly CiMap _root;
    private readonly CiResolver _resolver;

    public TagOrigins(CiMap root)
    {
        _root = root;
        _resolver = new CiResolver(root, new CiBudget(CiLimits.Default), []);
    }

    /// <returns>The name whose <c>tags</c> count for this job and what stands there; null when neither it nor what it extends has any.</returns>
    public (string Owner, CiNode Value)? Of(string job) => Of(job, []);

    public CiNode? Default => (_root["default"] as CiMap)?["tags"];

    /// <summary>Jobs and hidden ones, in their order.</summary>
    public IEnumerable<string> Names => _root.Entries.Where(entry => entry.Value is CiMap && !CiConfiguration.Keywords.Contains(entry.Key)).Select(entry => entry.Key);

    /// <summary>The job with what it extends.</summary>
    public CiMap? Job(string name) => _root[name] is CiMap map ? _resolver.Extend(name, map) : null;

    /// <summary>What a reference leads to, else the value itself.</summary>
    public CiNode? Follow(CiNode value) => _resolver.Follow(value, "");

    public IReadOnlyList<string> Texts(CiNode? value) => [.. CiValues.Texts(value, _resolver, "")];

    /// <summary>Null where neither the job nor what it extends has any: that is not the same as an empty list.</summary>
    public TagSet? Own(string job) => Of(job) is { } own ? TagSet.Of(Texts(own.Value)) : null;

    /// <summary>All that a job extends, in turn too.</summary>
    public IReadOnlySet<string> Ancestors(string job)
    {
        var (found, open) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>([job]));
        while (open.TryPop(out var name))
            foreach (var parent in Parents((_root[name] as CiMap)?["extends"]).Where(found.Add)) open.Push(parent);
        return found;
    }

    /// <summary>A job's tags as the project's own files alone give them; null where they do not say any.</summary>
    public IReadOnlyList<string>? Known(string job)
    {
        if (Of(job) is { } own) return Texts(own.Value);
        if (Default is null || (Job(job) is { } map && !new CiInherit(map["inherit"] as CiMap).Default("tags"))) return null;
        return Texts(Default);
    }

    // As merging for extends: the job itself, then the last parent that has any.
    private (string, CiNode)? Of(string name, List<string> chain)
    {
        if (_root[name] is not CiMap map || chain.Contains(name)) return null;
        if (map.Find("tags") is { } own) return (name, own.Value);
        chain.Add(name);
        var found = Parents(map["extends"]).Reverse().Select(parent => Of(parent, chain)).FirstOrDefault(one => one is not null);
        chain.RemoveAt(chain.Count - 1);
        return found;
    }

    private static IEnumerable<string> Parents(CiNode? extends) => extends switch
    {
        CiScalar { IsNull: false } one => [one.Text],
        CiList list => list.Items.OfType<CiScalar>().Select(one => one.Text),
        _ => [],
    };
}

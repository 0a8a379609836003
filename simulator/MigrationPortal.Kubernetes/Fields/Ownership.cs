using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>The field an applier would take from somebody.</summary>
internal sealed record FieldConflict(FieldManager Manager, string Path);

/// <summary>Some fields belong to others, and the apply did not force.</summary>
internal sealed class FieldConflictException(IReadOnlyList<FieldConflict> conflicts) : Exception("Apply failed")
{
    public IReadOnlyList<FieldConflict> Conflicts => conflicts;
}

/// <summary>Who owns which field after a write: server-side apply and plain updates, by the rules of structured merge diff.</summary>
internal sealed class Ownership(FieldType type, string now)
{
    // Nobody owns what identifies an object or what the server alone writes.
    private static readonly string[][] Unowned =
    [
        ["f:apiVersion"], ["f:kind"],
        .. ((string[])["name", "namespace", "generateName", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
            "selfLink", "uid", "generation", "managedFields", "resourceVersion"]).Select(field => (string[])["f:metadata", "f:" + field]),
    ];

    /// <summary>The object with this configuration applied, and who then owns what.</summary>
    /// <exception cref="FieldConflictException">Not forced, and others own what would change.</exception>
    public (JsonObject Item, IReadOnlyList<ManagedEntry> Entries) Apply(
        JsonObject live, JsonObject applied, FieldManager manager, bool force, bool ofStatus)
    {
        var entries = ManagedEntry.Of(live);
        var last = entries.FirstOrDefault(entry => entry.Manager.IsSame(manager))?.Fields;
        var claimed = Owned(FieldWalk.SetOf(applied, type), ofStatus);
        List<ManagedEntry> all = [.. entries.Where(entry => !entry.Manager.IsSame(manager)), new(manager, claimed, now)];
        var merged = Merging.Merge(Bare(live), Bare(applied), type)!.AsObject();
        var pruned = last is null || last.IsEmpty ? merged : Prune(merged, all, last);
        var comparison = Comparison.Between(Bare(live), pruned, type);
        var left = Yield(all, manager, comparison, force, ofStatus);
        return (pruned, left);
    }

    /// <summary>Who owns what after this plain write.</summary>
    /// <param name="entries">Of the object before, or those the writer sent.</param>
    public IReadOnlyList<ManagedEntry> Update(
        JsonObject before, JsonObject after, IReadOnlyList<ManagedEntry> entries, FieldManager manager, bool ofStatus)
    {
        var comparison = Comparison.Between(Bare(before), Bare(after), type);
        var left = Yield(entries, manager, comparison, force: true, ofStatus);
        var mine = left.FirstOrDefault(entry => entry.Manager.IsSame(manager));
        var set = Owned((mine?.Fields ?? new FieldSet()).Except(comparison.Removed).Union(comparison.Changed).Union(comparison.Added), ofStatus);
        var same = mine is not null && mine.Fields.Except(set).IsEmpty && comparison.Changed.IsEmpty && comparison.Added.IsEmpty;
        return [.. left.Where(entry => entry != mine), .. set.IsEmpty ? [] : (ManagedEntry[])[new(manager, set, same ? mine!.Time : now)]];
    }

    private static List<ManagedEntry> Yield(
        IReadOnlyList<ManagedEntry> entries, FieldManager writer, Comparison comparison, bool force, bool ofStatus)
    {
        var written = Owned(comparison.Changed.Union(comparison.Added), ofStatus);
        var removed = Owned(comparison.Removed, ofStatus);
        var taken = entries.Where(entry => !entry.Manager.IsSame(writer))
            .Select(entry => (Entry: entry, Fields: entry.Fields.Intersection(written)))
            .Where(one => !one.Fields.IsEmpty).ToDictionary(one => one.Entry, one => one.Fields);
        if (!force && taken.Count > 0)
        {
            throw new FieldConflictException(
            [
                .. from one in taken from path in one.Value.Shown() orderby one.Key.Manager.Shown, path
                   select new FieldConflict(one.Key.Manager, path),
            ]);
        }

        return
        [
            .. from entry in entries
               let left = entry.Manager.IsSame(writer) ? entry.Fields : entry.Fields.Except(taken.GetValueOrDefault(entry) ?? new()).Except(removed)
               where !left.IsEmpty
               select entry with { Fields = left },
        ];
    }

    // What was applied last time, is not now and belongs to nobody else, goes. What nobody had applied stays.
    private JsonObject Prune(JsonObject merged, List<ManagedEntry> entries, FieldSet last)
    {
        var gone = Removing.Remove(merged, last.WithNamedParents(type), type) ?? new JsonObject();
        var owned = entries.Aggregate(new FieldSet(), (set, entry) => set.Union(entry.Fields)).WithNamedParents(type);
        var all = FieldWalk.SetOf(merged, type).WithNamedParents(type);
        var kept = Removing.Remove(merged, all.Except(FieldWalk.SetOf(gone, type).WithNamedParents(type).Union(owned)), type) ?? new JsonObject();
        var dropped = all.Except(FieldWalk.SetOf(kept, type).WithNamedParents(type)).Intersection(last.WithNamedParents(type));
        return (Removing.Remove(merged, dropped, type) ?? new JsonObject()).AsObject();
    }

    private static FieldSet Owned(FieldSet set, bool ofStatus)
    {
        var owned = set.Without(Unowned);
        // Metadata itself is everybody's.
        var metadata = new FieldSet();
        metadata.Add(["f:metadata"]);
        owned = owned.Except(metadata);
        return ofStatus ? owned.Without([["f:spec"]]) : owned;
    }

    private static JsonObject Bare(JsonObject item)
    {
        var bare = item.DeepClone().AsObject();
        (bare["metadata"] as JsonObject)?.Remove("managedFields");
        return bare;
    }
}

using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What applying one object would do, as the API server itself says by a dry run.</summary>
/// <param name="Before">Null: it is not there, or was not seen.</param>
/// <param name="After">As it would be, conflicts taken over; null: it would be refused, or could not be asked.</param>
/// <param name="Conflicts">Fields of others that would change.</param>
/// <param name="Trouble">Why <paramref name="After"/> is missing.</param>
internal sealed record ObjectTrial(Manifest Wanted, LiveObject? Before, LiveObject? After, IReadOnlyList<HeldField> Conflicts, IReadOnlyList<string> Warnings, ObjectAnswer? Trouble)
{
    /// <summary>Why what is there could not be read; null: it was, or nothing is there.</summary>
    public ObjectAnswer.Refused? Unread { get; init; }

    /// <summary>What would change, field by field; nothing without an after.</summary>
    public IReadOnlyList<FieldChange> Changes { get; } = After is null ? [] : FieldDiff.Between(Before?.Wanted() ?? Shell(After), After.Wanted());

    public IReadOnlyList<string> Pruned { get; } = After is null ? [] : PrunedFields.Of(Wanted.Body, After.Body);

    public static async Task<ObjectTrial> RunAsync(IClusterObjects objects, long cluster, Manifest wanted, CancellationToken cancel)
    {
        var seen = await objects.GetAsync(cluster, wanted.Key, cancel);
        var before = (seen as ObjectAnswer.Seen)?.Object;
        // One that may be written and not read is tried all the same.
        if (seen is ObjectAnswer.Unknown or ObjectAnswer.Refused { NoKind: true }) return new ObjectTrial(wanted, null, null, [], [], seen);
        var tried = await objects.ApplyAsync(cluster, wanted.Key, wanted.Body, force: false, dryRun: true, cancel);
        var conflicts = tried is ObjectAnswer.Conflict conflict ? conflict.Fields.Select(one => one with { Since = one.Since ?? SinceOf(before, one.Manager) }).ToList() : [];
        if (conflicts.Count > 0) tried = await objects.ApplyAsync(cluster, wanted.Key, wanted.Body, force: true, dryRun: true, cancel);
        var unread = seen as ObjectAnswer.Refused;
        return tried is ObjectAnswer.Seen done
            ? new ObjectTrial(wanted, before, done.Object, conflicts, done.Warnings, null) { Unread = unread }
            : new ObjectTrial(wanted, before, null, conflicts, [], tried) { Unread = unread };
    }

    private static DateTimeOffset? SinceOf(LiveObject? live, string manager) => live?.Owners.Where(one => one.Manager == manager).Max(one => one.At);

    private static JsonObject Shell(LiveObject after) => new() { ["apiVersion"] = after.Body["apiVersion"]?.DeepClone(), ["kind"] = after.Body["kind"]?.DeepClone() };
}

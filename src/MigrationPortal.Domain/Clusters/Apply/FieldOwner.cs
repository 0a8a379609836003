using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>One writer of an object and the fields that are its own (<c>metadata.managedFields</c>).</summary>
/// <param name="Applies">By server-side apply; else by plain writes.</param>
/// <param name="Subresource">Such as <c>scale</c> or <c>status</c>; empty: the object itself.</param>
/// <param name="At">When it last changed one; null: not told.</param>
public sealed record FieldOwner(string Manager, bool Applies, string Subresource, DateTimeOffset? At, JsonObject Fields)
{
    public bool IsPortal => Manager == IClusterObjects.FieldManager && Applies;

    public static FieldOwner Of(JsonObject entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(
            entry["manager"]?.ToString() ?? "", entry["operation"]?.ToString() == "Apply", entry["subresource"]?.ToString() ?? "",
            DateTimeOffset.TryParse(entry["time"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null,
            entry["fieldsV1"] as JsonObject ?? []);
    }

    /// <summary>The field itself, or a whole around it that cannot be owned in parts.</summary>
    public bool Owns(FieldPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        JsonObject at = Fields;
        foreach (var step in path.Steps)
        {
            if (at.FirstOrDefault(one => step.Is(one.Key)).Value is not JsonObject below) return at.Count == 0 && at != Fields;
            at = below;
        }

        return true;
    }
}

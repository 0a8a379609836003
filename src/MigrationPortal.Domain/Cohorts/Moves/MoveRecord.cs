using System.Text.Json;
using MigrationPortal.Domain.Cohorts.Edits;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What merge requests did to a project's files. Stored as <see cref="Enrollment.Original"/>: names here are promises.</summary>
/// <param name="Changes">The oldest first; undone from the last to the first, what stood before the first stands again.</param>
/// <param name="Back">The one that undoes them; null before it is asked for.</param>
public sealed record MoveRecord(IReadOnlyList<MoveRecord.Change> Changes, MoveRecord.Request? Back)
{
    /// <param name="Edit">The texts before and after, and the places.</param>
    public sealed record Change(CiEditRecord Edit, Request Request);

    /// <param name="Number">Of the merge request in its project; null until GitLab has told it.</param>
    public sealed record Request(string Branch, long? Number, string? Address);

    public static MoveRecord Read(string? original) => original is null ? new([], null) : JsonSerializer.Deserialize<MoveRecord>(original)!;

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>The one that people have before them.</summary>
    public Request? Current(bool returning) => returning ? Back : Changes.Count > 0 ? Changes[^1].Request : null;

    /// <returns>To store; null when no change is left: who was carried along has none of their own.</returns>
    public string? WithoutLast() => Changes.Count > 1 ? (this with { Changes = [.. Changes.SkipLast(1)], Back = null }).Write() : null;

    public MoveRecord With(Request request, bool returning) => returning ? this with { Back = request } : this with { Changes = [.. Changes.SkipLast(1), Changes[^1] with { Request = request }] };
}

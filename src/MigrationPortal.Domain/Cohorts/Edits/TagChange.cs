namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>One place of a file where tags were written, replaced or added. Kept with the move: the way back undoes it.</summary>
/// <param name="Path">Keys from the top level down, a place in a list as its number: <c>build</c>, <c>tags</c>.</param>
/// <param name="Line">Of the text before, from 1.</param>
/// <param name="Before">What stood there; empty also where nothing did.</param>
/// <param name="Jobs">Whose tags this changes, in the order of the configuration.</param>
/// <param name="OldText">What the new text replaced; empty where it was added.</param>
/// <param name="KeyOffset">Characters of the new text before the key that <paramref name="Path"/> ends with.</param>
public sealed record TagChange(
    string File,
    IReadOnlyList<string> Path,
    TagChangeKind Kind,
    int Line,
    IReadOnlyList<string> Before,
    IReadOnlyList<string> After,
    IReadOnlyList<string> Jobs,
    string OldText,
    string NewText,
    int KeyOffset)
{
    /// <summary>For the merge request: <c>build: [linux] → [k8s-default]</c>.</summary>
    public override string ToString() =>
        $"{string.Join('.', Path.Count > 1 && Path[^1] == "tags" ? Path.SkipLast(1) : Path)}: {Words(Before)} → {Words(After)}";

    private static string Words(IReadOnlyList<string> tags) => tags.Count == 0 ? "untagged" : $"[{string.Join(", ", tags)}]";
}

public enum TagChangeKind
{
    Replaced,

    /// <summary><c>tags</c> were added to what was there.</summary>
    TagsAdded,

    /// <summary>A whole entry was added that holds nothing but tags: <c>default</c>, or a job that a template brings.</summary>
    EntryAdded,
}

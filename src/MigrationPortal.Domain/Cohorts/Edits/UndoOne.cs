using System.Globalization;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Turns one change back in a text that went on since.</summary>
internal sealed class UndoOne(SourceFile file, TagOrigins origins, CiMap map)
{
    /// <returns>The edit; or the reason why it cannot be turned back; or a note, where there is nothing left to turn back.</returns>
    public (TextEdit? Edit, string? Reason, string? Note) Of(TagChange change)
    {
        if (file.Find(change.Path) is not { } place) return Gone(change);
        var from = (place.Key ?? place.Value).Start - change.KeyOffset;
        if (from >= 0 && string.CompareOrdinal(file.Text, from, change.NewText, 0, change.NewText.Length) == 0 && IsWhole(place, from + change.NewText.Length))
            return (new TextEdit(from, change.NewText, change.OldText), null, null);
        return change.Kind switch
        {
            TagChangeKind.EntryAdded when place.Value is { Kind: SourceKind.Map, Entries.Count: 1 } && place.Value.Find("tags") is not null => Remove(change, place, [.. change.Path, "tags"]),
            TagChangeKind.EntryAdded => file.Find([.. change.Path, "tags"]) is { } tags ? Remove(change, tags, [.. change.Path, "tags"]) : Gone(change),
            TagChangeKind.TagsAdded => Remove(change, place, change.Path),
            _ => PutBack(change, place),
        };
    }

    private (TextEdit?, string?, string?) PutBack(TagChange change, SourcePlace place)
    {
        if (Changed(change, change.Path) is { } reason) return (null, reason, null);
        if (!TagListText.CanReplace(place)) return (null, Meanwhile(change, "written in another way"), null);
        var whole = TagListText.Replace(place, change.Before);
        var isOneLine = !change.OldText.Contains('\n', StringComparison.Ordinal) && !whole.Old.Contains('\n', StringComparison.Ordinal);
        return (isOneLine ? whole with { New = change.OldText } : whole, null, null);
    }

    private (TextEdit?, string?, string?) Remove(TagChange change, SourcePlace place, IReadOnlyList<string> tagsPath)
    {
        if (Changed(change, tagsPath) is { } reason) return (null, reason, null);
        var start = place.Key!.Start;
        var end = place.Value.End;
        var isAlone = file.Text[file.LineStart(start)..start].Trim().Length == 0 && file.Text[end..file.LineEnd(end)].TrimStart() is "" or ['#', ..];
        return isAlone ? (TagListText.WithoutLine(file, start, end), null, null) : (null, Meanwhile(change, "put on one line with something else"), null);
    }

    /// <summary>Nothing may follow on the same line that belongs to the same value.</summary>
    private bool IsWhole(SourcePlace place, int end) => end >= Math.Min(place.Value.End, file.LineEnd(place.Value.End));

    private static (TextEdit?, string?, string?) Gone(TagChange change) => (null, null, $"{change.File}: the tags of {change.Path[0]} are no longer there; nothing is put back.");

    private string? Changed(TagChange change, IReadOnlyList<string> tagsPath)
    {
        CiNode? node = map;
        foreach (var step in tagsPath)
            node = node switch { CiMap keys => keys[step], CiList list => list.Items[int.Parse(step, CultureInfo.InvariantCulture)], _ => null };
        var now = TagSet.Of(origins.Texts(node));
        return now == TagSet.Of(change.After) ? null : Meanwhile(change, $"changed to {now}");
    }

    private static string Meanwhile(TagChange change, string what) =>
        $"{change.File}: the tags of {change.Path[0]} have been {what} since: put back {(change.Before.Count == 0 ? "no tags" : YamlWord.List(change.Before))} by hand, or leave them.";
}

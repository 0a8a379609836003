using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Turns what is to be written into changes of text.</summary>
internal sealed class EditWriter(MergedFiles files, TagOrigins origins)
{
    /// <returns>New texts of the files that change, and the changes in the order of files and lines.</returns>
    public (Dictionary<string, string> Texts, List<TagChange> Changes) Write(IEnumerable<Assignment> assignments)
    {
        var edits = assignments.Select(one => (One: one, File: FileOf(one.Spot), Edit: Edit(one.Spot, one.Tags)))
            .OrderBy(one => one.File.Path, StringComparer.Ordinal).ThenBy(one => one.Edit.Start).ToList();
        var texts = edits.GroupBy(one => one.File).ToDictionary(group => group.Key.Path, group => TextEdit.Apply(group.Key.Text, group.Select(one => one.Edit)), StringComparer.Ordinal);
        return (texts, [.. edits.Select(one => Change(one.One, one.File, one.Edit))]);
    }

    private SourceFile FileOf(TagSpot spot) => spot switch
    {
        TagSpot.Written written => written.Place.File,
        TagSpot.Missing missing => missing.File,
        _ => files.RootFile,
    };

    // SpotFinder has tried each of these; only a file that is one flow mapping has no place for a new entry.
    private TextEdit Edit(TagSpot spot, IReadOnlyList<string> tags) => spot switch
    {
        TagSpot.Written written => TagListText.Replace(written.Place, tags),
        TagSpot.Missing missing => TagInsertText.Into(missing.File, missing.File.Root!.Find(missing.Name)!, tags),
        TagSpot.New { Name: "default" } => TagInsertText.Default(files.RootFile, files.RootFile.Root!, tags, name => !CiConfiguration.Keywords.Contains(name)),
        TagSpot.New added => TagInsertText.Append(files.RootFile, files.RootFile.Root!, added.Name, tags),
        _ => null,
    } ?? throw new InvalidOperationException($"There is no place to write tags at {spot}.");

    private TagChange Change(Assignment one, SourceFile file, TextEdit edit)
    {
        var (path, kind, before) = one.Spot switch
        {
            TagSpot.Written { Place: var place } => (place.Path, TagChangeKind.Replaced, Texts(place)),
            TagSpot.Missing missing => ([missing.Name, "tags"], TagChangeKind.TagsAdded, []),
            TagSpot.New added => ([added.Name], TagChangeKind.EntryAdded, []),
            _ => throw new InvalidOperationException("Not a place."),
        };
        return new TagChange(file.Path, path, kind, file.LineOf(Math.Min(edit.Start + (edit.Old.Length == 0 ? edit.New.IndexOf('\n', StringComparison.Ordinal) + 1 : 0), file.Text.Length)), before, one.Tags, [.. one.Jobs.Select(job => job.Name)], edit.Old, edit.New, edit.KeyOffset);
    }

    private IReadOnlyList<string> Texts(SourcePlace place)
    {
        CiNode? node = files.Files.First(file => ReferenceEquals(file.Source, place.File)).Map;
        foreach (var step in place.Path) node = node switch { CiMap map => map[step], CiList list => list.Items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)], _ => null };
        return origins.Texts(node);
    }
}

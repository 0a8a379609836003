using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>
/// The way back of <see cref="EditCiTags"/>: a file that is as the edit left it becomes exactly what it was; in one that went on
/// since only the edit's own places are turned back, and what others wrote stays.
/// </summary>
public static class UndoCiTags
{
    /// <param name="today">The files as they are now, with what the root includes by <c>local</c>.</param>
    public static CiEdit Apply(CiEditRecord record, CiFiles today)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(today);
        var (texts, reasons, notes) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<string>(), new List<string>());
        var undone = new List<TagChange>();
        foreach (var (path, before) in record.Before)
        {
            if (!today.Texts.TryGetValue(path, out var text)) reasons.Add($"{path} is no longer there: put the tags back where its jobs are now.");
            else if (text == record.After[path]) texts[path] = before;
            else if (text != before && Undo(path, text, record, reasons, notes, undone) is { } back) texts[path] = back;
        }

        var result = today.With(texts);
        if (reasons.Count == 0) reasons.AddRange(Check(record, today, result, texts.Keys, undone, notes));
        if (reasons.Count > 0) return new CiEdit.Refused(reasons, LinesToPaste.Of(record.Root, record.Jobs.Select(job => (job.Job, job.Before))));
        foreach (var same in texts.Where(one => one.Value == today.Texts[one.Key]).Select(one => one.Key).ToList()) texts.Remove(same);
        return new CiEdit.Edited(texts, Reverse(record, today, texts), notes);
    }

    private static string? Undo(string path, string text, CiEditRecord record, List<string> reasons, List<string> notes, List<TagChange> undone)
    {
        if (MergedFiles.TryRead(text, out var problem) is not { } map)
        {
            reasons.Add($"{path}, line {problem!.Line}: {problem.Message} {problem.Remedy}");
            return null;
        }

        var undo = new UndoOne(SourceFile.Read(path, text), new TagOrigins(map), map);
        var edits = new List<TextEdit>();
        foreach (var change in record.Changes.Where(change => change.File == path))
        {
            var (edit, reason, note) = undo.Of(change);
            if (edit is not null) (edits, undone).Add(edit, change);
            if (reason is not null) reasons.Add(reason);
            if (note is not null) notes.Add(note);
        }

        return reasons.Count > 0 ? null : TextEdit.Apply(text, edits);
    }

    private static void Add(this (List<TextEdit> Edits, List<TagChange> Undone) lists, TextEdit edit, TagChange change)
    {
        lists.Edits.Add(edit);
        lists.Undone.Add(change);
    }

    private static IEnumerable<string> Check(CiEditRecord record, CiFiles today, CiFiles result, IEnumerable<string> changed, List<TagChange> undone, List<string> notes)
    {
        // Files restored whole were checked when they were edited.
        var whole = changed.Where(path => today.Texts[path] == record.After[path]).ToHashSet(StringComparer.Ordinal);
        if (EditCheck.Else(today with { Texts = Without(today, whole) }, result with { Texts = Without(result, whole) }, undone) is { } other) return [other];
        if (MergedFiles.Read(today, out var problems) is not { } was || MergedFiles.Read(result, out problems) is not { } now) return problems;
        var (before, after) = (new TagOrigins(was.Root), new TagOrigins(now.Root));
        notes.AddRange(from job in record.Jobs
                       where before.Job(job.Job) is not null && before.Known(job.Job) is { } tags && TagSet.Of(tags) != TagSet.Of(job.After) && TagSet.Of(tags) != TagSet.Of(job.Before)
                       select $"{job.Job} has been given {TagSet.Of(before.Known(job.Job)!)} since; that stays.");
        return from job in record.Jobs
               where !job.IsElsewhere && before.Known(job.Job) is { } tags && TagSet.Of(tags) == TagSet.Of(job.After)
               let then = after.Known(job.Job)
               where then is not null && TagSet.Of(then) != TagSet.Of(job.Before)
               select $"{job.Job} would have {TagSet.Of(then)} and not {TagSet.Of(job.Before)}.";
    }

    private static Dictionary<string, string> Without(CiFiles files, HashSet<string> paths) =>
        files.Texts.Where(one => !paths.Contains(one.Key)).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);

    private static CiEditRecord Reverse(CiEditRecord record, CiFiles today, Dictionary<string, string> texts) => new(
        record.Root,
        texts.Keys.ToDictionary(path => path, path => today.Texts[path], StringComparer.Ordinal),
        texts,
        [.. record.Changes.Where(change => texts.ContainsKey(change.File)).Select(change => change with { Before = change.After, After = change.Before, OldText = change.NewText, NewText = change.OldText })],
        [.. record.Jobs.Select(job => job with { Before = job.After, After = job.Before })]);
}

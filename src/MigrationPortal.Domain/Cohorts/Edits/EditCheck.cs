using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Reads an edit's result as GitLab would. A wrong edit is never handed out.</summary>
internal static class EditCheck
{
    /// <returns>What is wrong for the files as a whole, and the jobs that have other tags than they should; both empty when all is right.</returns>
    public static (IReadOnlyList<string> Reasons, IReadOnlyList<(JobStanding Job, TagSet Has)> Jobs) Of(CiFiles before, CiFiles after, IReadOnlyList<TagChange> changes, IEnumerable<JobStanding> jobs, TagOrigins origins, TagOrigins merged)
    {
        if (Else(before, after, changes) is { } other) return ([other], []);
        if (MergedFiles.Read(after, out var problems) is not { } read) return (problems, []);
        var now = new TagOrigins(read.Root);
        var root = read.Files.First(file => file.Source.Path == after.Root).Map;
        var isDefaultOurs = TagSet.Of(origins.Texts(origins.Default)) != TagSet.Of(now.Texts(now.Default)) || merged.Default is null;
        var byDefault = isDefaultOurs ? now.Texts(now.Default) : merged.Texts(merged.Default);
        // A template's job that extends what is changed here changes too, by no text of ours.
        bool MayFollow(JobStanding job) => (job.From == TagsFrom.Outside ? (root[job.Name] as CiMap)?.Find("tags") is null : now.Of(job.Name) is null)
            && merged.Ancestors(job.Name).Any(name => origins.Own(name) != now.Own(name));
        var wrong = from job in jobs
                    let has = TagSet.Of(job.From switch
                    {
                        TagsFrom.Files => now.Texts(now.Of(job.Name)?.Value),
                        TagsFrom.Default => now.Of(job.Name) is { } own ? now.Texts(own.Value) : byDefault,
                        TagsFrom.Nowhere => now.Texts(now.Of(job.Name)?.Value),
                        _ => (root[job.Name] as CiMap)?.Find("tags") is { } inRoot ? now.Texts(inRoot.Value) : job.Current,
                    })
                    where has != job.TargetSet || MayFollow(job)
                    select (job, has);
        return ([], [.. wrong]);
    }

    /// <returns>The first difference that is none of tags; null when there is none.</returns>
    public static string? Else(CiFiles before, CiFiles after, IReadOnlyList<TagChange> changes)
    {
        foreach (var (path, text) in after.Texts)
        {
            if (text == before.Texts[path]) continue;
            var (was, now) = (MergedFiles.TryRead(before.Texts[path], out _), MergedFiles.TryRead(text, out var problem));
            if (was is null || now is null) return $"{path} could not be read after the change: {problem?.Message}";
            var edited = changes.Where(change => change.File == path).Select(change => change.Kind == TagChangeKind.EntryAdded ? [change.Path[0], "tags"] : change.Path);
            if (SameButTags.Difference(was, now, edited) is { } difference) return $"{path} would differ in {difference.Replace('\n', '.')}, not only in tags.";
        }

        return null;
    }
}

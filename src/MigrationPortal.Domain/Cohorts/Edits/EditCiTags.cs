using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>
/// Changes the tags of jobs in the text of a project's own CI files: the smallest change that gives each job the tags wished
/// for it, with comments, anchors, formatting and line ends as they were. The result is read again as GitLab joins the files,
/// and given out only when each job's tags are as wished and nothing else differs; otherwise the answer says why and what to
/// paste by hand.
/// </summary>
public static class EditCiTags
{
    /// <param name="lint">Of the same commit as the files, not as a dry run: tags as written.</param>
    public static CiEdit Apply(CiFiles files, IReadOnlyCollection<JobWish> wishes, CiLint lint)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(wishes);
        ArgumentNullException.ThrowIfNull(lint);
        if (!lint.Valid || lint.MergedYaml is null) return new CiEdit.Refused([$"GitLab does not accept the configuration as it is: {string.Join(" ", lint.Errors.DefaultIfEmpty("no reason is given."))} Correct that first."], []);
        var merged = MergedFiles.TryRead(lint.MergedYaml, out var unread);
        if (merged is null) return Refuse(files, wishes, [$"GitLab's merged configuration could not be read, line {unread!.Line}: {unread.Message}"]);
        var given = wishes.Select(wish => wish with { Job = ParallelJobs.NameOf(wish.Job, merged) }).ToLookup(wish => wish.Job, StringComparer.Ordinal);
        var byJob = given.ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        if (MergedFiles.Read(files, out var problems) is not { } read) return Refuse(files, byJob.Values, problems);
        var origins = new TagOrigins(read.Root);
        var jobs = JobStanding.All(lint, merged, origins, byJob).ToList();
        var reasons = WishCheck.Reasons(jobs, given, merged).ToList();
        if (reasons.Count > 0) return Refuse(files, byJob.Values, reasons);
        foreach (var reach in Enum.GetValues<Reach>())
        {
            var tried = Try(files, read, jobs, origins, new TagOrigins(merged), reach);
            if (tried is CiEdit.Edited) return tried;
            // The last attempt says most: it leaves alone what jobs share.
            reasons = [.. ((CiEdit.Refused)tried).Reasons];
        }

        return Refuse(files, byJob.Values, reasons);
    }

    private static CiEdit Try(CiFiles files, MergedFiles read, List<JobStanding> jobs, TagOrigins origins, TagOrigins merged, Reach reach)
    {
        var finder = new SpotFinder(read, origins, merged, reach);
        var spots = jobs.Select(finder.Of).ToList();
        var (chosen, without) = SmallestChange.Of(spots);
        if (without.Count > 0) return new CiEdit.Refused([.. without.Select(job => NoPlace(job, read))], []);
        List<Assignment> assignments = [.. chosen];
        while (true)
        {
            if (assignments.Any(one => one.Spot is TagSpot.New) && read.RootFile.Root is null or { IsFlow: true } or { Entries.Count: 0 })
                return new CiEdit.Refused([$"{files.Root} is written in braces, and nothing is added to such a file."], []);
            var (texts, changes) = new EditWriter(read, origins).Write(assignments);
            var (reasons, wrong) = EditCheck.Of(files, files.With(texts), changes, jobs, origins, merged);
            var more = Owns(spots, assignments, wrong, changes).ToList();
            if (reasons.Count == 0 && wrong.Count == 0 && more.Count == 0) return Edited(files, texts, changes, jobs, origins);
            if (reasons.Count > 0 || more.Count == 0) return new CiEdit.Refused([.. reasons, .. wrong.Select(one => $"{one.Job.Name} would have {one.Has} and not {one.Job.TargetSet}: give it its own tags.")], []);
            assignments.AddRange(more);
        }
    }

    private static CiEdit.Edited Edited(CiFiles files, Dictionary<string, string> texts, List<TagChange> changes, List<JobStanding> jobs, TagOrigins origins)
    {
        var record = new CiEditRecord(
            files.Root,
            texts.Keys.ToDictionary(path => path, path => files.Texts[path], StringComparer.Ordinal),
            texts,
            changes,
            [.. jobs.Where(job => job.Changes).Select(job => new JobTags(job.Name, job.Current, job.Target, TagSet.Of(origins.Known(job.Name) ?? []) != job.CurrentSet))]);
        return new CiEdit.Edited(texts, record, []);
    }

    /// <summary>
    /// Who else needs tags of its own: a job that extends one which now has some, and a template's job whose tags are those that
    /// change, for it may have them from there.
    /// </summary>
    private static IEnumerable<Assignment> Owns(List<JobSpots> spots, List<Assignment> assignments, IReadOnlyList<(JobStanding Job, TagSet Has)> wrong, List<TagChange> changes)
    {
        var names = wrong.Select(one => one.Job.Name).ToHashSet(StringComparer.Ordinal);
        var before = changes.Where(change => change.Kind == TagChangeKind.Replaced && change.Path[0] != "default").Select(change => TagSet.Of(change.Before)).ToHashSet();
        return from job in spots
               where job.Own is { } own && !assignments.Any(one => one.Spot.Equals(own))
               where names.Contains(job.Job.Name) || (job.Job is { From: TagsFrom.Outside, Changes: false } && before.Contains(job.Job.CurrentSet))
               select new Assignment(job.Own!, job.Job.Target, job.Job.Changes ? [job.Job] : []);
    }

    private static string NoPlace(JobStanding job, MergedFiles files) => job.From switch
    {
        TagsFrom.Outside or TagsFrom.Default or TagsFrom.Nowhere when files.HasRules && files.HostOf(job.Name) is null =>
            $"{job.Name} comes from an include that has rules: where they leave it out, a job of that name with only tags would make the configuration invalid. Change it where it is written.",
        _ => $"The tags of {job.Name} are written in a way that cannot be changed for it alone: other jobs use the same lines, or the job as a whole is an alias. Give it its own tags.",
    };

    private static CiEdit.Refused Refuse(CiFiles files, IEnumerable<JobWish> wishes, IReadOnlyList<string> reasons) =>
        new(reasons, LinesToPaste.Of(files.Root, wishes.Where(wish => wish.Kind != WishKind.Leave && !wish.Tags.Any(WishCheck.IsUnwritable) && wish.Tags.Count <= JobWish.MostTags).Select(wish => (wish.Job, wish.Tags))));
}

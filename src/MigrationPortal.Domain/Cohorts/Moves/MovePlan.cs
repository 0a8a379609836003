using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What a project's move would do, job by job. A pure function of what was scanned and of what admins wrote.</summary>
/// <param name="Target">Kubernetes, or docker for a pin.</param>
public sealed record MovePlan(ProjectId Project, EnrollmentTarget Target, IReadOnlyList<JobChange> Jobs)
{
    /// <summary>For the way that moves the project as a whole.</summary>
    public PairGround Ground { get; init; } = PairGround.None;

    /// <summary>What becomes of a job of this name that asks for these tags: for those that a variable gives, which only GitLab knows.</summary>
    public Func<string, TagSet, JobChange> Judge { get; init; } = (name, tags) => new JobChange(name, [.. tags], [.. tags], JobChangeKind.Stays, "Nobody has judged it.");

    public int Moving => Jobs.Count(job => job.Kind is JobChangeKind.Moves or JobChangeKind.There);

    public IEnumerable<JobChange> Staying => Jobs.Where(job => job.Kind is JobChangeKind.Stays or JobChangeKind.Pinned);

    /// <param name="jobs">Name and tags as written.</param>
    /// <param name="blocked">Jobs that will fail on Kubernetes.</param>
    /// <param name="served">Whether a runner of the target would take a job with these tags.</param>
    public static MovePlan Of(ProjectId project, EnrollmentTarget target, IEnumerable<(string Name, IReadOnlyList<string> Tags)> jobs, IReadOnlySet<string> blocked, MoveTags tags, Func<TagSet, bool> served) =>
        new(project, target, [.. jobs.Select(job => target == EnrollmentTarget.Docker ? Pin(job.Name, job.Tags, tags, served) : Move(job.Name, job.Tags, blocked.Contains(job.Name), tags, served))])
        {
            Judge = (name, now) => target == EnrollmentTarget.Docker ? Pin(name, [.. now], tags, served) : Move(name, [.. now], false, tags, served),
        };

    private static JobChange Move(string name, IReadOnlyList<string> from, bool blocked, MoveTags tags, Func<TagSet, bool> served)
    {
        if (blocked) return Stay(name, from, "It will not work on Kubernetes as it is.", tags) with { WillFail = true };
        if (from.Any(tag => tag.Contains('$', StringComparison.Ordinal)))
            return from.Count == 1 ? Judged(name, from, TagSet.Of(tags.OptIn), tags, served) : Stay(name, from, "Its tags mix a variable with others.", tags);
        if (from.Count > 0 && from.All(tags.ToKubernetes.Contains)) return new(name, from, from, JobChangeKind.There, null);
        var (to, inTheWay) = tags.Translate(TagSet.Of(from));
        return to is null ? Stay(name, from, $"Its tag {inTheWay} has no counterpart on Kubernetes yet.", tags) : Judged(name, from, to, tags, served);
    }

    private static JobChange Judged(string name, IReadOnlyList<string> from, TagSet to, MoveTags tags, Func<TagSet, bool> served)
    {
        if (TagSet.Of(from) == to) return new(name, from, from, JobChangeKind.There, null);
        return served(to) ? new(name, from, [.. to], JobChangeKind.Moves, null) : Stay(name, from, $"No Kubernetes runner takes jobs with the tags {to} at the moment.", tags);
    }

    // An untagged job, or one whose tags Kubernetes takes, moves with the next step of all: it is pinned where that can be.
    private static JobChange Stay(string name, IReadOnlyList<string> from, string why, MoveTags tags)
    {
        var follows = from.All(tags.Adopted.Contains);
        return follows && tags.Fallback is { } fallback ? new(name, from, [fallback], JobChangeKind.Pinned, why) : new(name, from, from, JobChangeKind.Stays, why);
    }

    private static JobChange Pin(string name, IReadOnlyList<string> from, MoveTags tags, Func<TagSet, bool> served)
    {
        if (tags.Fallback is not { } fallback) return new(name, from, from, JobChangeKind.Stays, "No tag leads back to docker yet.");
        if (from is [var only] && only == fallback) return new(name, from, from, JobChangeKind.There, null);
        if (from.Count > 1 && from.Any(tag => tag.Contains('$', StringComparison.Ordinal))) return new(name, from, from, JobChangeKind.Stays, "Its tags mix a variable with others.");
        var led = from.All(tag => tags.ToKubernetes.Contains(tag) || tags.Adopted.Contains(tag) || tag.StartsWith('$'));
        if (!led) return new(name, from, from, JobChangeKind.Stays, "Its tags keep it on docker anyway.");
        return served(TagSet.Of(fallback)) ? new(name, from, [fallback], JobChangeKind.Moves, null) : new(name, from, from, JobChangeKind.Stays, $"No docker runner takes jobs with the tag {fallback} at the moment.");
    }
}

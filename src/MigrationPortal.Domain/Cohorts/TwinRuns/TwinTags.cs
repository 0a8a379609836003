using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>The tags of both copies: those that the job has, and what they become on Kubernetes. Each must lead to its executor alone.</summary>
public sealed record TwinTags(IReadOnlyList<string> Docker, IReadOnlyList<string> Kubernetes)
{
    /// <param name="from">As written.</param>
    /// <param name="now">What they are when the job runs, variables expanded; null: it could not be seen.</param>
    /// <param name="takenBy">Roles of the runners that would take a job with these tags on an unprotected branch; an unmanaged runner has none.</param>
    /// <returns>Refuses <c>no-runner</c> with what is in the way.</returns>
    public static Outcome<TwinTags> Of(string job, IReadOnlyList<string> from, TagSet? now, MoveTags known, Func<TagSet, IReadOnlyCollection<RunnerRole?>> takenBy)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(takenBy);
        bool Leads(IEnumerable<string> tags, RunnerRole role) => takenBy(TagSet.Of(tags)) is { Count: > 0 } roles && roles.All(one => one == role);
        IReadOnlyList<string>? fallback = known.Fallback is { } tag ? [tag] : null;
        if (now is null) return Refusal.Of("no-runner", $"What {string.Join(", ", from)} gives {job} now could not be seen, because the job would not run on the default branch at the moment.");
        var asIs = takenBy(now);
        var onDocker = asIs.Count > 0 && !asIs.Contains(RunnerRole.Kubernetes) ? from : fallback is not null && Leads(fallback, RunnerRole.Legacy) ? fallback : null;
        if (onDocker is null) return Refusal.Of("no-runner", asIs.Contains(RunnerRole.Kubernetes) ? $"{job} runs on Kubernetes as it is, and no tag leads it to docker." : $"No runner takes {job} as it is.");
        var (to, inTheWay) = !now.IsEmpty && now.IsSubsetOf(known.ToKubernetes) ? (now, null) : known.Translate(now);
        if (to is null) return Refusal.Of("no-runner", $"The tag {inTheWay} of {job} has no counterpart on Kubernetes yet.");
        return Leads(to, RunnerRole.Kubernetes) ? new TwinTags(onDocker, [.. to]) : Refusal.Of("no-runner", $"No Kubernetes runner takes jobs with {(to.Count == 1 ? "the tag" : "the tags")} {string.Join(", ", to)} at the moment.");
    }
}

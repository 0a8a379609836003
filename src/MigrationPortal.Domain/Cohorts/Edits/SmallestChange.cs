using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>
/// Chooses where to write: of all ways that give each job its tags the one that touches the fewest lines. Places form a
/// tree (what an anchor holds, the line that uses it, the job), and each either keeps what comes from above or says its own.
/// </summary>
internal static class SmallestChange
{
    /// <summary>So much costs a job that cannot be given its tags.</summary>
    private const int Impossible = 1_000_000;

    /// <returns>What to write, and the jobs for which there is no place.</returns>
    public static (IReadOnlyList<Assignment> Changes, IReadOnlyList<JobStanding> Without) Of(IReadOnlyList<JobSpots> jobs)
    {
        var way = Solve(jobs, 0, null);
        return (way.Changes, way.Without);
    }

    /// <param name="given">What comes from above when that has changed; null: each job's tags of now.</param>
    private static Way Solve(IReadOnlyList<JobSpots> jobs, int depth, TagSet? given)
    {
        var ways = jobs.Where(job => job.Shared.Count <= depth).Select(job => Alone(job, given))
            .Concat(jobs.Where(job => job.Shared.Count > depth).GroupBy(job => job.Shared[depth]).Select(group => Together(group.Key, [.. group], depth, given)));
        return ways.Aggregate(Way.Nothing, (all, one) => all.And(one));
    }

    private static Way Alone(JobSpots job, TagSet? given)
    {
        if ((given ?? job.Job.CurrentSet) == job.Job.TargetSet) return Way.Nothing;
        if (job.Own is not { } own) return new Way(Impossible, [], [job.Job]);
        return new Way(own.Cost, [new Assignment(own, job.Job.Target, job.Job.Changes ? [job.Job] : [])], []);
    }

    private static Way Together(TagSpot spot, IReadOnlyList<JobSpots> jobs, int depth, TagSet? given)
    {
        var best = Solve(jobs, depth + 1, given);
        if (best.Cost == 0) return best;
        foreach (var tags in jobs.Where(job => job.Job.Changes).DistinctBy(job => job.Job.TargetSet).Select(job => job.Job.Target))
        {
            var set = TagSet.Of(tags);
            var below = Solve(jobs, depth + 1, set);
            var follow = jobs.Select(job => job.Job).Where(job => job.TargetSet == set && job.Changes).ToList();
            var way = new Way(spot.Cost, [new Assignment(spot, tags, follow)], []).And(below);
            // Of two equal ways the one that changes the place itself: what comes later then follows it.
            if (way.Cost <= best.Cost) best = way;
        }

        return best;
    }

    private sealed record Way(int Cost, IReadOnlyList<Assignment> Changes, IReadOnlyList<JobStanding> Without)
    {
        public static readonly Way Nothing = new(0, [], []);

        public Way And(Way other) => new(Cost + other.Cost, [.. Changes, .. other.Changes], [.. Without, .. other.Without]);
    }
}

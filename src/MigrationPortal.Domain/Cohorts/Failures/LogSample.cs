using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>
/// Which failed jobs of a day are read (statistics.md C): as many of docker as of Kubernetes, the lowest by a keyed hash of their
/// id, so that neither their order nor anybody's wish chooses, and whoever knows the seed draws the same. Pure.
/// </summary>
public static class LogSample
{
    /// <summary>Of the hash's message, <c>log-sample:production:123</c>.</summary>
    public const string Domain = "log-sample";

    /// <param name="failed">Of one day, in any order; others than docker and Kubernetes are left out.</param>
    /// <param name="most">Of each executor.</param>
    /// <returns>The same number of both: where one side failed less often than <paramref name="most"/>, as many as it has.</returns>
    public static IReadOnlyList<FailedId> Draw(string seed, InstanceId instance, IReadOnlyCollection<FailedId> failed, int most)
    {
        ArgumentNullException.ThrowIfNull(failed);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var sides = ((ExecutorFamily[])[ExecutorFamily.Docker, ExecutorFamily.Kubernetes]).Select(family => failed.Where(job => job.Executor == family).ToList()).ToList();
        var each = Math.Min(most, sides.Min(side => side.Count));
        return [.. sides.SelectMany(side => side.OrderBy(job => KeyedHash.OfJob(seed, Domain, new JobId(instance, job.Job))).ThenBy(job => job.Job).Take(each))];
    }
}

public sealed record FailedId(long Job, long Project, ExecutorFamily Executor);

using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Why one half of a pair cannot serve projects.</summary>
public enum PairFault
{
    /// <summary>GitLab has no such runner.</summary>
    NotThere,

    /// <summary>Only project runners can be assigned to projects (gitlab-api.md 1.7).</summary>
    NotAProjectRunner,

    /// <summary>One of its managers has another executor than the half is for.</summary>
    WrongExecutor,

    /// <summary>No manager has made contact yet, so its executor is not known.</summary>
    ExecutorNotKnown,

    /// <summary>GitLab assigns a locked runner to no other project.</summary>
    Locked,

    Paused,

    /// <summary>No contact within <see cref="JobMatcher.ContactLimit"/>.</summary>
    Silent,

    /// <summary>Takes jobs of protected branches and tags alone.</summary>
    ProtectedOnly,

    /// <summary>Of the Kubernetes half: most jobs have no tags.</summary>
    RefusesUntagged,
}

/// <summary>A pair as a reading of the fleet shows it. Pure.</summary>
public sealed record PairNow(RunnerPair Pair, PairHalf Kubernetes, PairHalf Docker)
{
    public static PairNow Of(RunnerPair pair, FleetSnapshot fleet)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return new(pair, PairHalf.Of(ExecutorFamily.Kubernetes, pair.Kubernetes, fleet), PairHalf.Of(ExecutorFamily.Docker, pair.Docker, fleet));
    }

    public PairHalf Of(EnrollmentTarget target) => target == EnrollmentTarget.Docker ? Docker : Kubernetes;
}

/// <param name="Family">What it is for.</param>
/// <param name="Seen">Null: GitLab has no such runner.</param>
/// <param name="Faults">Every one; empty when it can serve.</param>
public sealed record PairHalf(ExecutorFamily Family, long Runner, ObservedRunner? Seen, IReadOnlyList<PairFault> Faults)
{
    public bool IsFit => Faults.Count == 0;

    /// <summary>Faults that no setting of the runner mends: another runner must be named.</summary>
    public IEnumerable<PairFault> Wrong => Faults.Where(fault => fault is PairFault.NotThere or PairFault.NotAProjectRunner or PairFault.WrongExecutor);

    public static PairHalf Of(ExecutorFamily family, long runner, FleetSnapshot fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var seen = fleet.Runners.FirstOrDefault(one => one.Id.Number == runner)?.Observed;
        return new(family, runner, seen, seen is null ? [PairFault.NotThere] : [.. FaultsOf(seen, family, fleet.TakenAt)]);
    }

    /// <summary>Whether it is of the right kind for a job with these tags, on any ref.</summary>
    public bool Takes(TagSet tags) => Seen is not null && JobMatcher.Takes(Seen.Attributes, tags, protectedRef: null);

    private static IEnumerable<PairFault> FaultsOf(ObservedRunner seen, ExecutorFamily family, DateTimeOffset at)
    {
        var known = seen.Managers.Select(manager => manager.Executor.Family).Where(one => one != ExecutorFamily.Unknown).ToList();
        if (seen.Type != RunnerType.Project) yield return PairFault.NotAProjectRunner;
        if (known.Count == 0) yield return PairFault.ExecutorNotKnown;
        if (known.Exists(one => one != family)) yield return PairFault.WrongExecutor;
        if (seen.Locked) yield return PairFault.Locked;
        if (seen.Attributes.Paused) yield return PairFault.Paused;
        if (known.Count > 0 && !JobMatcher.InContact(seen, at)) yield return PairFault.Silent;
        if (seen.Attributes.AccessLevel == RunnerAccessLevel.RefProtected) yield return PairFault.ProtectedOnly;
        if (family == ExecutorFamily.Kubernetes && !seen.Attributes.RunUntagged) yield return PairFault.RefusesUntagged;
    }
}

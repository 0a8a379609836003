using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Brings revisions into clusters, and says what runs there: whoever applied it.</summary>
public interface IRollouts
{
    /// <param name="sought">The revision that is looked for; null: whichever of the newest runs there.</param>
    /// <returns>Refuses <c>cluster-unavailable</c> and <c>gitlab-unavailable</c>, from which nothing is concluded, and for good where it can never be seen.</returns>
    Task<Outcome<RolloutSeen>> ObserveAsync(long cluster, long configuration, int? sought, CancellationToken cancel);

    /// <summary>Begins to apply a revision; asked again for the same reason, it answers the same.</summary>
    /// <returns>The application; null where somebody else applies and the portal waits. Refused for good where it cannot be applied.</returns>
    Task<Outcome<long?>> ApplyAsync(RolloutWish wish, CancellationToken cancel);

    /// <summary>Begins to bring the revision before back, at once and before anything else, vouched for by nobody; asked again while that is under way, it answers the same.</summary>
    /// <param name="application">That brought the revision which goes; null: none of the portal's.</param>
    /// <returns>As <see cref="ApplyAsync"/>.</returns>
    Task<Outcome<long?>> ReturnAsync(RolloutWish wish, long? application, CancellationToken cancel);

    /// <summary>Jobs of the cluster's runners that ended since.</summary>
    Task<Rate> FailuresAsync(long cluster, DateTimeOffset since, CancellationToken cancel);
}

/// <param name="Reason">Names what asks for it, so that it is known again.</param>
/// <param name="OverrideUnverified">Why it goes into production although no verification proves it; null: then it does not.</param>
public sealed record RolloutWish(long Cluster, long Configuration, int Revision, Actor Who, string Reason, string? OverrideUnverified);

/// <summary>How a configuration fares in a cluster.</summary>
public enum RolloutHealth
{
    Well,

    /// <summary>On its way: nobody concludes anything yet.</summary>
    Waiting,

    /// <summary>Its pods are not ready, or its manager does not report to GitLab.</summary>
    Ill,
}

/// <param name="Revision">That the cluster matches without drift; null: none, or none wholly.</param>
/// <param name="Application">The portal's application behind it; null: somebody else's doing.</param>
/// <param name="Said">What was seen, in a sentence.</param>
public sealed record RolloutSeen(int? Revision, long? Application, RolloutHealth Health, string Said)
{
    /// <summary>The revision of the portal's last good application there; null: there was none.</summary>
    public int? LastGood { get; init; }

    /// <summary>The portal is at it there, and gives up by itself in time.</summary>
    public bool IsUnderWay { get; init; }
}

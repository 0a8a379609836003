using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Brings revisions into clusters, and says what runs there: whoever applied it.</summary>
public interface IRollouts
{
    /// <returns>Refused where the cluster or GitLab could not be asked: nothing is concluded from it.</returns>
    Task<Outcome<RolloutSeen>> ObserveAsync(long cluster, long configuration, CancellationToken cancel);

    /// <summary>Begins to apply a revision; asked again while that is under way, it answers the same.</summary>
    /// <returns>The application; null where somebody else applies and the portal waits. Refused for good where it cannot be applied.</returns>
    Task<Outcome<long?>> ApplyAsync(long cluster, long configuration, int revision, Actor who, string reason, CancellationToken cancel);

    /// <summary>Begins to bring the revision before back, at once and before anything else; asked again while that is under way, it answers the same.</summary>
    /// <param name="application">That brought the revision which goes; null: none of the portal's.</param>
    /// <returns>As <see cref="ApplyAsync"/>.</returns>
    Task<Outcome<long?>> ReturnAsync(long cluster, long configuration, long? application, int revision, Actor who, string reason, CancellationToken cancel);

    /// <summary>Jobs of the cluster's runners that ended since.</summary>
    Task<Rate> FailuresAsync(long cluster, DateTimeOffset since, CancellationToken cancel);
}

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
public sealed record RolloutSeen(int? Revision, long? Application, RolloutHealth Health, string Said);

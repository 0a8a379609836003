using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>What somebody wants lent.</summary>
/// <param name="Role">Kubernetes or legacy.</param>
/// <param name="Like">A managed runner of the role whose state is copied; null: what the phase wants of a new one.</param>
/// <param name="Runners">1 to <see cref="MostRunners"/>, each of QA's runners once.</param>
/// <param name="Until">The world's time.</param>
/// <param name="DrainFor">0 to a day.</param>
/// <param name="Fingerprint">Of what becomes reachable, as the preview said it.</param>
/// <param name="ConfirmRemoval">At the end the lent runners are deleted, and jobs that are not done by then end with them.</param>
public sealed record SurgeWish(RunnerRole Role, long? Like, IReadOnlyList<LendWish> Runners, DateTimeOffset Until, TimeSpan DrainFor, string? Fingerprint, bool ConfirmRemoval, string? Reason)
{
    public const int MostRunners = 20;

    /// <summary>Why it is lent although no verification proves a revision; null: then it is not.</summary>
    public string? OverrideUnverified { get; init; }
}

/// <param name="Runner">QA's number of it.</param>
/// <param name="Cluster">A cluster of QA, where its lent manager runs.</param>
/// <param name="Configuration">What that manager is made of, usually the one of QA's own manager.</param>
/// <param name="Revision">Null: the one that was last applied there and is healthy; where none was, the newest.</param>
public sealed record LendWish(long Runner, long Cluster, long Configuration, int? Revision);

/// <summary>What a surge would do; nothing is written.</summary>
/// <param name="Attributes">What the lent runners would be.</param>
/// <param name="Queued">Jobs that wait for such a runner now.</param>
/// <param name="Fingerprint">Of <paramref name="Reach"/> and of the revisions: what confirming it gives back.</param>
/// <param name="Unverified">Which revisions no verification proves, in words: lending them needs a reason.</param>
public sealed record SurgePreview(RunnerAttributes Attributes, IReadOnlyList<LentRunner> Lent, IReadOnlyList<Reachable> Reach, string Fingerprint, long Queued, IReadOnlyList<string> Notes, IReadOnlyList<string> Unverified);

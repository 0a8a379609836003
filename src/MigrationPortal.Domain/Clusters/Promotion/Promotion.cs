using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>How far a promotion is. Stored by name.</summary>
public enum PromotionState
{
    Running,

    /// <summary>Every cluster runs the revision and was well for the bake time.</summary>
    Succeeded,

    /// <summary>A cluster was not well: it goes back, or went back, and no further one is begun.</summary>
    Halted,

    /// <summary>Somebody stopped it: what runs stays, and no further cluster is begun.</summary>
    Stopped,

    /// <summary>All of its clusters go back to what they ran before.</summary>
    RollingBack,
    RolledBack,

    /// <summary>At least one of its clusters could not be brought back: somebody has to look there.</summary>
    NotReturned,
}

/// <summary>How far one cluster of a promotion is. Stored by name.</summary>
public enum StageState
{
    Pending,

    /// <summary>Written down before the cluster is touched; ends when the revision is observed there.</summary>
    Applying,

    /// <summary>Observed, and watched for the bake time.</summary>
    Baking,
    Done,
    Failed,

    /// <summary>Written down before the cluster is touched; ends when the revision before is observed there.</summary>
    RollingBack,
    RolledBack,

    /// <summary>It was not back in time: what is said tells why, and a roll back by hand tries again.</summary>
    NotReturned,
}

/// <summary>One cluster's turn. Stored as JSON: names are promises.</summary>
/// <param name="Before">The revision observed there when its turn came; null: none.</param>
/// <param name="Application">That brought it there; null: none of the portal's, or not begun.</param>
/// <param name="Since">Of the state, in the cluster's own GitLab's time.</param>
/// <param name="BakedAt">When the bake time ends; null until it has begun.</param>
/// <param name="FailedBefore">Jobs of the cluster in the day before its turn: what its failures are held against.</param>
/// <param name="Said">What was last seen, or why it failed.</param>
public sealed record PromotionStage(long Cluster, StageState State, int? Before, long? Application, DateTimeOffset Since, DateTimeOffset? BakedAt, Rate FailedBefore, string? Said)
{
    /// <summary>The cluster may run the revision.</summary>
    public bool IsTouched => State is not (StageState.Pending or StageState.RolledBack);
}

/// <summary>One revision on its way through production, a cluster at a time, in the order given.</summary>
/// <param name="Verification">The evidence; null: <paramref name="Override"/> stands in its place.</param>
/// <param name="Bake">How long each cluster is watched, in its GitLab's time.</param>
/// <param name="Said">Why it halted, stopped or goes back.</param>
/// <param name="Version">Fences writes.</param>
public sealed record Promotion(
    long Id, long Configuration, int Revision, InstanceId Instance, long? Verification, UnverifiedOverride? Override, TimeSpan Bake, PromotionState State, IReadOnlyList<PromotionStage> Stages, string? Said, Actor AskedBy, DateTimeOffset AskedAt, DateTimeOffset Since, long Version)
{
    public static readonly TimeSpan UsualBake = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan LongestBake = TimeSpan.FromDays(7);

    /// <summary>The sweep has something to do for it, and no other promotion of the configuration begins.</summary>
    public bool IsActive => State is PromotionState.Running or PromotionState.RollingBack || Stages.Any(stage => stage.State == StageState.RollingBack);

    /// <summary>Of what it applies: by it an application is known again whose number was lost.</summary>
    public string Reason => $"Promotion {Id} of revision {Revision}";

    public Promotion With(int index, PromotionStage stage) => this with { Stages = [.. Stages.Select((one, at) => at == index ? stage : one)] };
}

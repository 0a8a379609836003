using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// All that a step's gates are computed from. Stored with each verdict: the same facts and policy give the same verdicts
/// again, bit for bit.
/// </summary>
/// <param name="At">The instance's time at which they were read.</param>
/// <param name="CompleteSince">From when on every job is read.</param>
/// <param name="Arms">Whole UTC days, oldest first, from <see cref="LookPlan.EvidenceFrom"/> on.</param>
public sealed record GateFacts(
    GateStep Step,
    DateTimeOffset At,
    DateTimeOffset CompleteSince,
    IReadOnlyList<ArmDay> Arms,
    CollectionFacts Collection,
    PendingFacts Pending,
    TimeFacts Times,
    FallbackFacts Fallback,
    CapacityFacts Capacity,
    double? PredictedFailuresPerDay)
{
    /// <summary>How often the portal took this very step back by itself.</summary>
    public int RolledBack { get; init; }

    /// <summary>Times of freeze windows, from now on.</summary>
    public Freezes? Calendar { get; init; }

    public ApprovalFacts? Approvals { get; init; }

    /// <summary>Null where the opt-in tag does not end with the step, or is kept for good.</summary>
    public GraduationFacts? Graduation { get; init; }

    /// <summary>What the external gates that the policy names answered, in its order.</summary>
    public IReadOnlyList<ExternalFacts>? External { get; init; }

    /// <summary>By job name, of those projects alone whose <see cref="Arms"/> look worse; of the days whose names are still kept.</summary>
    public IReadOnlyList<NameDay> Names { get; init; } = [];
}

/// <summary>What became of one project's jobs of one name on one day, on whatever runner: first attempts, by executor family.</summary>
public sealed record NameDay(long Project, string Name, DateOnly Day, ArmCounts Kubernetes, ArmCounts Docker);

/// <summary>What became of one project's jobs with one tag set on one day on managed runners: first attempts, by executor family.</summary>
/// <param name="Tags">Separated by commas, empty for untagged; null when they are not known, or not told apart.</param>
public sealed record ArmDay(long Project, DateOnly Day, ArmCounts Kubernetes, ArmCounts Docker, string? Tags = null)
{
    /// <summary>The project and its tag set: jobs of one class, whatever else the project runs.</summary>
    public string Class => FormattableString.Invariant($"{Project}|{Tags}");
}

/// <param name="Infrastructure">Of the failed ones, those of an infrastructure reason (raw <c>failure_reason</c>).</param>
/// <param name="Unread">Of the failed ones, those whose raw reason has not been read; none in facts of before it was told.</param>
public readonly record struct ArmCounts(long Finished, long Failed, long Infrastructure, long Unread = 0)
{
    public Rate Rate(bool all) => new(all ? Failed : Infrastructure, Finished);

    public static ArmCounts operator +(ArmCounts one, ArmCounts other) =>
        new(one.Finished + other.Finished, one.Failed + other.Failed, one.Infrastructure + other.Infrastructure, one.Unread + other.Unread);

    public static ArmCounts Add(ArmCounts left, ArmCounts right) => left + right;
}

/// <param name="Finished">Jobs of the evidence's days, on whatever runner.</param>
/// <param name="ReasonMissing">Failed ones whose raw reason has not been read yet.</param>
/// <param name="LookedAt">When the jobs were last looked at; null: never.</param>
public sealed record CollectionFacts(long Finished, long ExecutorKnown, long ReasonMissing, DateTimeOffset? LookedAt)
{
    /// <summary>Of <see cref="ReasonMissing"/>, those of whole days on Kubernetes: in facts of before <see cref="ArmCounts.Unread"/> alone, which still replay.</summary>
    public long KubernetesReasonMissing { get; init; }
}

/// <param name="NoRunner">Jobs that no runner can take, <paramref name="NeverCarried"/> apart.</param>
/// <param name="TooOld">Others that wait longer than the policy's limit.</param>
/// <param name="NeverCarried">Jobs that ask for tags that no runner ever carried together since the portal first looked: no step strands them, and none helps them.</param>
public sealed record PendingFacts(long Jobs, long NoRunner, long TooOld, long NeverCarried = 0)
{
    /// <param name="carried">Every set of tags that a runner carried since the portal first looked.</param>
    /// <param name="late">Of a class's jobs, those that wait longer than the policy's limit.</param>
    public PendingFacts With(PendingReason reason, TagSet? tags, IReadOnlyCollection<TagSet> carried, long jobs, long late)
    {
        var all = this with { Jobs = Jobs + jobs };
        // In a brownout they wait as meant.
        if (reason is PendingReason.Brownout) return all;
        if (!PendingDiagnosis.IsStuck(reason)) return all with { TooOld = TooOld + late };
        return tags is null || carried.Any(tags.IsSubsetOf) ? all with { NoRunner = NoRunner + jobs } : all with { NeverCarried = NeverCarried + jobs };
    }
}

/// <summary>Seconds; null where no job says anything.</summary>
/// <param name="QueuedBefore">95th percentile in the week before the step.</param>
/// <param name="QueuedAfter">In the days since, at most a week.</param>
/// <param name="RanRatio">Median over job names with enough jobs on both executors of (Kubernetes / docker) median run time.</param>
/// <param name="Names">How many names that rests on.</param>
public sealed record TimeFacts(double? QueuedBefore, double? QueuedAfter, double? RanRatio, long Names);

/// <param name="Finished">Jobs whose tags are known.</param>
public sealed record FallbackFacts(string? Tag, long Asked, long Finished);

/// <param name="Runners">Managed Kubernetes runners that are not paused.</param>
public sealed record CapacityFacts(int Runners, int InContact);

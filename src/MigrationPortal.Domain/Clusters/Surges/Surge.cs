using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>How far a surge is. Stored by name.</summary>
public enum SurgeState
{
    /// <summary>QA's runners are paused, production's are made, their managers come up; nothing takes a job yet.</summary>
    Starting,

    /// <summary>The lent runners take production's jobs.</summary>
    Lending,

    /// <summary>The way back begins: the lent runners take no further job.</summary>
    Pausing,

    /// <summary>Their jobs end by themselves, until the drain's time is over.</summary>
    Draining,

    /// <summary>Runners, managers and Secrets go.</summary>
    Removing,

    /// <summary>QA's runners become what they were.</summary>
    Restoring,

    /// <summary>It lent, and nothing of it is left.</summary>
    Ended,

    /// <summary>It did not come to lend, and nothing of it is left.</summary>
    Undone,
}

/// <summary>
/// QA's runners, lent to production for a limited time. Written down before anything is touched and before each step, so that it
/// also ends after a crash. Tokens are in none of this. Times are the world's unless said otherwise.
/// </summary>
/// <param name="Instance">Production, whose jobs come.</param>
/// <param name="Role">Kubernetes or legacy: whose desired state the lent runners have.</param>
/// <param name="Like">A runner of that role whose state they copy; null: what the phase wants of one that is new.</param>
/// <param name="Tags">As the lent runners have them now.</param>
/// <param name="Reach">What becomes reachable, as it was confirmed.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="DrainFor">How long jobs may go on after the end; 0 ends them at once.</param>
/// <param name="StartBy">Real time: not lending by then, it is undone.</param>
/// <param name="QueuedBefore">Production's jobs that waited for such a runner when it was asked for.</param>
/// <param name="Said">What it waits for.</param>
/// <param name="EndedFor">Why the way back began; null: it has not.</param>
/// <param name="LentAt">When the lent runners were let loose; null: not yet.</param>
/// <param name="Version">Fences writes.</param>
public sealed record Surge(
    long Id, InstanceId Instance, RunnerRole Role, long? Like, IReadOnlyList<string> Tags, bool RunUntagged, IReadOnlyList<LentRunner> Lent, IReadOnlyList<Reachable> Reach,
    SurgeState State, DateTimeOffset Until, TimeSpan DrainFor, DateTimeOffset StartBy, long QueuedBefore, string? Said, string? EndedFor,
    Actor AskedBy, string Reason, DateTimeOffset AskedAt, DateTimeOffset? LentAt, DateTimeOffset Since, DateTimeOffset? EndedAt, long Version)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);
    public static readonly TimeSpan UsualDrain = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestDrain = TimeSpan.FromDays(1);

    public bool IsActive => State is not (SurgeState.Ended or SurgeState.Undone);

    /// <summary>It may still be called back.</summary>
    public bool IsGoingOn => State is SurgeState.Starting or SurgeState.Lending;

    /// <summary>Of the lent runners: nobody's plan holds them.</summary>
    internal RunnerStanding Standing => new(Role, true, false);

    /// <summary>What the lent runners are to be, let loose or held.</summary>
    public RunnerAttributes Attributes(bool paused) => new(TagSet.Of(Tags), RunUntagged, paused, RunnerAccessLevel.NotProtected);

    public Surge With(int index, LentRunner lent) => this with { Lent = [.. Lent.Select((one, at) => at == index ? lent : one)] };
}

using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Web.Clusters.Surges;

/// <param name="Name">A variable's key, a project's path or a Secret's name; <c>*</c> stands for all that could not be named.</param>
/// <param name="Protected">Only to jobs on protected refs; null where that does not apply or both are true.</param>
public sealed record ReachableView(ReachableKind Kind, string Name, bool? Protected, string Where)
{
    internal static ReachableView Of(Reachable one) => new(one.Kind, one.Name, one.Protected, one.Where);
}

/// <param name="TagList">What the lent runners would be.</param>
/// <param name="Objects">What would be made in QA's clusters, beside a Secret each.</param>
/// <param name="Reach">Confirmed by giving back <paramref name="Fingerprint"/>.</param>
/// <param name="Queued">Jobs that wait for such a runner now.</param>
/// <param name="Unverified">Revisions that no verification proves: lending them needs <c>overrideUnverified</c>.</param>
public sealed record SurgePreviewView(IReadOnlyList<string> TagList, bool RunUntagged, IReadOnlyList<LentRunnerView> Runners, IReadOnlyList<string> Objects, IReadOnlyList<ReachableView> Reach, string Fingerprint, long Queued, IReadOnlyList<string> Notes, IReadOnlyList<string> Unverified)
{
    internal static SurgePreviewView Of(SurgePreview seen) => new(
        [.. seen.Attributes.Tags], seen.Attributes.RunUntagged, [.. seen.Lent.Select(LentRunnerView.Of)], [.. seen.Lent.SelectMany(one => one.Objects.Select(item => $"{one.ClusterName}: {item.Key}"))],
        [.. seen.Reach.Select(ReachableView.Of)], seen.Fingerprint, seen.Queued, seen.Notes, seen.Unverified);
}

/// <param name="QaRunner">QA's number; it is paused meanwhile.</param>
/// <param name="QaWasPaused">What it goes back to; null: not looked at yet.</param>
/// <param name="Runner">Production's number of the lent one; null: not made yet.</param>
/// <param name="Secret">Where its token went; the token is shown nowhere.</param>
/// <param name="ContactedAt">When GitLab last heard from the lent manager.</param>
public sealed record LentRunnerView(
    string QaInstance, long QaRunner, string Name, bool? QaWasPaused, long Cluster, string ClusterName, long Configuration, string ConfigurationName, int Revision, string Release, string Secret, LentState State, long? Runner, DateTimeOffset? ContactedAt, long JobsTaken, long JobsRunning)
{
    internal static LentRunnerView Of(LentRunner one) => new(
        one.Qa.Instance.Name, one.Qa.Number, one.Name, one.WasPaused, one.Cluster, one.ClusterName, one.Configuration, one.ConfigurationName, one.Revision, one.Release, $"{one.Place.Namespace}/{one.Place.Name}", one.State, one.Runner, one.ContactAt, one.Taken, one.Running);
}

/// <param name="QueuedBefore">Jobs that waited for such a runner when it was asked for.</param>
/// <param name="Reachable">How many names were confirmed.</param>
/// <param name="Message">What it waits for.</param>
/// <param name="EndedFor">Why the way back began; null: it has not.</param>
public sealed record SurgeView(
    long Id, RunnerRole Role, SurgeState State, string? Message, IReadOnlyList<string> TagList, bool RunUntagged, IReadOnlyList<LentRunnerView> Runners, DateTimeOffset Until, long DrainSeconds, long QueuedBefore, int Reachable, long JobsTaken, long JobsRunning,
    string? EndedFor, string AskedBy, string Reason, DateTimeOffset AskedAt, DateTimeOffset? LentAt, DateTimeOffset Since, DateTimeOffset? EndedAt)
{
    internal static SurgeView Of(Surge one) => new(
        one.Id, one.Role, one.State, one.Said, one.Tags, one.RunUntagged, [.. one.Lent.Select(LentRunnerView.Of)], one.Until, (long)one.DrainFor.TotalSeconds, one.QueuedBefore, one.Reach.Count, one.Lent.Sum(lent => lent.Taken), one.Lent.Sum(lent => lent.Running),
        one.EndedFor, one.AskedBy.ToString(), one.Reason, one.AskedAt, one.LentAt, one.Since, one.EndedAt);
}

/// <param name="Queued">Jobs that waited for such a runner.</param>
public sealed record SurgeSampleView(DateTimeOffset At, long Queued, long JobsRunning, long JobsTaken);

/// <param name="Queue">Oldest first, at most 500.</param>
public sealed record SurgeDetailView(SurgeView Surge, IReadOnlyList<SurgeSampleView> Queue);

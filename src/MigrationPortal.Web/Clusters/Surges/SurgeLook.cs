using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>States of surges as icon, colour and word.</summary>
internal static class SurgeLook
{
    public static (VerdictKind Kind, string Word) Of(SurgeState state) => state switch
    {
        SurgeState.Starting => (VerdictKind.Wait, "starting"),
        SurgeState.Lending => (VerdictKind.Pass, "lending"),
        SurgeState.Pausing => (VerdictKind.Attention, "is called back"),
        SurgeState.Draining => (VerdictKind.Attention, "draining"),
        SurgeState.Removing => (VerdictKind.Attention, "is removed"),
        SurgeState.Restoring => (VerdictKind.Attention, "QA is restored"),
        SurgeState.Ended => (VerdictKind.Unknown, "ended"),
        _ => (VerdictKind.Unknown, "undone, it never lent"),
    };

    public static (VerdictKind Kind, string Word) Of(Surge surge, LentRunner lent) => (surge.State, lent) switch
    {
        (_, { QaBack: true, ObjectsGone: true }) => (VerdictKind.Unknown, "home"),
        (_, { QaBack: true }) => (VerdictKind.Attention, "home, its manager is not removed yet"),
        (_, { RunnerGone: true, ObjectsGone: true }) => (VerdictKind.Unknown, "removed"),
        (SurgeState.Starting, { State: LentState.Planned }) => (VerdictKind.Wait, "QA's runner is paused"),
        (SurgeState.Starting, { State: LentState.Held }) => (VerdictKind.Wait, "is made in GitLab"),
        (SurgeState.Starting, { State: LentState.Made }) => (VerdictKind.Wait, "its token goes into the cluster"),
        (SurgeState.Starting, { State: LentState.Delivered }) => (VerdictKind.Wait, "its manager is applied"),
        (SurgeState.Starting, { State: LentState.Applied }) => (VerdictKind.Wait, "waits for its manager"),
        (SurgeState.Starting, _) => (VerdictKind.Pass, "ready"),
        (SurgeState.Lending, { RunnerGone: true }) => (VerdictKind.Attention, "deleted in GitLab"),
        (SurgeState.Lending, { State: LentState.Loose }) => (VerdictKind.Pass, "takes jobs"),
        (SurgeState.Lending, _) => (VerdictKind.Wait, "is let loose"),
        _ => (VerdictKind.Attention, "on its way back"),
    };

    public static string Of(ReachableKind kind) => kind switch
    {
        ReachableKind.InstanceVariable => "Variables of the instance",
        ReachableKind.ProjectVariables => "Variables of projects and their groups",
        ReachableKind.JobToken => "What GitLab gives to every job",
        ReachableKind.RunnerToken => "Tokens of the lent runners",
        _ => "What QA's cluster gives to jobs",
    };

    public static string Of(RunnerRole role) => role == RunnerRole.Legacy ? "legacy" : "kubernetes";

    public static string Takes(IReadOnlyList<string> tags, bool untagged) =>
        (tags, untagged) switch { ({ Count: 0 }, _) => "untagged jobs", (_, true) => $"untagged jobs and {string.Join(", ", tags)}", _ => $"jobs with {string.Join(", ", tags)}" };
}

using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Twin runs in a maintainer's words.</summary>
internal static class TwinWords
{
    public const string Branch = "They run on a branch of their own that is not protected: protected variables are not there, and CI_COMMIT_BRANCH is that branch's name.";

    /// <summary>What the two results say together, in a sentence.</summary>
    public static string Outcome(TwinRun run) => run switch
    {
        { State: TwinState.Preparing } => "It is being prepared.",
        { State: TwinState.Running, Others.Count: > 0, Docker: null or { Status: JobStatus.Created } } => $"First {string.Join(", ", run.Others)} {(run.Others.Count == 1 ? "runs" : "run")}, then both.",
        { State: TwinState.Running } => "Both are on their way.",
        { State: TwinState.Stopped } => "It was stopped.",
        { State: TwinState.Failed, Reason: var reason } => $"It did not come about: {reason}",
        { IsPair: true, Docker.Status: JobStatus.Success, Kubernetes.Status: JobStatus.Success } => "It works on both.",
        { IsPair: true, Docker.Status: JobStatus.Failed, Kubernetes.Status: JobStatus.Failed } => "It fails on both: Kubernetes is not what it fails for.",
        { IsPair: true, Kubernetes.Status: JobStatus.Failed } => "It fails on Kubernetes alone.",
        { IsPair: true } => "It fails on docker alone.",
        { Docker.Status: JobStatus.Skipped } or { Kubernetes.Status: JobStatus.Skipped } => "A job that runs before it failed, so it did not run.",
        _ => $"It says nothing of the two: {string.Join(" ", Strays(run))}",
    };

    public static (VerdictKind Kind, string Word) Of(TwinHalf? half) => half?.Status switch
    {
        null or JobStatus.Created => (VerdictKind.Wait, "not yet"),
        JobStatus.Success => (VerdictKind.Pass, "passed"),
        JobStatus.Failed => (VerdictKind.Fail, "failed"),
        JobStatus.Running or JobStatus.Canceling => (VerdictKind.Wait, "running"),
        JobStatus.Canceled => (VerdictKind.Unknown, "canceled"),
        JobStatus.Skipped => (VerdictKind.Unknown, "skipped"),
        _ => (VerdictKind.Wait, "waits for a runner"),
    };

    private static IEnumerable<string> Strays(TwinRun run)
    {
        foreach (var (half, meant, name) in new[] { (run.Docker, ExecutorFamily.Docker, "docker"), (run.Kubernetes, ExecutorFamily.Kubernetes, "Kubernetes") })
        {
            if (half is not { IsResult: true }) yield return $"the copy for {name} did not run to its end.";
            else if (half.Runner is null) yield return $"no runner took the copy for {name}.";
            else if (half.Executor.Family != meant) yield return $"the copy for {name} ran on {(half.Executor == Executor.Unknown ? "a runner whose executor is not known" : half.Executor.Name)}.";
        }
    }
}

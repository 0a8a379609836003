using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Web.Cohorts;

/// <param name="Job">As in the project's CI file.</param>
public sealed record TwinBody(string? Job);

/// <summary>What a twin run would do.</summary>
/// <param name="Commit">The default branch's head, which both copies would run.</param>
/// <param name="Jobs">That would run in all.</param>
public sealed record TwinPlanView(string Job, string Commit, string Branch, IReadOnlyList<string> DockerTags, IReadOnlyList<string> KubernetesTags, int Jobs, IReadOnlyList<string> Others, IReadOnlyList<string> Remarks)
{
    internal static TwinPlanView Of(TwinPlan plan) => new(plan.Job, plan.Commit, TwinName.Branch(plan.Job, plan.Commit), plan.Tags.Docker, plan.Tags.Kubernetes, plan.Jobs, plan.Others, plan.Remarks);
}

/// <param name="Job">GitLab's id.</param>
/// <param name="Executor">Of the runner that really ran it; unknown until one has.</param>
/// <param name="QueuedSeconds">Until a runner took it; null until it has ended.</param>
/// <param name="Class">Of a failure whose log was read: one of the classes of failures, or unknown.</param>
public sealed record TwinHalfView(
    long Job, JobStatus Status, string? FailureReason, string Executor, long? RunnerId, double? QueuedSeconds, double? RanSeconds, string Url, string? Class, string? Explanation, string? Remedy, FailureBlame? Blame)
{
    internal static TwinHalfView? Of(TwinHalf? half, JobVerdict? found) => half is null ? null : new(
        half.Job, half.Status, half.FailureReason, half.Executor.Name, half.Runner, half.QueuedSeconds, half.RanSeconds, half.Address, found?.Verdict.Class, found?.Verdict.Explanation, found?.Verdict.Remedy, found?.Verdict.Blame);
}

/// <param name="Commit">That both copies ran.</param>
/// <param name="BranchState">unmade, there, gone, or takenOver: somebody has written on it, and it stays.</param>
/// <param name="Others">Jobs that run before, once each, because both need their artifacts.</param>
/// <param name="Remarks">What differs from an ordinary run of the job.</param>
/// <param name="IsPair">Both ran to their end, each where it was meant to: then it counts in <c>GET /insights/twins</c>.</param>
/// <param name="Reason">Why it was stopped or did not come about.</param>
public sealed record TwinRunView(
    long Id, string Job, string Commit, string Branch, TwinBranch BranchState, TwinState State, bool IsPair, string? Reason, IReadOnlyList<string> DockerTags, IReadOnlyList<string> KubernetesTags, IReadOnlyList<string> Others,
    IReadOnlyList<string> Remarks, string? PipelineUrl, TwinHalfView? Docker, TwinHalfView? Kubernetes, DateTimeOffset AskedAt, DateTimeOffset Since)
{
    internal static TwinRunView Of(TwinSeen seen) => Of(seen.Run, seen.Docker, seen.Kubernetes);

    internal static TwinRunView Of(TwinRun run, JobVerdict? docker = null, JobVerdict? kubernetes = null) => new(
        run.Id, run.Job, run.Commit, run.Branch, run.BranchState, run.State, run.IsPair, run.Reason, run.DockerTags, run.KubernetesTags, run.Others, run.Remarks, run.Pipeline?.Address,
        TwinHalfView.Of(run.Docker, docker), TwinHalfView.Of(run.Kubernetes, kubernetes), run.AskedAt, run.Since);
}

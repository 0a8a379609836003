using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;

namespace MigrationPortal.Web.Cohorts;

public sealed record GroupItem(long Id, string FullPath);

/// <param name="Target"><c>kubernetes</c>, or <c>default</c> (the variable is what it was before).</param>
/// <param name="Variable">The group variable that leads the jobs' tags; for <c>default</c> only where several were moved.</param>
public sealed record GroupBody(string? Target, string? Variable, string? Reason);

/// <param name="LastExecutor">Family of the executor of the last started job; null when none is known.</param>
/// <param name="State">Of its place in the migration; null: it has none.</param>
public sealed record GroupProjectItem(long Id, string FullPath, string? LastExecutor, DateTimeOffset? LastStartedAt, int Jobs, int ReadyJobs, string? State, string? Target, string? Kind);

public sealed record GroupRunnerItem(long Id, string Description, IReadOnlyList<string> TagList, bool Paused);

/// <param name="State"><c>moving</c>, <c>moved</c> or <c>returning</c>.</param>
/// <param name="Projects">Carried along.</param>
public sealed record GroupMoveView(string Variable, string State, DateTimeOffset Since, string By, string? Reason, IReadOnlyList<long> Projects);

/// <param name="Tags">As the CI file writes them.</param>
/// <param name="To">What it would ask for; null where the variable has no say.</param>
/// <param name="What"><c>moves</c>, <c>there</c>, <c>blocked</c>, <c>stuck</c>, <c>shadowed</c> or <c>untouched</c>.</param>
public sealed record GroupJobView(string Name, IReadOnlyList<string> Tags, IReadOnlyList<string>? To, GroupJobKind What, string? Why);

/// <param name="Shadow">Where the variable is set nearer to the jobs; null: the group's wins.</param>
public sealed record GroupPreviewProject(long Id, string FullPath, string? Shadow, string? OwnState, IReadOnlyList<GroupJobView> Jobs);

/// <param name="To">What the variable would give; null: it has no counterpart on Kubernetes.</param>
/// <param name="InTheWay">What must be settled first, each with its remedy.</param>
public sealed record GroupPreviewView(string Variable, bool Offered, IReadOnlyList<string>? To, int MovingJobs, int MovingProjects, IReadOnlyList<string> InTheWay, IReadOnlyList<GroupPreviewProject> Projects)
{
    internal static GroupPreviewView Of(GroupMovePlan plan) => new(
        plan.Variable, plan.IsOffered, plan.To is null ? null : [.. plan.To], plan.Moving, plan.Projects.Count(one => one.Jobs.Any(job => job.Kind == GroupJobKind.Moves)), [.. plan.InTheWay.Select(one => one.Sentence)],
        [.. plan.Projects.Select(one => new GroupPreviewProject(
            one.Project.Number, one.FullPath, one.Shadow, one.Own?.Word(), [.. one.Jobs.Select(job => new GroupJobView(job.Name, job.Tags, job.To is null ? null : [.. job.To], job.Kind, job.Why))]))]);
}

/// <param name="OnKubernetes">Projects whose last job ran there.</param>
/// <param name="Jobs">Of all CI files that were read.</param>
/// <param name="Variables">Names of those that jobs take tags from; never a value.</param>
/// <param name="Preview">What moving the variable that was asked for would do; null without <c>?variable=</c>.</param>
public sealed record GroupAnswer(
    long Id, string FullPath, int Projects, int OnKubernetes, int Jobs, int ReadyJobs, IReadOnlyList<GroupProjectItem> Items, IReadOnlyList<GroupRunnerItem> Runners, IReadOnlyList<LeadingVariable> Variables,
    IReadOnlyList<GroupMoveView> Moves, GroupPreviewView? Preview)
{
    internal static GroupAnswer Of(GroupLook look, GroupMovePlan? preview) => new(
        look.Group.Id.Number, look.Group.FullPath, look.Projects.Count, look.OnKubernetes, look.Jobs, look.Ready,
        [.. look.Projects.Select(one => new GroupProjectItem(
            one.Project.Number, one.FullPath, one.LastRun?.Executor.Family.ToString().ToLowerInvariant(), one.LastRun?.StartedAt, one.Jobs, one.Ready, one.Enrollment?.State.Word(), one.Enrollment?.Target.Word(), one.Enrollment?.Kind.Word()))],
        [.. look.Runners.Select(one => new GroupRunnerItem(one.Id.Number, one.Observed.Description, [.. one.Attributes.Tags], one.Attributes.Paused))], look.Variables,
        [.. look.Moves.Select(one => new GroupMoveView(one.Variable, one.State.ToString().ToLowerInvariant(), one.Since, one.By.ToString(), one.Reason, one.Projects))],
        preview is null ? null : GroupPreviewView.Of(preview));
}

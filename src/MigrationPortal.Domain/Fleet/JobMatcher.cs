using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>
/// GitLab's own answer to "may this runner take that job" (gitlab-api.md 8: RegisterJobService, RunnerMatcher), as
/// pure functions. There is no priority between runners: whoever asks first gets the job.
/// </summary>
public static class JobMatcher
{
    /// <summary>Older contact proves nothing about service: a runner that polls is seen every few seconds.</summary>
    public static readonly TimeSpan ContactLimit = TimeSpan.FromMinutes(5);

    /// <summary>GitLab calls a runner stale after so long without contact (gitlab-api.md 4): it is not expected back.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromDays(7);

    /// <summary>
    /// Tags, untagged and protection; not the scope. The job's tags must be a subset of the runner's, an untagged job
    /// needs <c>run_untagged</c>, a <c>ref_protected</c> runner takes protected refs only.
    /// </summary>
    /// <param name="protectedRef">Null when unknown: then the answer must hold for both.</param>
    public static bool Takes(RunnerAttributes runner, TagSet tags, bool? protectedRef)
    {
        if (runner.AccessLevel == RunnerAccessLevel.RefProtected && protectedRef != true) return false;
        return tags.IsEmpty ? runner.RunUntagged : tags.IsSubsetOf(runner.Tags);
    }

    /// <summary>
    /// Scope: instance runners where the project has them on, group runners in the group tree where it has those on,
    /// project runners where assigned (no switch affects them).
    /// </summary>
    /// <param name="access">Null when the project's switches are not known: GitLab's defaults for instance runners, no group.</param>
    public static bool MayUse(ObservedRunner runner, ProjectId project, ProjectAccess? access) => runner.Type switch
    {
        RunnerType.Instance => access?.InstanceRunnersEnabled ?? true,
        RunnerType.Group => access is { GroupRunnersEnabled: true } && runner.GroupIds.Overlaps(access.GroupIds),
        RunnerType.Project => runner.ProjectIds.Contains(project.Number),
        _ => false,
    };

    public static bool Matches(ObservedRunner runner, JobNeeds needs, ProjectAccess? access) =>
        Takes(runner.Attributes, needs.Tags, needs.Protected) && MayUse(runner, needs.Project, access);

    /// <summary>Whether the runner spoke to GitLab within <see cref="ContactLimit"/> of the snapshot's own time.</summary>
    public static bool InContact(ObservedRunner runner, DateTimeOffset takenAt) =>
        InContact(runner, takenAt, ContactLimit);

    /// <summary>Whether it never made contact, or not for <see cref="StaleAfter"/>.</summary>
    public static bool IsStale(ObservedRunner runner, DateTimeOffset takenAt) => !InContact(runner, takenAt, StaleAfter);

    internal static bool InContact(ObservedRunner runner, DateTimeOffset takenAt, TimeSpan limit) =>
        runner.ContactedAt is { } contact && takenAt - contact <= limit;

    /// <summary>Served: matching, unpaused, usable by the project and in contact (product.md, Words).</summary>
    public static bool Serves(ObservedRunner runner, JobNeeds needs, ProjectAccess? access, DateTimeOffset takenAt) =>
        !runner.Attributes.Paused && InContact(runner, takenAt) && Matches(runner, needs, access);
}

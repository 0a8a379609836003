using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Why jobs of a class wait, who could take them, and how long GitLab lets them wait. Pure.</summary>
/// <param name="Missing">The smallest sets of tags that a runner of the project would have to be given; only for <see cref="PendingReason.MissingTags"/>.</param>
/// <param name="Near">Runners that one thing alone keeps from taking it, with that thing.</param>
/// <param name="Serving">Runners that can take it now.</param>
/// <param name="Patience">How long after queueing GitLab drops it.</param>
public sealed record PendingDiagnosis(
    PendingReason Reason, IReadOnlyList<TagSet> Missing, IReadOnlyList<(ObservedRunner Runner, PendingReason Why)> Near, IReadOnlyList<ObservedRunner> Serving, TimeSpan Patience)
{
    /// <summary>With no matching runner that GitLab calls online (gitlab-api.md 3.4).</summary>
    public static readonly TimeSpan PatienceUnmatched = TimeSpan.FromHours(1);

    /// <summary>In any case.</summary>
    public static readonly TimeSpan PatienceMatched = TimeSpan.FromHours(24);

    /// <summary>GitLab's own "online" (gitlab-api.md 2.3): what decides between the two, although it proves nothing about service.</summary>
    private static readonly TimeSpan Online = TimeSpan.FromHours(2);

    private static readonly PendingDiagnosis NotKnown = new(PendingReason.NotKnown, [], [], [], PatienceMatched);

    /// <summary>What it waits for; only for <see cref="PendingReason.Brownout"/>.</summary>
    public TagAway? Expected { get; init; }

    /// <summary>Nothing is wrong with the fleet: it waits for its turn, or as meant.</summary>
    public static bool IsStuck(PendingReason reason) => reason is not (PendingReason.Busy or PendingReason.NotKnown or PendingReason.Brownout);

    /// <summary>As without tags that are away, but what could be taken with them back waits as expected.</summary>
    public static PendingDiagnosis Of(TagSet? tags, bool? isProtected, ProjectId project, ProjectAccess? access, FleetSnapshot? fleet, TagsAway? away)
    {
        var found = Of(tags, isProtected, project, access, fleet);
        if (!IsStuck(found.Reason) || away?.Tags.Where(one => tags!.Contains(one.Tag)).MaxBy(one => one.Until) is not { } last) return found;
        return Of(tags, isProtected, project, access, away.Returned).Reason == PendingReason.Busy
            ? found with { Reason = PendingReason.Brownout, Missing = [], Near = [], Expected = last }
            : found;
    }

    /// <param name="tags">Null when they are not known.</param>
    /// <param name="fleet">Null before the first sweep.</param>
    public static PendingDiagnosis Of(TagSet? tags, bool? isProtected, ProjectId project, ProjectAccess? access, FleetSnapshot? fleet)
    {
        if (tags is null || fleet is null) return NotKnown;
        var needs = new JobNeeds(tags, isProtected, project);
        var runners = fleet.Runners.Select(runner => runner.Observed).ToList();
        var matching = runners.FindAll(runner => JobMatcher.Matches(runner, needs, access));
        var online = matching.Exists(runner => !runner.Attributes.Paused && runner.ContactedAt is { } at && fleet.TakenAt - at < Online);
        var patience = online ? PatienceMatched : PatienceUnmatched;
        var serving = matching.FindAll(runner => JobMatcher.Serves(runner, needs, access, fleet.TakenAt));
        if (serving.Count > 0) return new PendingDiagnosis(PendingReason.Busy, [], [], serving, patience);

        var near = runners.Select(runner => (Runner: runner, Why: OnlyObstacle(runner, needs, access, fleet.TakenAt)))
            .Where(one => one.Why is not null).Select(one => (one.Runner, one.Why!.Value)).ToList();
        var reason = Nearest(matching, near, tags);
        return new PendingDiagnosis(reason, reason == PendingReason.MissingTags ? Smallest(runners, needs, access) : [], near, [], patience);
    }

    public DateTimeOffset? DropsAt(DateTimeOffset? queuedAt) => queuedAt + Patience;

    // The last obstacle before the job's own tags is what an admin can mend without touching the project.
    private static PendingReason Nearest(List<ObservedRunner> matching, List<(ObservedRunner Runner, PendingReason Why)> near, TagSet tags)
    {
        if (near.Exists(one => one.Why == PendingReason.Paused)) return PendingReason.Paused;
        if (matching.Count > 0) return PendingReason.NotInContact;
        if (near.Exists(one => one.Why == PendingReason.ProtectedOnly)) return PendingReason.ProtectedOnly;
        if (near.Exists(one => one.Why == PendingReason.NotForProject)) return PendingReason.NotForProject;
        return tags.IsEmpty ? PendingReason.NobodyTakesUntagged : PendingReason.MissingTags;
    }

    private static PendingReason? OnlyObstacle(ObservedRunner runner, JobNeeds needs, ProjectAccess? access, DateTimeOffset takenAt)
    {
        var (only, count) = (PendingReason.Busy, 0);
        void Stands(bool inTheWay, PendingReason why)
        {
            if (inTheWay) (only, count) = (why, count + 1);
        }

        Stands(runner.Attributes.Paused, PendingReason.Paused);
        Stands(!JobMatcher.InContact(runner, takenAt), PendingReason.NotInContact);
        Stands(!JobMatcher.MayUse(runner, needs.Project, access), PendingReason.NotForProject);
        Stands(runner.Attributes.AccessLevel == RunnerAccessLevel.RefProtected && needs.Protected != true, PendingReason.ProtectedOnly);
        Stands(needs.Tags.IsEmpty && !runner.Attributes.RunUntagged, PendingReason.NobodyTakesUntagged);
        Stands(!needs.Tags.IsSubsetOf(runner.Attributes.Tags), PendingReason.MissingTags);
        return count == 1 ? only : null;
    }

    private static List<TagSet> Smallest(List<ObservedRunner> runners, JobNeeds needs, ProjectAccess? access)
    {
        var missing = runners.Where(runner => JobMatcher.MayUse(runner, needs.Project, access))
            .Select(runner => needs.Tags.Without(runner.Attributes.Tags)).Where(set => !set.IsEmpty).Distinct().ToList();
        if (missing.Count == 0) return [needs.Tags];
        var fewest = missing.Min(set => set.Count);
        return [.. missing.Where(set => set.Count == fewest).OrderBy(set => set.ToString(), StringComparer.Ordinal)];
    }
}

using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Why each pending job waits, joined to groups that one remedy mends.</summary>
public sealed class DiagnosePending(IPendingReader pending, IFleetStore fleet, IProjectStore projects, ITagsAway tags)
{
    /// <summary>What "soon" means of a job that GitLab will drop.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(20);

    /// <param name="now">The instance's time.</param>
    public async Task<IReadOnlyList<PendingGroup>> RunAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel)
    {
        var soon = now + Soon;
        var classes = await pending.ClassesAsync(instance, [soon - PendingDiagnosis.PatienceUnmatched, soon - PendingDiagnosis.PatienceMatched], cancel);
        var known = await projects.FindAsync([.. classes.Select(one => one.Project).Distinct()], cancel);
        var snapshot = await fleet.LatestAsync(instance, cancel);
        var away = snapshot is null ? null : await tags.ReadAsync(snapshot, now, cancel);
        return Group(classes.Select(one => (one, PendingDiagnosis.Of(one.Tags, one.Protected, one.Project, known.GetValueOrDefault(one.Project)?.Access, snapshot, away))));
    }

    /// <summary>Bad news first: what GitLab drops soon, then what waits.</summary>
    public static IReadOnlyList<PendingGroup> Group(IEnumerable<(PendingClass Class, PendingDiagnosis Diagnosis)> classes) =>
    [
        .. classes.GroupBy(one => (one.Diagnosis.Reason, Wanted(one.Class, one.Diagnosis), one.Diagnosis.Expected))
            .Select(group => new PendingGroup(group.Key.Reason, group.Key.Item2, [.. group]) { Expected = group.Key.Expected })
            .OrderBy(group => !PendingDiagnosis.IsStuck(group.Reason)).ThenByDescending(group => group.DroppedSoon)
            .ThenByDescending(group => group.Jobs).ThenBy(group => group.Reason).ThenBy(group => group.Wanted?.ToString(), StringComparer.Ordinal),
    ];

    // What nobody has is mended by giving just that to a runner; everything else goes by what the job asks for.
    private static TagSet? Wanted(PendingClass one, PendingDiagnosis diagnosis) =>
        diagnosis switch
        {
            { Reason: PendingReason.MissingTags } => diagnosis.Missing[0],
            { Expected: { } away } => TagSet.Of(away.Tag),
            { Reason: PendingReason.Busy } => null,
            _ => one.Tags,
        };
}

/// <summary>Pending jobs with one reason and one remedy.</summary>
/// <param name="Wanted">The tags that are missing, or that the jobs ask for; null where it does not matter or is not known.</param>
public sealed record PendingGroup(PendingReason Reason, TagSet? Wanted, IReadOnlyList<(PendingClass Class, PendingDiagnosis Diagnosis)> Classes)
{
    /// <summary>What they wait for as meant; only for <see cref="PendingReason.Brownout"/>.</summary>
    public TagAway? Expected { get; init; }

    public bool IsStuck => PendingDiagnosis.IsStuck(Reason);

    public long Jobs => Classes.Sum(one => one.Class.Jobs);

    public int Projects => Classes.Select(one => one.Class.Project).Distinct().Count();

    /// <summary>Jobs that GitLab drops within <see cref="DiagnosePending.Soon"/>, or may drop any moment.</summary>
    public long DroppedSoon => Classes.Sum(one => one.Class.QueuedBy[one.Diagnosis.Patience == PendingDiagnosis.PatienceUnmatched ? 0 : 1]);

    public DateTimeOffset? Oldest => Classes.Min(one => one.Class.Oldest);

    /// <summary>When the first of them is dropped.</summary>
    public DateTimeOffset? FirstDrop => Classes.Min(one => one.Diagnosis.DropsAt(one.Class.Oldest));

    /// <summary>Runners that one thing alone keeps from taking jobs of it; first those that the group's own reason is about.</summary>
    public IReadOnlyList<(ObservedRunner Runner, PendingReason Why)> Near => [.. Classes.SelectMany(one => one.Diagnosis.Near).DistinctBy(one => (one.Runner.Id, one.Why)).OrderBy(one => one.Why != Reason)];
}

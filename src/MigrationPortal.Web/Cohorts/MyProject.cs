using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A person's project with all that its card says.</summary>
/// <param name="Runs">Of the last seven whole days; null: none finished.</param>
/// <param name="Scan">Null: its CI file was not looked at yet.</param>
/// <param name="Enrollment">The newest; null: it has no place in the migration yet.</param>
/// <param name="Move">What a move to Kubernetes would do; null where the CI file could not be read.</param>
/// <param name="Pin">What staying on docker would do.</param>
public sealed record MyProject(
    OwnProject Project, LastRun? LastRun, ProjectRuns? Runs, ProjectScan? Scan, IReadOnlyList<Acknowledgement> Acknowledged, Enrollment? Enrollment, MoveOutlook? Move, MoveOutlook? Pin)
{
    /// <summary>Its people are asked to leave docker; null: they are not.</summary>
    public CampaignLook? Campaign { get; init; }

    public bool RunsOnKubernetes => LastRun?.Executor.Family == ExecutorFamily.Kubernetes;

    /// <summary>Of one that waits: when it may move; null while nobody knows.</summary>
    public DateTimeOffset? TurnComes { get; init; }

    public bool IsWaiting => Enrollment?.State == EnrollmentState.Waitlisted;

    /// <summary>Null: its CI file was not looked at yet.</summary>
    public ScanJudgement? Judged { get; } = Scan is null ? null : ScanJudgement.Of(Scan, Acknowledged);

    /// <summary>Jobs that will fail, nobody having said that they are all right.</summary>
    public IReadOnlyList<string> Trouble => Judged is null ? [] : [.. Judged.Blocked.Select(job => job.Name)];

    public bool IsPinned => Enrollment is { Target: EnrollmentTarget.Docker, State: EnrollmentState.Moved or EnrollmentState.Verified };

    public bool IsMoved => Enrollment is { Target: EnrollmentTarget.Kubernetes, State: EnrollmentState.Moved or EnrollmentState.Verified };

    /// <summary>Its group's variable or a template leads it: nothing of its own to take back.</summary>
    public bool IsCarried => IsMoved && Enrollment is { Kind: EnrollmentKind.Carried, Original: null };

    /// <summary>A merge request waits for its people.</summary>
    public string? RequestAddress => MoveAddress.Of(Enrollment);

    /// <summary>A change or a return was cut off, and goes on with a click.</summary>
    public bool IsCutOff => Enrollment is { State: EnrollmentState.Moving or EnrollmentState.Returning, Original: not null } && RequestAddress is null;

    public bool IsInvited => Enrollment?.State == EnrollmentState.Invited;

    /// <summary>Its people have something to do: say yes or no, merge, or mend a job before it moves.</summary>
    public bool NeedsPeople => IsInvited || IsCutOff || Campaign?.Case.Stage is StragglerStage.Asked or StragglerStage.Reminded or StragglerStage.FinalDate || RequestAddress is not null || (Trouble.Count > 0 && !IsPinned);

    /// <summary>The offered way that moves most jobs.</summary>
    public WayOffer? BestWay => Best(Move);

    public WayOffer? BestPin => Best(Pin);

    /// <summary>As it is where no click may change anything.</summary>
    public MyProject Fixed() => this with { Move = null, Pin = null };

    // What was begun goes on by its own way.
    private WayOffer? Best(MoveOutlook? outlook) => outlook?.Ways.Where(way => way.IsOffered && (!IsCutOff || way.Way == Enrollment!.Way)).MaxBy(way => way.Jobs);
}

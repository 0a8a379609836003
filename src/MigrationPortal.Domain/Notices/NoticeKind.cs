namespace MigrationPortal.Domain.Notices;

/// <summary>What a notice is about: the name that rules, webhooks and the API use. A sender adds its kind here.</summary>
/// <param name="Name">Stable, because stored: room and event, such as <c>operation.halted</c>.</param>
/// <param name="Words">As people read it in a list of rules.</param>
public sealed record NoticeKind(string Name, string Words)
{
    public static readonly NoticeKind OperationHalted = new("operation.halted", "An operation is halted");
    public static readonly NoticeKind RollbackStarted = new("rollback.started", "A roll back has begun");
    public static readonly NoticeKind EvacuationStarted = new("evacuation.started", "An evacuation has begun");
    public static readonly NoticeKind OperationRolledBack = new("operation.rolled-back", "An operation is rolled back");
    public static readonly NoticeKind GuardFired = new("guard.fired", "A roll back rule has fired, and people have to look or decide");
    public static readonly NoticeKind OperationSucceeded = new("operation.succeeded", "An operation is done");
    public static readonly NoticeKind GitLabLost = new("gitlab.lost", "GitLab does not answer, or refuses the token");
    public static readonly NoticeKind GitLabBack = new("gitlab.back", "GitLab answers again");
    public static readonly NoticeKind ClusterLost = new("cluster.lost", "A Kubernetes cluster does not answer, or refuses the portal");
    public static readonly NoticeKind ClusterBack = new("cluster.back", "A Kubernetes cluster answers again");
    public static readonly NoticeKind Drift = new("drift", "Runners differ from what the phase desires");
    public static readonly NoticeKind ScheduleBegun = new("schedule.begun", "A scheduled flip has begun");
    public static readonly NoticeKind ScheduleHeld = new("schedule.held", "A scheduled flip is held by a freeze window");
    public static readonly NoticeKind ScheduleMissed = new("schedule.missed", "A scheduled flip was refused or given up");
    public static readonly NoticeKind WaveSent = new("cohort.wave-sent", "A wave of invitations is sent");
    public static readonly NoticeKind PinEnds = new("cohort.pin-ends", "A project's time on docker ends soon, or is over");
    public static readonly NoticeKind PinLost = new("cohort.pin-lost", "A project is not kept on docker any more");
    public static readonly NoticeKind OfferSent = new("readiness.offer-sent", "People are asked about jobs that will fail");
    public static readonly NoticeKind StragglersAsked = new("straggler.asked", "People whose jobs are still on docker are asked, reminded or told the last day");
    public static readonly NoticeKind StragglersOverdue = new("straggler.overdue", "Projects are past their last day on docker");
    public static readonly NoticeKind HelpAsked = new("help.asked", "A project's people ask for help");
    public static readonly NoticeKind Undelivered = new("notice.undelivered", "Messages could not be delivered");

    /// <summary>What a channel for a project's people gets, and nobody else; no rule asks for it.</summary>
    public static readonly NoticeKind Digest = new("digest", "A digest for a project");

    /// <summary>What the test button sends; no rule asks for it.</summary>
    public static readonly NoticeKind Test = new("test", "A test");

    /// <summary>Those that rules can name, bad news first.</summary>
    public static IReadOnlyList<NoticeKind> All { get; } =
    [
        OperationHalted, GuardFired, EvacuationStarted, RollbackStarted, OperationRolledBack, OperationSucceeded, GitLabLost, GitLabBack, ClusterLost, ClusterBack, Drift, ScheduleBegun, ScheduleHeld, ScheduleMissed, WaveSent, PinLost, PinEnds, OfferSent, StragglersOverdue, StragglersAsked, HelpAsked, Undelivered,
    ];

    /// <summary>By name; what a newer portal stored reads as its name.</summary>
    public static NoticeKind Of(string name) => All.FirstOrDefault(one => one.Name == name) ?? new NoticeKind(name, name);
}

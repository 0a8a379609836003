using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Pins;

/// <summary>Pins over memory, in the takeover; the way of a move remembers who asked it to undo, and says what it is told to.</summary>
internal sealed class PinPortal : IWorldClock, ICohortFacts, IMoveTags, IPortalHand, IPortalEvents, IMoveWay, IProjectMembers
{
    public static readonly ProjectId Project = new(Make.Production, 7);

    public PinPortal()
    {
        Projects.All[Project] = new ObservedProject(new ProjectAccess(Project, "data/etl", true, true, new HashSet<long>()), "main", false, Make.Now, [], [], Make.Now);
        Read = new ReadPins(Enrollments, Scans, this, Projects);
        var steps = new EnrollmentSteps(Enrollments, Audit, this, this);
        Watch = new WatchPins(Read, Enrollments, steps, new ReturnProject([this], Enrollments, this, steps, new MemoryGroupMoves()), this, this, Notices, this);
        Mail = new MailPinEnds(Read, this, this, Mails, Wordings, this);
        Change = new ChangePin(Enrollments, Audit, this, this);
    }

    public MemoryEnrollments Enrollments { get; } = new();

    public MemoryScans Scans { get; } = new();

    public MemoryProjects Projects { get; } = new();

    public MemoryAudit Audit { get; } = new();

    public MemoryNotices Notices { get; } = new();

    public MemoryPersonMails Mails { get; } = new();

    public MemoryWordings Wordings { get; } = new();

    /// <summary>By project; how often GitLab was asked.</summary>
    public Dictionary<ProjectId, UserId[]> Maintainers { get; } = [];

    public int AskedForPeople { get; private set; }

    public ReadPins Read { get; }

    public MailPinEnds Mail { get; }

    public WatchPins Watch { get; }

    public ChangePin Change { get; }

    public DateTimeOffset Time { get; set; } = Make.Now;

    public MigrationFacts Facts { get; set; } = CohortPortal.OptIn with { Phase = 2 };

    public string? Fallback { get; set; } = "docker-fallback";

    /// <summary>Null: observe mode.</summary>
    public PersonToken? Hand { get; set; } = new("the portal's");

    public List<ProjectId> Undone { get; } = [];

    public Func<Outcome<MoveProgress>> Undo { get; set; } = () => new MoveProgress.Done("taken out");

    public Enrollment Pinned => Enrollments.All[^1];

    /// <summary>Pinned by merge request ten days ago, verified since.</summary>
    public async Task<Enrollment> PinAsync(DateTimeOffset? until = null, EnrollmentState state = EnrollmentState.Verified, EnrollmentWay way = EnrollmentWay.MergeRequest)
    {
        var record = new MoveRecord([new(new CiEditRecord("", new Dictionary<string, string>(), new Dictionary<string, string>(), [], [new JobTags("build", [], ["docker-fallback"], false)]), new("b", 1, null))], null);
        return (await Enrollments.AddAsync(
            new Enrollment(0, Project, EnrollmentTarget.Docker, EnrollmentKind.Volunteer, way, state, until, "they asked", Make.Admin, Make.Now.AddDays(-10), 0)
            {
                Original = way == EnrollmentWay.MergeRequest ? record.Write() : "{}",
            },
            default))!;
    }

    public void Scan(DateTimeOffset at, params (string Job, string[] Tags)[] jobs) =>
        Scans.All[Project] = new ProjectScan(Project, "main", at, ScanState.Read, null, [.. jobs.Select(job => new ScannedJob(job.Job, job.Tags))], [], []);

    public Task<PinsWatched> LookAsync() => Watch.RunAsync(Make.Production, default);

    Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> IProjectMembers.MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel)
    {
        AskedForPeople++;
        return Task.FromResult<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>>(Maintainers.Where(one => projects.Contains(one.Key)).ToDictionary(one => one.Key, one => (IReadOnlyList<UserId>)one.Value));
    }

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Facts);

    Task<MoveTags> IMoveTags.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new MoveTags("k8s-default", Fallback, new Dictionary<string, string?>(), new HashSet<string>()));

    PersonToken? IPortalHand.Of(InstanceId instance) => Hand;

    Task IPortalEvents.PublishAsync(PortalEvent changed, CancellationToken cancel) => Task.CompletedTask;

    IDisposable IPortalEvents.Subscribe(Func<PortalEvent, Task> handler) => throw new NotSupportedException();

    EnrollmentWay IMoveWay.Way => EnrollmentWay.MergeRequest;

    WayOffer IMoveWay.Offer(MovePlan plan) => throw new NotSupportedException();

    Task<Outcome<string>> IMoveWay.LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<MoveProgress>> IMoveWay.ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<MoveProgress>> IMoveWay.UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        person.ShouldBe(Hand);
        Undone.Add(enrollment.Project);
        return Task.FromResult(Undo());
    }

    Task<MoveProgress?> IMoveWay.FollowAsync(Enrollment enrollment, CancellationToken cancel) => throw new NotSupportedException();
}

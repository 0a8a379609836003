using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Moves;

/// <summary>Moves over memory, in phase 1, of a project with one untagged job; the way says what it is told to.</summary>
internal sealed class MovePortal : IWorldClock, ICohortFacts, IMoveTags, IRunnerPair, IRecentTags, IPortalEvents, IPortalHand, IMoveWay
{
    public static readonly ProjectId Project = new(Make.Production, 7);
    public static readonly PersonToken Person = new("theirs");

    public MovePortal()
    {
        var scans = new MemoryScans();
        scans.All[Project] = new ProjectScan(Project, "main", Make.Now, ScanState.Read, null, [new ScannedJob("build", [])], [], []);
        var steps = new EnrollmentSteps(Enrollments, Audit, this, this);
        var read = new ReadMove(scans, this, new MemoryFleet(Make.Fleet(Make.Kubernetes(11, "k8s-default", untagged: false))), new MemoryProjects(), this, this, [this], this);
        Move = new MoveProject(read, [this], Enrollments, this, steps, this);
        Back = new ReturnProject([this], Enrollments, this, steps, new MemoryGroupMoves());
        Shrunk = new TakeBackShrunk(Enrollments, Back, this);
    }

    public MemoryEnrollments Enrollments { get; } = new();

    public MemoryAudit Audit { get; } = new();

    public MoveProject Move { get; }

    public ReturnProject Back { get; }

    public TakeBackShrunk Shrunk { get; }

    public MigrationFacts Facts { get; set; } = CohortPortal.OptIn;

    public DateTimeOffset Time { get; set; } = Make.Now;

    /// <summary>Null: observe mode.</summary>
    public PersonToken? Hand { get; set; } = new("the portal's");

    public Func<Outcome<string>> Look { get; set; } = () => "what stood";

    public Func<CancellationToken, Outcome<MoveProgress>> Apply { get; set; } = _ => new MoveProgress.Done("set");

    public Func<CancellationToken, Outcome<MoveProgress>> Undo { get; set; } = _ => new MoveProgress.Done("taken out");

    public List<PersonToken> UndoneBy { get; } = [];

    public Enrollment Newest => Enrollments.All[^1];

    public Task<Outcome<Moved>> MoveAsync(CancellationToken cancel = default) => Move.RunAsync(new MoveWish(Project, EnrollmentTarget.Kubernetes, EnrollmentWay.Variable, null, null), Person, Make.Admin, cancel);

    public Task<Outcome<Enrollment>> BackAsync(CancellationToken cancel = default) => Back.RunAsync(Project, null, Person, Make.Admin, cancel);

    /// <summary>A member of a cohort, through these states, each a day after the other.</summary>
    public async Task<Enrollment> MemberAsync(CoinSide? coin, params EnrollmentState[] states)
    {
        var seat = new CohortSeat(1, 1, 1, new Member(Project, ActivityStratum.Busy, new HashSet<long>()), null);
        var now = (await Enrollments.AddAsync(new Enrollment(0, Project, EnrollmentTarget.Kubernetes, EnrollmentKind.Random, null, EnrollmentState.Selected, null, null, Make.Admin, Time, 0) { Seat = seat }, default))!;
        foreach (var state in states)
        {
            var original = state.HasChangedSomething() ? "what stood" : null;
            now = (await Enrollments.SaveAsync(now.Go(state, Make.Admin, Time, null) with { Coin = state is EnrollmentState.Invited ? null : coin, Original = original, Way = original is null ? null : EnrollmentWay.Variable }, now.State, default))!;
            Time += TimeSpan.FromDays(1);
        }

        return now;
    }

    /// <summary>As shrinking its cohort leaves it.</summary>
    public async Task ShrinkAsync()
    {
        var now = Newest;
        (await Enrollments.SaveAsync(now.Go(EnrollmentState.Returning, Make.Admin, Time, "too many") with { Seat = now.Seat! with { LeftAt = Time } }, now.State, default)).ShouldNotBeNull();
    }

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Facts);

    Task<MoveTags> IMoveTags.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new MoveTags("k8s-default", null, new Dictionary<string, string?>(), new HashSet<string>()));

    Task<RunnerPair?> IRunnerPair.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<RunnerPair?>(null);

    Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<TagSet>>> IRecentTags.OfAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, TimeWindow window, CancellationToken cancel) => throw new NotSupportedException();

    Task IPortalEvents.PublishAsync(PortalEvent changed, CancellationToken cancel) => Task.CompletedTask;

    IDisposable IPortalEvents.Subscribe(Func<PortalEvent, Task> handler) => throw new NotSupportedException();

    PersonToken? IPortalHand.Of(InstanceId instance) => Hand;

    EnrollmentWay IMoveWay.Way => EnrollmentWay.Variable;

    WayOffer IMoveWay.Offer(MovePlan plan) => new(EnrollmentWay.Variable, 1, null);

    Task<Outcome<string>> IMoveWay.LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel) => Task.FromResult(Look());

    Task<Outcome<MoveProgress>> IMoveWay.ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel) => Task.FromResult(Apply(cancel));

    Task<Outcome<MoveProgress>> IMoveWay.UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        UndoneBy.Add(person);
        return Task.FromResult(Undo(cancel));
    }

    Task<MoveProgress?> IMoveWay.FollowAsync(Enrollment enrollment, CancellationToken cancel) => throw new NotSupportedException();
}

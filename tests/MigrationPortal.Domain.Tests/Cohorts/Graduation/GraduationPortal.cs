using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Graduation;

/// <summary>Phase docker fallback: Kubernetes takes untagged jobs and linux, which it adopted; docker is kept on legacy.</summary>
internal sealed class GraduationPortal : IWorldClock, ICohortFacts, IMoveTags, IPortalHand, IPortalEvents, IMoveWay
{
    private static readonly MoveTags Tags = new("k8s-default", "docker-fallback", new Dictionary<string, string?>(), new HashSet<string> { "linux", "adopted-in-vain" });

    private readonly Dictionary<ProjectId, JobTags[]> stood = [];

    public MemoryEnrollments Enrollments { get; } = new();

    public MemoryScans Scans { get; } = new();

    public MemoryProjects Projects { get; } = new();

    public MemoryAudit Audit { get; } = new();

    public MemoryGraduations Orders { get; } = new();

    public List<ProjectId> Undone { get; } = [];

    public MigrationFacts Facts { get; set; } = CohortPortal.OptIn with { Phase = 3 };

    /// <summary>Null: observe mode.</summary>
    public PersonToken? Hand { get; set; } = new("the portal's");

    public DateTimeOffset Time { get; set; } = Make.Now;

    public Func<ProjectId, Outcome<MoveProgress>> Answer { get; set; } = _ => new MoveProgress.Open("https://gitlab.example/mr/1", "open", "{}");

    public async Task MoveAsync(long project, string before, bool blocked = false)
    {
        stood[Id(project)] = [new JobTags("build", before.Split(',', StringSplitOptions.RemoveEmptyEntries), ["k8s-default"], false)];
        Projects.All[Id(project)] = new ObservedProject(new ProjectAccess(Id(project), $"team/app-{project}", true, true, new HashSet<long>()), "main", false, Make.Now, [], [], Make.Now);
        Scans.All[Id(project)] = new ProjectScan(Id(project), "main", Make.Now, ScanState.Read, null, [new ScannedJob("build", ["k8s-default"])], blocked ? [new Finding("R01", Severity.Blocks, "build", 1, "It fails.", "Mend it.", null)] : [], []);
        await Enrollments.AddAsync(
            new Enrollment(0, Id(project), EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, EnrollmentWay.MergeRequest, EnrollmentState.Verified, null, null, Make.Admin, Make.Now.AddDays(-50 + project), 0) { Original = "{}" }, default);
    }

    public ReadGraduation Reader() => new(
        Orders, Enrollments, Scans, this, new MemoryFleet(Make.Fleet(Make.Kubernetes(11, "k8s-default linux", untagged: true), Make.Legacy(1, "docker docker-fallback", untagged: false))), Projects, [this]);

    public GraduateProject Graduate() => new(Reader(), [this], Enrollments, Scans, this, new EnrollmentSteps(Enrollments, Audit, this, this));

    public RunGraduation Run() => new(Orders, Reader(), Graduate(), Enrollments, this, this, Audit, this, this);

    public Task<Outcome<Enrollment>> GraduateAsync(long project) => Graduate().RunAsync(Id(project), null, new PersonToken("mine"), Make.Admin, default);

    public static ProjectId Id(long number) => new(Make.Production, number);

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Facts);

    Task<MoveTags> IMoveTags.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Tags);

    PersonToken? IPortalHand.Of(InstanceId instance) => Hand;

    Task IPortalEvents.PublishAsync(PortalEvent changed, CancellationToken cancel) => Task.CompletedTask;

    IDisposable IPortalEvents.Subscribe(Func<PortalEvent, Task> handler) => throw new NotSupportedException();

    EnrollmentWay IMoveWay.Way => EnrollmentWay.MergeRequest;

    IReadOnlyList<JobTags> IMoveWay.WhatStood(Enrollment enrollment, IReadOnlyList<ScannedJob> jobs) => stood[enrollment.Project];

    WayOffer IMoveWay.Offer(MovePlan plan) => throw new NotSupportedException();

    Task<Outcome<string>> IMoveWay.LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<MoveProgress>> IMoveWay.ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<MoveProgress>> IMoveWay.UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel)
    {
        Undone.Add(enrollment.Project);
        return Task.FromResult(Answer(enrollment.Project));
    }

    Task<MoveProgress?> IMoveWay.FollowAsync(Enrollment enrollment, CancellationToken cancel) => throw new NotSupportedException();
}

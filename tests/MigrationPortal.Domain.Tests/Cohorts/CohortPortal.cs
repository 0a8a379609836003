using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts;

/// <summary>The use-cases of cohorts over memory, in phase 1; each project has its own maintainer and a shared one.</summary>
internal sealed class CohortPortal : IWorldClock, ICandidates, ICohortFacts, IProjectMembers
{
    public static readonly MigrationFacts OptIn = new(1, false, 7, 7, 0.005, 0.025, 0.8, new Rate(29, 10_000), true, []);

    public CohortPortal()
    {
        Create = new CreateCohort(Cohorts, Audit, this);
        Preview = new PreviewWave(Cohorts, Enrollments, this, this, Audit, this);
        Send = new SendWave(Cohorts, Enrollments, this, this, this, Invitations, Mails, Words, Audit, Notices, this);
        Answer = new AnswerInvitation(Cohorts, Enrollments, this, Audit, this);
        Resize = new ResizeCohort(Cohorts, Enrollments, this, this, Audit, this);
        EndWaitlist = new EndWaitlist(Enrollments, this, Audit, this);
        Import = new ImportCohort(Cohorts, Enrollments, this, this, Audit, this);
        DueWaves = new SendDueWaves(Cohorts, this, Send, this);
    }

    public MemoryCohorts Cohorts { get; } = new();

    public MemoryEnrollments Enrollments { get; } = new();

    public MemoryInvitations Invitations { get; } = new();

    public MemoryPersonMails Mails { get; } = new();

    public MemoryWordings Words { get; } = new();

    public MemoryAudit Audit { get; } = new();

    public MemoryNotices Notices { get; } = new();

    public CreateCohort Create { get; }

    public PreviewWave Preview { get; }

    public SendWave Send { get; }

    public AnswerInvitation Answer { get; }

    public ResizeCohort Resize { get; }

    public EndWaitlist EndWaitlist { get; }

    public ImportCohort Import { get; }

    public SendDueWaves DueWaves { get; }

    public List<Candidate> Projects { get; set; } = [.. CohortWorld.Company()];

    public MigrationFacts Facts { get; set; } = OptIn;

    public DateTimeOffset Time { get; set; } = Make.Now;

    /// <summary>By project; null: the usual ones.</summary>
    public Func<ProjectId, IReadOnlyList<UserId>?> Maintainers { get; set; } = project => [User(1), User(1_000 + project.Number)];

    public static UserId User(long number) => new(Make.Production, number);

    public async Task<Cohort> CohortAsync(GroupCaps? caps = null, params (long Project, string Why)[] excluded) =>
        Done(await Create.RunAsync(Make.Production, new CohortWish("pilot", CohortWorld.Seed, caps ?? CohortWorld.Caps(2), excluded.ToDictionary(one => one.Project, one => one.Why)), Make.Admin, default));

    public async Task<WaveSent> WaveAsync(long cohort, decimal percent)
    {
        var wave = Done(await Preview.PlanAsync(Make.Production, cohort, percent, WaveStart.ByHand, null, Make.Admin, default));
        Done(await Preview.RunAsync(Make.Production, cohort, wave.Number, Make.Admin, default));
        return Done(await Send.RunAsync(Make.Production, cohort, wave.Number, Make.Admin, default));
    }

    /// <summary>As the mover does it once all went well.</summary>
    public async Task GoAsync(ProjectId project, params EnrollmentState[] states)
    {
        foreach (var state in states)
        {
            var now = (await Enrollments.ActiveAsync(project, default))!;
            (await Enrollments.SaveAsync(now.Go(state, Make.Admin, Time, null), now.State, default)).ShouldNotBeNull();
        }
    }

    public async Task<long[]> MembersAsync(long cohort) => [.. (await Enrollments.MembersAsync(cohort, default)).Select(one => one.Project.Number)];

    public static T Done<T>(Outcome<T> outcome) => outcome is Outcome<T>.Done { Result: var result } ? result : throw new InvalidOperationException(string.Join(" ", ((Outcome<T>.Refused)outcome).Refusal.Reasons));

    public static Refusal No<T>(Outcome<T> outcome) => ((Outcome<T>.Refused)outcome).Refusal;

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<IReadOnlyList<Candidate>> ICandidates.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Candidate>>(
        [.. Projects.Select(one => Enrollments.All.Exists(other => other.Project == one.Project && other.State.IsActive()) ? one with { Exclusion = new Exclusion(Exclusions.Enrolled, "It is enrolled already.") } : one)]);

    Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Facts);

    Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> IProjectMembers.MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>>(projects.Select(one => (one, Who: Maintainers(one))).Where(one => one.Who is not null).ToDictionary(one => one.one, one => one.Who!));
}

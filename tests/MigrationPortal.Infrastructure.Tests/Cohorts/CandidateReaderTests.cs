using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Cohorts;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>Candidates as the store has them, and a wave over it. The time is noon.</summary>
public sealed class CandidateReaderTests(PostgresFixture postgres)
{
    private static readonly Actor Admin = new(ActorKind.User, "production/1");

    [Fact]
    public async Task Candidates_HaveTheirJobsADay_AndTheFirstReasonAgainstThem()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await WorldAsync(store);
        var enrollments = store.Get<IEnrollmentStore>();
        await enrollments.AddAsync(Of(3), default);
        await enrollments.AddAsync(Of(4) with { State = EnrollmentState.Declined }, default);
        var cohort = (await store.Get<ICohortStore>().AddAsync(Pilot, default))!.Id;
        await enrollments.AddAsync(Of(5) with { Seat = new CohortSeat(cohort, 1, null, new Member(Id(5), ActivityStratum.Quiet, new HashSet<long>()), null) }, default);

        var found = (await Reader(store).ReadAsync(StoreFixture.Production, default)).OrderBy(one => one.Project.Number).ToList();

        found.Select(one => (one.Project.Number, one.Exclusion?.Code)).ShouldBe(
            [(1, null), (2, null), (3, Exclusions.Enrolled), (4, Exclusions.WentBack), (5, Exclusions.Enrolled), (6, Exclusions.Archived), (7, Exclusions.NoInstanceRunners), (8, Exclusions.NoJobs)]);
        found[4].Exclusion!.Sentence.ShouldBe("It is in the cohort pilot already.");
        found[0].FullPath.ShouldBe("team/app-1");
        found[0].Groups.ShouldBe([1, 101], ignoreOrder: true);
        found[0].JobsPerDay.ShouldBeGreaterThan(0);
        found[7].JobsPerDay.ShouldBe(0);
    }

    /// <summary>Two replicas send the same wave at the same moment: each person is asked once.</summary>
    [Fact]
    public async Task Wave_SentByTwoReplicasAtOnce_GoesOutOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var replica = store.Replica();
        await WorldAsync(store);
        var preview = new PreviewWave(store.Get<ICohortStore>(), store.Get<IEnrollmentStore>(), Reader(store), new Still(), store.Get<IAuditTrail>(), new Still());
        var cohort = Done(await new CreateCohort(store.Get<ICohortStore>(), store.Get<IAuditTrail>(), new Still()).RunAsync(StoreFixture.Production, new CohortWish("pilot", null, GroupCaps.None, new Dictionary<long, string>()), Admin, default));
        var wave = Done(await preview.PlanAsync(StoreFixture.Production, cohort.Id, 100, WaveStart.ByHand, null, Admin, default));
        Done(await preview.RunAsync(StoreFixture.Production, cohort.Id, wave.Number, Admin, default)).Preview.Added.Count.ShouldBe(5);

        var sent = await Task.WhenAll(new IServiceProvider[] { replica, store.Provider, replica }.Select(services => Sender(store, services).RunAsync(StoreFixture.Production, cohort.Id, 1, Admin, default)));

        sent.OfType<Outcome<WaveSent>.Done>().ShouldHaveSingleItem().Result.Invited.ShouldBe(5);
        sent.OfType<Outcome<WaveSent>.Refused>().ShouldAllBe(no => no.Refusal.Code == "changed-meanwhile" || no.Refusal.Code == "wave-over");
        (await store.Get<IInvitations>().OfWaveAsync(wave.Id, default)).Select(one => (one.Person.Number, one.Projects.Count)).ShouldBe([(1, 5), (1001, 1), (1002, 1), (1003, 1), (1004, 1), (1005, 1)]);
        (await store.ScalarAsync<long>("SELECT count(*) FROM notices WHERE kind = 'cohort.wave-sent'")).ShouldBe(1);
        (await store.Get<IAuditTrail>().NewestAsync(10, null, default)).Count(one => one.Entry.What == "cohort.wave.send").ShouldBe(1);
        (await store.Get<IAuditTrail>().VerifyAsync(default)).FirstBroken.ShouldBeNull();
        (await store.Get<IEnrollmentStore>().MembersAsync(cohort.Id, default)).Select(one => (one.Seat!.Place, one.State, one.Seat.Wave)).ShouldBe(Enumerable.Range(1, 5).Select(place => (place, EnrollmentState.Invited, (long?)wave.Id)));
    }

    private static readonly Cohort Pilot = new(0, StoreFixture.Production, "pilot", "0123456789abcdef", 0, GroupCaps.None, new Dictionary<long, string>(), Admin, StoreFixture.Noon, 0);

    private static async Task WorldAsync(StoreFixture store)
    {
        await store.Get<IProjectStore>().SaveAsync(
            [.. Enumerable.Range(1, 8).Select(number => new ObservedProject(new ProjectAccess(Id(number), $"team/app-{number}", number != 7, true, new HashSet<long> { 1, 100 + number }), "main", number == 6, null, null, null, StoreFixture.Noon))], default);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [.. Enumerable.Range(1, 7).Select(number => JobStoreTests.Finished(number) with { Project = Id(number) })], default);
    }

    private static CandidateReader Reader(StoreFixture store) => new(store.Get<Database>(), store.Get<IJobStore>(), new Still());

    private static SendWave Sender(StoreFixture store, IServiceProvider services)
    {
        T Of<T>() => (T)services.GetService(typeof(T))!;
        return new SendWave(Of<ICohortStore>(), Of<IEnrollmentStore>(), Reader(store), new Still(), new Still(), Of<IInvitations>(), Of<IPersonMails>(), Of<IWordings>(), Of<IAuditTrail>(), Of<INotices>(), new Still());
    }

    private static T Done<T>(Outcome<T> outcome) => ((Outcome<T>.Done)outcome).Result;

    private static ProjectId Id(long number) => new(StoreFixture.Production, number);

    private static Enrollment Of(long project) => new(0, Id(project), EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, null, EnrollmentState.Selected, null, null, Admin, StoreFixture.Noon, 0);

    private sealed class Still : IWorldClock, ICohortFacts, IProjectMembers
    {
        DateTimeOffset IWorldClock.Now(InstanceId instance) => StoreFixture.Noon.AddHours(2);

        double IWorldClock.Speed(InstanceId instance) => 0;

        Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new MigrationFacts(1, false, 7, 7, 0.005, 0.025, 0.8, default, true, []));

        Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> IProjectMembers.MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>>(projects.ToDictionary(
                one => one, one => (IReadOnlyList<UserId>)[new UserId(one.Instance, 1), new UserId(one.Instance, 1_000 + one.Number)]));
    }
}

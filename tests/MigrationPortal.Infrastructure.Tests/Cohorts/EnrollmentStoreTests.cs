using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

public sealed class EnrollmentStoreTests(PostgresFixture postgres)
{
    private static readonly Actor Admin = new(ActorKind.User, "production/1");
    private static readonly EnrollmentState[] All = Enum.GetValues<EnrollmentState>();

    [Fact]
    public async Task Enrollment_IsReadBackAsItWasWritten_ItsOriginalToTheByte()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var enrollments = store.Get<IEnrollmentStore>();
        var cohort = await CohortAsync(store);
        var written = Of(7) with
        {
            Target = EnrollmentTarget.Docker,
            Way = EnrollmentWay.Variable,
            Until = StoreFixture.Noon.AddDays(30),
            Reason = "more time",
            Original = "{ \"b\" : 1,  \"a\":[ 2.0 ],\"b\":1}",
            Coin = CoinSide.Waitlist,
            Since = StoreFixture.Noon.AddHours(-1),
            Seat = new CohortSeat(cohort, 3, null, new Member(Id(7), ActivityStratum.Heavy, new HashSet<long> { 9, 4 }), null),
        };
        var added = (await enrollments.AddAsync(written, default)).ShouldNotBeNull();
        var read = (await enrollments.FindAsync(added.Id, default)).ShouldNotBeNull();
        (read with { Seat = written.Seat }).ShouldBe(written with { Id = added.Id, Version = 1 });
        read.Seat!.Member.Groups.ShouldBe([4, 9], ignoreOrder: true);
        (read.Seat with { Member = written.Seat!.Member }).ShouldBe(written.Seat);

        (await enrollments.AddAsync(Of(8), default))!.Seat.ShouldBeNull();
        (await enrollments.MembersAsync(cohort, default)).ShouldHaveSingleItem().Id.ShouldBe(added.Id);
        (await enrollments.InStateAsync(StoreFixture.Production, EnrollmentState.Selected, default)).Select(one => one.Project.Number).ShouldBe([7, 8]);
        (await enrollments.InStateAsync(new InstanceId("qa"), EnrollmentState.Selected, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OfManyReplicas_OneEnrollsAProject_AndOneMovesIt()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var replica = store.Replica();
        IEnrollmentStore[] stores = [store.Get<IEnrollmentStore>(), (IEnrollmentStore)replica.GetService(typeof(IEnrollmentStore))!];
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => stores[at % 2].AddAsync(Of(7), default)));
        var one = added.OfType<Enrollment>().ShouldHaveSingleItem();
        var accepted = (await stores[0].SaveAsync(one.Go(EnrollmentState.Accepted, Admin, StoreFixture.Noon, null), EnrollmentState.Selected, default))!;

        var moved = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => stores[at % 2].SaveAsync(accepted.Go(EnrollmentState.Moving, Admin, StoreFixture.Noon, $"{at}"), EnrollmentState.Accepted, default)));
        moved.OfType<Enrollment>().ShouldHaveSingleItem();
        (await stores[1].HistoryAsync(one.Id, default)).Select(line => (line.From, line.To)).ShouldBe(
            [(null, EnrollmentState.Selected), (EnrollmentState.Selected, EnrollmentState.Accepted), (EnrollmentState.Accepted, EnrollmentState.Moving)]);
    }

    [Fact]
    public async Task Last_IsTheLastComingIntoTheState_AndNotAChangeWithinIt()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var enrollments = store.Get<IEnrollmentStore>();
        var one = (await enrollments.AddAsync(Of(7) with { State = EnrollmentState.Moved }, default))!;
        var other = (await enrollments.AddAsync(Of(8), default))!;
        foreach (var (to, why) in ((EnrollmentState, string)[])[(EnrollmentState.Verified, "job 1"), (EnrollmentState.Moved, "lost"), (EnrollmentState.Verified, "job 2")])
            one = (await enrollments.SaveAsync(one.Go(to, Admin, StoreFixture.Noon, why), one.State, default))!;
        await enrollments.SaveAsync(one with { Reason = "another end" }, EnrollmentState.Verified, default);

        var last = await enrollments.LastAsync([one.Id, other.Id], EnrollmentState.Verified, default);
        last.Keys.ShouldBe([one.Id]);
        last[one.Id].Reason.ShouldBe("job 2");
        (await enrollments.LastAsync([], EnrollmentState.Verified, default)).ShouldBeEmpty();
        (await enrollments.CountAsync(StoreFixture.Production, EnrollmentState.Verified, default)).ShouldBe(1);
        (await enrollments.CountAsync(new InstanceId("qa"), EnrollmentState.Verified, default)).ShouldBe(0);
    }

    /// <summary>The index and the domain mean the same by "active".</summary>
    [Fact]
    public async Task SecondEnrollment_StandsBesideOnesThatAreOver_AndNoOthers()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var enrollments = store.Get<IEnrollmentStore>();
        foreach (var state in All)
        {
            var project = 100 + (long)state;
            (await enrollments.AddAsync(Of(project) with { State = state }, default)).ShouldNotBeNull();
            var second = await enrollments.AddAsync(Of(project), default);
            (second is null).ShouldBe(state.IsActive(), $"{state}");
            (await enrollments.ActiveAsync(Id(project), default))!.State.ShouldBe(state.IsActive() ? state : EnrollmentState.Selected);
            var newest = (await enrollments.NewestAsync(Id(project), default))!;
            newest.Id.ShouldBe((await enrollments.ActiveAsync(Id(project), default))!.Id);
            (await enrollments.NewestAsync(newest.Project.Instance, [Id(project), Id(99_999)], default)).ShouldBe(new Dictionary<ProjectId, Enrollment> { [newest.Project] = newest });
        }
    }

    [Fact]
    public async Task WhoComesBack_WhenTheProjectIsEnrolledAnew_FindsItTaken_AndTheTransactionLivesOn()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var (enrollments, audit) = (store.Get<IEnrollmentStore>(), store.Get<IAuditTrail>());
        var declined = (await enrollments.AddAsync(Of(7) with { State = EnrollmentState.Declined }, default))!;
        (await enrollments.AddAsync(Of(7) with { Kind = EnrollmentKind.Volunteer }, default)).ShouldNotBeNull();
        var back = await audit.ChangeAsync(
            async () =>
            {
                var saved = await enrollments.SaveAsync(declined.Go(EnrollmentState.Accepted, Admin, StoreFixture.Noon, null), EnrollmentState.Declined, default);
                return (saved, new AuditEntry(StoreFixture.Noon, StoreFixture.Production, Admin, "test", "project/7", null, null, null));
            },
            default);
        back.ShouldBeNull();
        (await audit.NewestAsync(1, null, default)).ShouldHaveSingleItem();
        (await enrollments.HistoryAsync(declined.Id, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Transition_ThatTheTableForbids_IsNeverWritten()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var enrollments = store.Get<IEnrollmentStore>();
        var one = (await enrollments.AddAsync(Of(7), default))!;
        await Should.ThrowAsync<InvalidOperationException>(() => enrollments.SaveAsync(one with { State = EnrollmentState.Verified }, EnrollmentState.Selected, default));
        (await enrollments.FindAsync(one.Id, default))!.State.ShouldBe(EnrollmentState.Selected);
    }

    [Fact]
    public async Task History_IsAppendOnly()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IEnrollmentStore>().AddAsync(Of(7), default);
        foreach (var sql in (string[])["UPDATE enrollment_events SET reason = 'another'", "DELETE FROM enrollment_events", "TRUNCATE enrollment_events CASCADE"])
            (await Should.ThrowAsync<PostgresException>(() => store.ExecuteAsync(sql))).MessageText.ShouldBe("enrollment_events is append only");
    }

    [Fact]
    public async Task Places_AreUniqueAmongThoseWhoHaveThem_AndFreeOnceLeft()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var enrollments = store.Get<IEnrollmentStore>();
        var cohort = await CohortAsync(store);
        Enrollment Seated(long project, int place) => Of(project) with { Seat = new CohortSeat(cohort, place, null, new Member(Id(project), ActivityStratum.Quiet, new HashSet<long>()), null) };
        var first = (await enrollments.AddAsync(Seated(1, 1), default))!;
        (await enrollments.AddAsync(Seated(2, 1), default)).ShouldBeNull("the place is taken");
        var left = first.Go(EnrollmentState.Withdrawn, Admin, StoreFixture.Noon, "too many") with { Seat = first.Seat! with { LeftAt = StoreFixture.Noon } };
        (await enrollments.SaveAsync(left, EnrollmentState.Selected, default)).ShouldNotBeNull();
        (await enrollments.AddAsync(Seated(2, 1), default)).ShouldNotBeNull();
        (await enrollments.AddAsync(Seated(1, 2), default)).ShouldNotBeNull("it comes back at the end");
        (await enrollments.MembersAsync(cohort, default)).Select(one => one.Project.Number).ShouldBe([2, 1]);
    }

    private static async Task<long> CohortAsync(StoreFixture store) => (await store.Get<ICohortStore>().AddAsync(
        new Cohort(0, StoreFixture.Production, "pilot", "0123456789abcdef", 0, GroupCaps.None, new Dictionary<long, string>(), Admin, StoreFixture.Noon, 0), default))!.Id;

    private static ProjectId Id(long number) => new(StoreFixture.Production, number);

    private static Enrollment Of(long project) =>
        new(0, Id(project), EnrollmentTarget.Kubernetes, EnrollmentKind.Random, null, EnrollmentState.Selected, null, null, Admin, StoreFixture.Noon, 0);
}

using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>A second change of a project by merge request, which does not come about: the first one still stands, and the portal knows it.</summary>
public sealed class MoveAgainStoryTests(PostgresFixture postgres)
{
    private const string File = "build: {script: [make]}\nlint:\n  script: [make lint]\n";
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    [Theory]
    [InlineData(EnrollmentTarget.Kubernetes, EnrollmentTarget.Docker, false)]
    [InlineData(EnrollmentTarget.Kubernetes, EnrollmentTarget.Docker, true)]
    [InlineData(EnrollmentTarget.Docker, EnrollmentTarget.Kubernetes, false)]
    [InlineData(EnrollmentTarget.Docker, EnrollmentTarget.Kubernetes, true)]
    public async Task SecondMergeRequest_Ended_LeavesTheFirst_AndItsWayBackToTheByte(EnrollmentTarget first, EnrollmentTarget second, bool takenBack)
    {
        await using var portal = await OptInAsync(postgres, AddFallbackAsync);
        var (project, person, user) = await ProjectAsync(portal);
        DateTimeOffset? until = first == EnrollmentTarget.Docker ? Until(portal) : null;
        Done(await MoveAsync(portal, project, person, first, until));
        Merge(portal, project, user);
        await portal.RunAsync<MoveSweep>();
        var moved = Text(portal, project);
        moved.ShouldNotBe(File);

        Done(await MoveAsync(portal, project, person, second, second == EnrollmentTarget.Docker ? Until(portal) : null)).Enrollment.State.ShouldBe(EnrollmentState.Moving);
        if (takenBack) Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Moved);
        else Close(portal, project);
        await portal.RunAsync<MoveSweep>();

        var stands = (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default)).ShouldNotBeNull();
        (stands.State, stands.Target, stands.Until, MoveRecord.Read(stands.Original).Changes.Count).ShouldBe((EnrollmentState.Moved, first, until, 1));
        stands.Reason.ShouldNotBeNull().ShouldContain("was closed");
        Text(portal, project).ShouldBe(moved);

        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returning);
        Merge(portal, project, user);
        await portal.RunAsync<MoveSweep>();
        Text(portal, project).ShouldBe(File);
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default))!.State.ShouldBe(EnrollmentState.Returned);
    }

    /// <summary>The answer to opening the second one was lost: its way back closes it all the same, and takes nothing of the first one out.</summary>
    [Fact]
    public async Task SecondMergeRequest_WhoseAnswerWasLost_IsClosed_AndTheFirstStands()
    {
        await using var portal = await OptInAsync(postgres, AddFallbackAsync);
        var (project, person, user) = await ProjectAsync(portal);
        Done(await MoveAsync(portal, project, person, EnrollmentTarget.Kubernetes, null));
        Merge(portal, project, user);
        await portal.RunAsync<MoveSweep>();
        var moved = Text(portal, project);
        var moving = Done(await MoveAsync(portal, project, person, EnrollmentTarget.Docker, null)).Enrollment;
        var record = MoveRecord.Read(moving.Original);
        await portal.Get<EnrollmentSteps>().KeepAsync(moving with { Original = record.With(record.Current(false)! with { Number = null, Address = null }, false).Write() }, default);

        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Moved);

        Text(portal, project).ShouldBe(moved);
        portal.Simulator.Production.Do(world => Of(world, project).Repository.MergeRequests.Count(one => one.State == World.MergeRequestState.Opened)).ShouldBe(0);
    }

    /// <summary>Somebody merges while another takes it back: what was merged is taken out like every other change.</summary>
    [Fact]
    public async Task MergedAtTheMomentOfTakingBack_IsTakenOutByAMergeRequest()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = await ProjectAsync(portal);
        Done(await MoveAsync(portal, project, person, EnrollmentTarget.Kubernetes, null));
        var reads = 0;
        portal.Wire.Instead = path =>
        {
            if (path.EndsWith("/merge_requests/1", StringComparison.Ordinal) && path.Contains($"/projects/{project.Number}/", StringComparison.Ordinal) && ++reads == 2) Merge(portal, project, user);
            return null;
        };

        var returning = Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default));

        reads.ShouldBeGreaterThan(1);
        returning.State.ShouldBe(EnrollmentState.Returning);
        Text(portal, project).ShouldNotBe(File);
        MoveAddress.Of(returning).ShouldNotBeNull();
        Merge(portal, project, user);
        await portal.RunAsync<MoveSweep>();
        Text(portal, project).ShouldBe(File);
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default))!.State.ShouldBe(EnrollmentState.Returned);
    }

    private static DateTimeOffset Until(SimulatedPortal portal)
    {
        var day = portal.Get<IWorldClock>().Now(Instance).UtcDateTime.Date.AddDays(30);
        return new DateTimeOffset(day, TimeSpan.Zero);
    }

    private static async Task<(ProjectId Project, PersonToken Person, World.User User)> ProjectAsync(SimulatedPortal portal)
    {
        var (project, person, user) = Choose(portal, (one, text) => one.Repository.MergeRequests.Count == 0 && !text.Contains("include", StringComparison.Ordinal));
        Write(portal, project, user, File);
        await ScanAsync(portal, project);
        return (project, person, user);
    }

    private static async Task<Outcome<Moved>> MoveAsync(SimulatedPortal portal, ProjectId project, PersonToken person, EnrollmentTarget target, DateTimeOffset? until)
    {
        await ScanAsync(portal, project);
        return await portal.Get<MoveProject>().RunAsync(new MoveWish(project, target, EnrollmentWay.MergeRequest, until, null), person, Actor.Portal, default);
    }
}

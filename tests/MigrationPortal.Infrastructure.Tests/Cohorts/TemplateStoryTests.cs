using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>A shared CI template moved by one merge request against the simulated GitLab and taken back; what ran where is the world's own truth.</summary>
public sealed class TemplateStoryTests(PostgresFixture postgres)
{
    private const string Shared = "templates/build.yml";
    private const string Text = "# for all teams\nbuild:\n  script: [make]\nprobe:\n  script: [make probe]\n";
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    [Fact]
    public async Task Template_MovesReadyJobsOfAllWhoIncludeIt_IsVerifiedByTheirJobs_AndTakenBackToTheByte()
    {
        await using var portal = await OptInAsync(postgres);
        var (owner, user, token, one, two) = Choose(portal);
        Write(portal, owner, Admin(portal), Text, Shared);
        var include = $"include:\n  - project: {Path(portal, owner)}\n    file: /{Shared}\n";
        Write(portal, one, Admin(portal), include);
        // It overrides the script of one job with what will not work on Kubernetes: that job stays where it is for all.
        Write(portal, two, Admin(portal), include + "probe:\n  script: [ping -c1 db.example.org]\n");
        foreach (var project in (ProjectId[])[one, two]) await ScanAsync(portal, project);

        (await portal.Get<ITemplateStore>().AnyInAsync(Instance, [one, owner], default)).ShouldBeTrue("the scans named it");
        (await portal.Get<ITemplateStore>().AnyInAsync(Instance, [one, two], default)).ShouldBeFalse();
        var look = (await portal.Get<ReadTemplates>().RunAsync(Instance, of => of.Template.File == Shared, default)).ShouldHaveSingleItem();
        (look.Of.Owner, look.Move).ShouldBe((owner, null));
        look.Uses.Select(use => use.Use.Project).ShouldBe([one, two], ignoreOrder: true);
        var id = look.Of.Template.Id;

        var moved = Done(await portal.Get<MoveTemplate>().RunAsync(Instance, id, "for all", token, Actor.Portal, default));
        moved.State.ShouldBe(SharedMoveState.Moving);
        moved.Projects.ShouldBe([one.Number, two.Number], ignoreOrder: true);
        moved.Address.ShouldNotBeNull().ShouldContain("/merge_requests/");
        Read(portal, owner, Shared).ShouldBe(Text);
        // One a template, whoever asks.
        Done(await portal.Get<MoveTemplate>().RunAsync(Instance, id, null, portal.Get<IPortalHand>().Of(Instance)!, Actor.Portal, default)).Address.ShouldBe(moved.Address);
        portal.Simulator.Production.Do(world => Of(world, owner).Repository.MergeRequests.Count(request => request.State == World.MergeRequestState.Opened)).ShouldBe(1);

        Merge(portal, owner, user);
        await portal.RunAsync<MoveSweep>();
        Read(portal, owner, Shared).ShouldBe("# for all teams\nbuild:\n  tags: [k8s-default]\n  script: [make]\nprobe:\n  script: [make probe]\n");
        var enrollments = portal.Get<IEnrollmentStore>();
        foreach (var project in (ProjectId[])[one, two])
        {
            (await enrollments.ActiveAsync(project, default))!.ShouldSatisfyAllConditions(place => place.Kind.ShouldBe(EnrollmentKind.Carried), place => place.State.ShouldBe(EnrollmentState.Moved));
            await RunAsync(portal, project, Admin(portal));
            Ran(portal, project, "build").ShouldBe(World.Executor.Kubernetes);
            Ran(portal, project, "probe").ShouldNotBe(World.Executor.Kubernetes);
        }

        await portal.RunAsync<MoveSweep>();
        (await enrollments.ActiveAsync(one, default))!.State.ShouldBe(EnrollmentState.Verified);
        Refused(await portal.Get<ReturnProject>().RunAsync(one, null, token, Actor.Portal, default)).ShouldBe("moved-by-template");
        Refused(await portal.Get<MoveTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default)).ShouldBe("moved-already");

        Done(await portal.Get<ReturnTemplate>().RunAsync(Instance, id, "not yet", token, Actor.Portal, default)).State.ShouldBe(SharedMoveState.Returning);
        Merge(portal, owner, user);
        await portal.RunAsync<MoveSweep>();
        Read(portal, owner, Shared).ShouldBe(Text);
        (await enrollments.NewestAsync(one, default))!.State.ShouldBe(EnrollmentState.Returned);
        (await portal.Get<ITemplateMoveStore>().ActiveAsync(Instance, default)).ShouldBeEmpty();
    }

    /// <summary>The arm of a comparison that waits must not be moved by others.</summary>
    [Fact]
    public async Task AProjectThatWaitsForItsTurn_HoldsTheTemplate_AndIsNotNamed()
    {
        await using var portal = await OptInAsync(postgres);
        var (owner, _, token, one, _) = Choose(portal);
        Write(portal, owner, Admin(portal), Text, Shared);
        Write(portal, one, Admin(portal), $"include:\n  - project: {Path(portal, owner)}\n    file: /{Shared}\n");
        await ScanAsync(portal, one);
        var id = (await portal.Get<ReadTemplates>().RunAsync(Instance, of => of.Template.File == Shared, default)).ShouldHaveSingleItem().Of.Template.Id;
        var waits = (await portal.Get<IEnrollmentStore>().AddAsync(
            new Enrollment(0, one, EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, null, EnrollmentState.Waitlisted, null, null, Actor.Portal, portal.Time.GetUtcNow(), 0), default))!;

        var refused = (await portal.Get<MoveTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default)).ShouldBeOfType<Outcome<TemplateMove>.Refused>().Refusal;
        refused.Reasons.ShouldContain(reason => reason.StartsWith("1 of the projects that include it waits for its turn", StringComparison.Ordinal));
        string.Concat(refused.Reasons).ShouldNotContain(Path(portal, one));

        await portal.Get<IEnrollmentStore>().SaveAsync(waits.Go(EnrollmentState.Accepted, Actor.Portal, portal.Time.GetUtcNow(), "its turn"), EnrollmentState.Waitlisted, default);
        Done(await portal.Get<MoveTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default)).State.ShouldBe(SharedMoveState.Moving);
    }

    [Fact]
    public async Task MergeRequest_ClosedByPeople_IsRefused_AndTakenBackWhileOpen_ChangesNothing()
    {
        await using var portal = await OptInAsync(postgres);
        var (owner, _, token, one, _) = Choose(portal);
        Write(portal, owner, Admin(portal), Text, Shared);
        Write(portal, one, Admin(portal), $"include:\n  - project: {Path(portal, owner)}\n    file: /{Shared}\n");
        await ScanAsync(portal, one);
        var id = (await portal.Get<ReadTemplates>().RunAsync(Instance, of => of.Template.File == Shared, default)).ShouldHaveSingleItem().Of.Template.Id;

        Done(await portal.Get<MoveTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default));
        Done(await portal.Get<ReturnTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default)).State.ShouldBe(SharedMoveState.Returned);
        portal.Simulator.Production.Do(world => Of(world, owner).Repository.MergeRequests.Count(request => request.State == World.MergeRequestState.Opened)).ShouldBe(0);

        Done(await portal.Get<MoveTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default));
        portal.Simulator.Production.Do(world => world.Apply(new UpdateMergeRequest((int)owner.Number, Of(world, owner).Repository.MergeRequests.Max(request => request.Iid), Open: false)));
        await portal.RunAsync<MoveSweep>();
        (await portal.Get<ITemplateMoveStore>().ActiveAsync(Instance, default)).ShouldBeEmpty();
        (await portal.Get<IEnrollmentStore>().NewestAsync(one, default)).ShouldBeNull();
        Read(portal, owner, Shared).ShouldBe(Text);
        Refused(await portal.Get<ReturnTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default)).ShouldBe("not-moved");
        Refused(await portal.Get<MoveTemplate>().RunAsync(Instance, 987654321, null, token, Actor.Portal, default)).ShouldBe("unknown-template");
    }

    /// <summary>Somebody merges while another takes it back: it is moved then, and nobody is told that nothing was changed.</summary>
    [Fact]
    public async Task MergedAtTheMomentOfTakingBack_IsMoved()
    {
        await using var portal = await OptInAsync(postgres);
        var (owner, user, token, one, _) = Choose(portal);
        Write(portal, owner, Admin(portal), Text, Shared);
        Write(portal, one, Admin(portal), $"include:\n  - project: {Path(portal, owner)}\n    file: /{Shared}\n");
        await ScanAsync(portal, one);
        var id = (await portal.Get<ReadTemplates>().RunAsync(Instance, of => of.Template.File == Shared, default)).ShouldHaveSingleItem().Of.Template.Id;
        var number = Done(await portal.Get<MoveTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default)).Request.Number;
        var reads = 0;
        portal.Wire.Instead = path =>
        {
            if (path == $"/api/v4/projects/{owner.Number}/merge_requests/{number}" && ++reads == 2) Merge(portal, owner, user);
            return null;
        };

        Refused(await portal.Get<ReturnTemplate>().RunAsync(Instance, id, null, token, Actor.Portal, default)).ShouldBe(DeskCode.ChangedMeanwhile);
        await portal.RunAsync<MoveSweep>();

        (await portal.Get<ITemplateMoveStore>().ActiveAsync(Instance, default)).ShouldHaveSingleItem().State.ShouldBe(SharedMoveState.Moved);
        Read(portal, owner, Shared).ShouldContain("k8s-default");
    }

    /// <summary>The world's project of templates with somebody who maintains it, and two projects that will include from it.</summary>
    private static (ProjectId Owner, User User, PersonToken Token, ProjectId One, ProjectId Two) Choose(SimulatedPortal portal) => portal.Simulator.Production.Do(world =>
    {
        var owner = world.Directory.FindProject("platform/ci-templates")!;
        var user = world.Directory.Users.First(one => one is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(one, owner) >= AccessLevel.Maintainer);
        var others = world.Directory.Projects.Where(one => one != owner && one is { Archived: false, CiEnabled: true, CiConfigPath: null, SharedRunnersEnabled: true } && world.Code.FindFile(one, null, MoveWorld.File) is not null).Take(2).ToList();
        return (new ProjectId(Instance, owner.Id), user, new PersonToken(portal.Simulator.TokenOf(user)), new ProjectId(Instance, others[0].Id), new ProjectId(Instance, others[1].Id));
    });

    private static User Admin(SimulatedPortal portal) => portal.Simulator.Production.Do(world => world.Directory.FindUser(1)!);

    private static string Path(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world => Of(world, project).FullPath);

    private static string Read(SimulatedPortal portal, ProjectId project, string file) => portal.Simulator.Production.Do(world => world.Code.FindFile(Of(world, project), null, file)!.Content);
}

using MigrationPortal.Domain.Cohorts;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class GroupReaderTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private IGroupReader Reader => world.Get<IGroupReader>();

    [Fact]
    public async Task Maintainers_AreThoseWhoMayMaintain_BlockedOnesMarked()
    {
        var expected = world.World(one => one.Directory.MembersOf(one.Directory.FindProject((int)world.Project.Number)!)
            .Where(member => member.Level >= AccessLevel.Maintainer)
            .Select(member => ((long)member.User.Id, member.User.Username, member.Level == AccessLevel.Owner, member.User.State == UserState.Active)).ToArray());
        var seen = DeskWorld.Done(await Reader.MaintainersAsync(world.Developer, world.Project, default));
        seen.Select(one => (one.Id.Number, one.Username, one.IsOwner, one.Active)).ShouldBe(expected);
        DeskWorld.Refused(await Reader.MaintainersAsync(world.Stranger, world.Project, default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task Groups_OwnedByThePerson_WithAllTheirProjects()
    {
        var groups = DeskWorld.Done(await Reader.OwnedAsync(world.Owner, DeskWorld.Production, default));
        groups.ShouldContain(one => one.Id == world.Group);
        DeskWorld.Done(await Reader.OwnedAsync(world.Stranger, DeskWorld.Production, default)).ShouldNotContain(one => one.Id == world.Group);

        var top = world.World(one => one.Directory.FindGroup((int)world.Group.Number)!.SelfAndAncestors().Last().Id);
        var expected = world.World(one => one.Directory.Projects.Where(project => !project.Archived && project.Namespace.SelfAndAncestors().Any(group => group.Id == top)).Select(project => (long)project.Id).ToArray());
        var projects = DeskWorld.Done(await Reader.ProjectsAsync(new GitLabCaller.Portal(Domain.Instances.RequestPurpose.Projects), new(DeskWorld.Production, top), default));
        projects.Select(one => one.Id.Number).ShouldBe(expected);
        DeskWorld.Refused(await Reader.ProjectsAsync(world.Owner, new(DeskWorld.Production, 999_999), default)).Code.ShouldBe(DeskCode.NotFound);
    }
}

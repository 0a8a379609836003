using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class RepositoryTests
{
    [Fact]
    public void Commit_WithStartBranch_MakesTheBranchAndRunsItsPipeline()
    {
        var world = new TestWorld();
        var before = world.Inner.Jobs.Count;
        var commit = world.Do<Commit>(new CreateCommit(
            world.Project.Id, "move", "Use tags", [new FileAction(FileActionKind.Update, ".gitlab-ci.yml", "job:\n  tags: [k8s-default]\n  script: [make]\n")],
            world.Mara.Id, StartBranch: world.Project.DefaultBranch));

        world.Project.Repository.FindBranch("move")!.HeadSha.ShouldBe(commit.Sha);
        world.Inner.Jobs.Count.ShouldBe(before + 1);
        world.Inner.Jobs.Newest(null, null, 1)[0].Tags.ShouldBe(["k8s-default"]);
        world.Inner.Code.FindFile(world.Project, null, ".gitlab-ci.yml")!.Content.ShouldNotContain("k8s-default");
    }

    [Fact]
    public void Commit_StaleLastCommitId_IsRefused()
    {
        var world = new TestWorld();
        var file = world.Inner.Code.FindFile(world.Project, null, "README.md")!;
        CreateCommit Write(string text) => new(
            world.Project.Id, world.Project.DefaultBranch, "m", [new FileAction(FileActionKind.Update, "README.md", text, LastCommitId: file.LastCommitId)], world.Mara.Id);

        world.Do<Commit>(Write("one"));
        world.Refused(Write("two")).Message.ShouldContain("has changed since");
    }

    [Theory]
    [InlineData(FileActionKind.Create, "README.md", "A file with this name already exists")]
    [InlineData(FileActionKind.Update, "nope", "A file with this name doesn't exist")]
    [InlineData(FileActionKind.Delete, "nope", "A file with this name doesn't exist")]
    public void Commit_ImpossibleAction_IsRefusedWhole(FileActionKind kind, string path, string message)
    {
        var world = new TestWorld();
        var head = world.Inner.Code.Resolve(world.Project, null)!.HeadSha;

        world.Refused(new CreateCommit(
            world.Project.Id, world.Project.DefaultBranch, "m", [new FileAction(FileActionKind.Create, "new", "x"), new FileAction(kind, path, "x")], world.Mara.Id))
            .Message.ShouldBe(message);
        world.Inner.Code.Resolve(world.Project, null)!.HeadSha.ShouldBe(head);
    }

    [Fact]
    public void ProtectedBranch_RefusesDirectCommitOfADeveloper()
    {
        var world = new TestWorld();
        var developer = world.Inner.Directory.MembersOf(world.Project).First(m => m.Level == AccessLevel.Developer).User;
        CreateCommit Write(string branch) => new(
            world.Project.Id, branch, "m", [new FileAction(FileActionKind.Create, "x", "x")], developer.Id, StartBranch: world.Project.DefaultBranch);

        world.Refused(Write(world.Project.DefaultBranch)).Message.ShouldBe("You are not allowed to push into this branch");
        world.Refused(Write("release/1")).Kind.ShouldBe(RefusalKind.BadRequest);
        world.Do<Commit>(Write("feature/x"));
    }

    [Fact]
    public void MergeRequest_Second_IsAConflict_AndMergeBringsTheFile()
    {
        var world = new TestWorld();
        var project = world.Project;
        world.Do<Commit>(new CreateCommit(
            project.Id, "mr", "m", [new FileAction(FileActionKind.Create, "moved.txt", "x")], world.Mara.Id, StartBranch: project.DefaultBranch));
        var open = new OpenMergeRequest(project.Id, "mr", project.DefaultBranch, "Move", world.Mara.Id, RemoveSourceBranch: true);
        var request = world.Do<MergeRequest>(open);
        world.Refused(open).ShouldBe(new Refusal(RefusalKind.Conflict, "Another open merge request already exists for this source branch: !1"));

        world.Do<MergeRequest>(new AcceptMergeRequest(project.Id, request.Iid, world.Mara.Id));

        request.State.ShouldBe(MergeRequestState.Merged);
        world.Inner.Code.FindFile(project, null, "moved.txt")!.LastCommitId.ShouldBe(request.MergeCommitSha);
        project.Repository.FindBranch("mr").ShouldBeNull();
    }

    [Fact]
    public void MergeRequest_BothSidesChangedAFile_CannotBeMerged()
    {
        var world = new TestWorld();
        var project = world.Project;
        void Write(string branch, string text, string? start = null) => world.Do<Commit>(new CreateCommit(
            project.Id, branch, "m", [new FileAction(FileActionKind.Update, "README.md", text)], world.Mara.Id, StartBranch: start));
        Write("mr", "theirs", project.DefaultBranch);
        Write(project.DefaultBranch, "ours");
        var request = world.Do<MergeRequest>(new OpenMergeRequest(project.Id, "mr", project.DefaultBranch, "t", world.Mara.Id));

        world.Refused(new AcceptMergeRequest(project.Id, request.Iid, world.Mara.Id)).Message.ShouldBe("Branch cannot be merged");
    }

    [Fact]
    public void MergeRequests_AreDecidedByMaintainersAfterAWhile_DraftsAreNot()
    {
        var world = new TestWorld();
        var requests = Enumerable.Range(0, 30).Select(i =>
        {
            world.Do<Commit>(new CreateCommit(
                world.Project.Id, $"b{i}", "m", [new FileAction(FileActionKind.Create, $"f{i}", "x")], world.Mara.Id, StartBranch: world.Project.DefaultBranch));
            return world.Do<MergeRequest>(new OpenMergeRequest(
                world.Project.Id, $"b{i}", world.Project.DefaultBranch, i == 0 ? "Draft: no" : "yes", world.Mara.Id));
        }).ToList();
        world.Advance(TimeSpan.FromDays(4));

        requests[0].State.ShouldBe(MergeRequestState.Opened);
        requests.Count(r => r.State == MergeRequestState.Merged).ShouldBeGreaterThan(15);
        requests.Count(r => r.State == MergeRequestState.Opened).ShouldBeLessThan(12);
        requests.Where(r => r.MergedAt is not null).ShouldAllBe(r => r.MergedAt > r.CreatedAt && r.MergedBy != r.Author);
    }

    [Theory]
    [InlineData("release/*", "release/1.2", true)]
    [InlineData("release/*", "releases/1", false)]
    [InlineData("*-stable", "a/b-stable", true)]
    [InlineData("v*.*", "v1", false)]
    [InlineData("*", "", true)]
    [InlineData("main", "Main", false)]
    public void ProtectedRef_WildcardsMatchAnyRun(string pattern, string name, bool expected) =>
        new ProtectedRef(1, pattern, AccessLevel.Maintainer, AccessLevel.Maintainer).Matches(name).ShouldBe(expected);
}

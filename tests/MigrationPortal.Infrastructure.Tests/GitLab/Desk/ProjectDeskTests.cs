using MigrationPortal.Domain.Cohorts;
using MigrationPortal.World;
using MergeRequestState = MigrationPortal.Domain.Cohorts.MergeRequestState;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class ProjectDeskTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private const string CiFile = ".gitlab-ci.yml";
    private const string Prefix = "migration-portal/";

    private IProjectDesk Desk => world.Get<IProjectDesk>();

    private IMergeRequestDesk Requests => world.Get<IMergeRequestDesk>();

    private string Main => world.World(one => one.Directory.FindProject((int)world.Project.Number)!.DefaultBranch);

    [Fact]
    public async Task Commit_OfSeveralFiles_StandsOnANewBranchAsItWasWritten()
    {
        var file = await CiAsync();
        var commit = new NewCommit($"{Prefix}several", Main, "Run on Kubernetes", [new(CiFile, file.Text + "\r\n# moved", file.LastCommitId), new("ci/new.yml", "a: 1\n", null)]);
        var id = DeskWorld.Done(await Desk.CommitAsync(world.Developer, world.Project, commit, default));

        var reader = world.Get<IProjectReader>();
        DeskWorld.Done(await reader.FileAsync(world.Developer, world.Project, CiFile, commit.Branch, default)).ShouldBe(new RepositoryFile(CiFile, file.Text + "\r\n# moved", id));
        DeskWorld.Done(await reader.FileAsync(world.Developer, world.Project, "ci/new.yml", commit.Branch, default))!.Text.ShouldBe("a: 1\n");
        DeskWorld.Done(await CiOfAsync(Main)).ShouldBe(file, "the branch it began at is as it was");
        DeskWorld.Done(await Desk.BranchAsync(world.Developer, world.Project, commit.Branch, default)).ShouldBe(new BranchHead(commit.Branch, id, "Run on Kubernetes"));

        DeskWorld.Refused(await Desk.CommitAsync(world.Developer, world.Project, commit, default)).Code.ShouldBe(DeskCode.Conflict, "the branch is there already");
        DeskWorld.Done(await Desk.DeleteBranchAsync(world.Developer, world.Project, commit.Branch, default)).ShouldBeTrue();
        DeskWorld.Done(await Desk.DeleteBranchAsync(world.Developer, world.Project, commit.Branch, default)).ShouldBeFalse();
        DeskWorld.Done(await Desk.BranchAsync(world.Developer, world.Project, commit.Branch, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_OfAFileThatChangedSince_ChangesNothing()
    {
        var file = await CiAsync();
        world.World(one => one.Apply(new CreateCommit((int)world.Project.Number, Main, "Meanwhile", [new FileAction(FileActionKind.Update, CiFile, file.Text + "\n# meanwhile")], 1)).Ok).ShouldBeTrue();

        var no = DeskWorld.Refused(await Desk.CommitAsync(world.Developer, world.Project, new($"{Prefix}late", Main, "Late", [new(CiFile, "x", file.LastCommitId)]), default));
        no.Code.ShouldBe(DeskCode.ChangedMeanwhile);
        no.Reasons.Single().ShouldContain("changed since you started editing");
        DeskWorld.Done(await Desk.BranchAsync(world.Developer, world.Project, $"{Prefix}late", default)).ShouldBeNull();
        DeskWorld.Refused(await Desk.CommitAsync(world.Developer, world.Project, new($"{Prefix}late", Main, "Late", [new("gone.yml", "x", "abc")]), default)).Code.ShouldBe(DeskCode.ChangedMeanwhile, "it was deleted");
        DeskWorld.Refused(await Desk.CommitAsync(world.Developer, world.Project, new($"{Prefix}late", Main, "Late", [new(CiFile, "x", null)]), default)).Code.ShouldBe(DeskCode.ChangedMeanwhile, "somebody made it first");
    }

    [Fact]
    public async Task Commit_ByWhoMayNot_IsRefused()
    {
        var wish = new NewCommit($"{Prefix}foreign", Main, "x", [new("x.yml", "x", null)]);
        DeskWorld.Refused(await Desk.CommitAsync(world.Stranger, world.Project, wish, default)).Code.ShouldBe(DeskCode.NotFound);
        var reading = await world.WithScopesAsync(world.Mia, "read_api");
        var no = DeskWorld.Refused(await Desk.CommitAsync(reading, world.Project, wish, default));
        no.Code.ShouldBe(DeskCode.ConsentNeeded);
        no.Reasons.Single().ShouldStartWith("insufficient_scope");
        DeskWorld.Refused(await Desk.CommitAsync(new PersonToken("glpat-ended"), world.Project, wish, default)).Code.ShouldBe(DeskCode.ConsentNeeded);
    }

    [Fact]
    public async Task Commit_AnswerLost_IsAskedOnce_AndFoundByItsBranch()
    {
        var before = world.Wire.Requests;
        world.Wire.Rate = 1;
        // The kinds come in turn: the second is "dropped after".
        var wish = new NewCommit($"{Prefix}lost", Main, "Lost", [new("lost.yml", "x", null)]);
        try
        {
            await Should.ThrowAsync<Domain.Instances.GitLabUnavailableException>(Desk.CommitAsync(world.Developer, world.Project, wish, default));
            world.Wire.Requests.ShouldBe(before + 1);
            await Should.ThrowAsync<Domain.Instances.GitLabUnavailableException>(Desk.CommitAsync(world.Developer, world.Project, wish, default));
            world.Wire.Requests.ShouldBe(before + 2);
        }
        finally
        {
            world.Wire.Rate = 0;
        }
        DeskWorld.Done(await Desk.BranchAsync(world.Developer, world.Project, wish.Branch, default))!.CommitTitle.ShouldBe("Lost");
    }

    [Fact]
    public async Task Lint_OfContent_NeedsADeveloper_AndNamesItsErrors()
    {
        var seen = DeskWorld.Done(await Desk.LintAsync(world.Developer, world.Project, "default:\n  tags: [k8s-default]\nbuild:\n  script: make\nship:\n  tags: [docker]\n  when: manual\n  script: ship\n", Main, false, default));
        seen.Jobs.ShouldBe([new("build", seen.Jobs[0].Stage, seen.Jobs[0].Tags, "on_success"), new("ship", seen.Jobs[1].Stage, seen.Jobs[1].Tags, "manual")]);
        seen.Jobs.Select(one => one.Tags.Single()).ShouldBe(["k8s-default", "docker"]);
        var bad = DeskWorld.Done(await Desk.LintAsync(world.Developer, world.Project, "build: 7\n", Main, false, default));
        (bad.Valid, bad.Errors.Count > 0, bad.Jobs.Count).ShouldBe((false, true, 0));
        DeskWorld.Refused(await Desk.LintAsync(world.Stranger, world.Project, "build: 7\n", Main, false, default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task MergeRequest_OpensOnce_IsListedByItsBranch_AndCloses()
    {
        await CommitAsync("mr");
        var wanted = new NewMergeRequest("Run on Kubernetes", "Because.", $"{Prefix}mr", Main, true);
        var opened = DeskWorld.Done(await Requests.OpenAsync(world.Developer, world.Project, wanted, default));
        (opened.State, opened.Title, opened.SourceBranch, opened.TargetBranch, opened.MergedAt).ShouldBe((MergeRequestState.Opened, wanted.Title, wanted.SourceBranch, wanted.TargetBranch, null));
        opened.WebUrl.ShouldEndWith($"/-/merge_requests/{opened.Number}");
        world.World(one => one.Directory.FindProject((int)world.Project.Number)!.Repository.MergeRequests.Single(m => m.Iid == opened.Number).RemoveSourceBranch).ShouldBeTrue();

        var no = DeskWorld.Refused(await Requests.OpenAsync(world.Developer, world.Project, wanted, default));
        (no.Code, no.Reasons.Single()).ShouldBe((DeskCode.Conflict, $"Another open merge request already exists for this source branch: !{opened.Number}"));
        DeskWorld.Done(await Requests.OpenedAsync(world.Developer, world.Project, Prefix, default)).ShouldContain(opened);
        DeskWorld.Done(await Requests.OpenedAsync(world.Developer, world.Project, "other/", default)).ShouldBeEmpty();

        DeskWorld.Done(await Requests.CloseAsync(world.Developer, world.Project, opened.Number, default)).State.ShouldBe(MergeRequestState.Closed);
        DeskWorld.Done(await Requests.CloseAsync(world.Developer, world.Project, opened.Number, default)).State.ShouldBe(MergeRequestState.Closed, "it is closed already");
        DeskWorld.Done(await Requests.OpenedAsync(world.Developer, world.Project, Prefix, default)).ShouldNotContain(one => one.Number == opened.Number);
        DeskWorld.Refused(await Requests.ReadAsync(world.Developer, world.Project, 99_999, default)).Code.ShouldBe(DeskCode.NotFound);
        DeskWorld.Refused(await Requests.ReadAsync(world.Stranger, world.Project, opened.Number, default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task MergeRequest_MergedByAMaintainer_SaysWhen()
    {
        await CommitAsync("merged");
        var opened = DeskWorld.Done(await Requests.OpenAsync(world.Developer, world.Project, new("Run", "", $"{Prefix}merged", Main, false), default));
        world.World(one => one.Apply(new AcceptMergeRequest((int)world.Project.Number, (int)opened.Number, 1)).Ok).ShouldBeTrue();

        var seen = DeskWorld.Done(await Requests.ReadAsync(new GitLabCaller.Portal(Domain.Instances.RequestPurpose.Projects), world.Project, opened.Number, default));
        (seen.State, seen.MergedAt).ShouldBe((MergeRequestState.Merged, world.World(one => one.Now)));
        DeskWorld.Done(await Requests.CloseAsync(world.Developer, world.Project, opened.Number, default)).State.ShouldBe(MergeRequestState.Merged, "what is merged stays");
    }

    [Theory]
    [InlineData("no-such-branch", "does not exist")]
    [InlineData(null, "same project/branch")]
    public async Task MergeRequest_OfNothing_IsInvalid(string? source, string words)
    {
        var no = DeskWorld.Refused(await Requests.OpenAsync(world.Developer, world.Project, new("x", "", source ?? Main, Main, false), default));
        no.Code.ShouldBe(DeskCode.Invalid);
        no.Reasons.Single().ShouldContain(words);
    }

    private async Task CommitAsync(string name) =>
        DeskWorld.Done(await Desk.CommitAsync(world.Developer, world.Project, new(Prefix + name, Main, name, [new($"{name}.yml", "x", null)]), default));

    private async Task<RepositoryFile> CiAsync() => DeskWorld.Done(await CiOfAsync(Main))!;

    private Task<Domain.Shared.Outcome<RepositoryFile?>> CiOfAsync(string branch) => world.Get<IProjectReader>().FileAsync(world.Developer, world.Project, CiFile, branch, default);
}

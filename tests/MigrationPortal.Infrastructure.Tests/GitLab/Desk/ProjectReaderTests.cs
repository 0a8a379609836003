using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class ProjectReaderTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private const string CiFile = ".gitlab-ci.yml";

    private IProjectReader Reader => world.Get<IProjectReader>();

    [Fact]
    public async Task Settings_OfOwnProject_TellItsSwitches()
    {
        var seen = DeskWorld.Done(await Reader.SettingsAsync(world.Maintainer, world.Project, default));
        var (path, branch, shared, group) = world.World(one => one.Directory.FindProject((int)world.Project.Number) is { } project ? (project.FullPath, project.DefaultBranch, project.SharedRunnersEnabled, project.GroupRunnersEnabled) : default);
        (seen.Id, seen.FullPath, seen.DefaultBranch, seen.SharedRunners, seen.GroupRunners, seen.CiEnabled, seen.CiConfigPath).ShouldBe((world.Project, path, branch, shared, (bool?)group, true, null));
    }

    [Fact]
    public async Task File_IsReadWithItsGuard_AsThePersonAndAsThePortal()
    {
        var there = world.World(one => one.Code.FindFile(one.Directory.FindProject((int)world.Project.Number)!, null, CiFile)!);
        foreach (var caller in (GitLabCaller[])[world.Developer, new GitLabCaller.Portal(RequestPurpose.Projects)])
            DeskWorld.Done(await Reader.FileAsync(caller, world.Project, CiFile, "HEAD", default)).ShouldBe(new RepositoryFile(CiFile, there.Content, there.LastCommitId));
        world.Budget.Taken.ShouldContain((RequestLane.Operations, "moves"));
        world.Budget.Taken.ShouldContain((RequestLane.Monitoring, "projects"));
    }

    [Fact]
    public async Task File_InAFolder_IsFoundByItsWholePath()
    {
        const string text = "a:\r\n  script: 'ü'\r\n";
        world.World(one => one.Apply(new CreateCommit((int)world.Project.Number, "with-folder", "Add", [new FileAction(FileActionKind.Create, "ci/sub dir/build.yml", text)], 1, one.Directory.FindProject((int)world.Project.Number)!.DefaultBranch)).Ok).ShouldBeTrue();
        DeskWorld.Done(await Reader.FileAsync(world.Developer, world.Project, "ci/sub dir/build.yml", "with-folder", default))!.Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("no/such.yml")]
    [InlineData("..")]
    [InlineData("")]
    public async Task File_NotThere_IsNull(string path) => DeskWorld.Done(await Reader.FileAsync(world.Developer, world.Project, path, "HEAD", default)).ShouldBeNull();

    [Fact]
    public async Task File_OfAMissingRef_OrOthersProject_IsNotFound()
    {
        DeskWorld.Refused(await Reader.FileAsync(world.Developer, world.Project, CiFile, "no-such-branch", default)).Code.ShouldBe(DeskCode.NotFound);
        DeskWorld.Refused(await Reader.FileAsync(world.Stranger, world.Project, CiFile, "HEAD", default)).Code.ShouldBe(DeskCode.NotFound);
        DeskWorld.Refused(await Reader.SettingsAsync(world.Stranger, world.Project, default)).Reasons.Single().ShouldBe("404 Project Not Found");
    }

    [Fact]
    public async Task File_ThatIsNoText_IsRefused()
    {
        world.Wire.Instead = path => path.Contains("/repository/files/", StringComparison.Ordinal)
            ? FaultyWire.Answer(200, """{"file_path":"logo.png","content":"/9j/4A==","last_commit_id":"abc"}""") : null;
        try
        {
            DeskWorld.Refused(await Reader.FileAsync(world.Developer, world.Project, "logo.png", "HEAD", default)).Code.ShouldBe(DeskCode.Invalid);
        }
        finally
        {
            world.Wire.Instead = null;
        }
    }

    [Fact]
    public async Task Branches_LiveOnes_NewestFirst_BoundedAndSaid()
    {
        var number = (int)world.Project.Number;
        var start = world.World(one => one.Directory.FindProject(number)!.DefaultBranch);
        foreach (var name in (string[])["live-b", "live-a"])
        {
            await world.GitLab.AdvanceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            world.World(one => one.Apply(new CreateCommit(number, name, "Add", [new FileAction(FileActionKind.Create, $"{name}.txt", "x")], 1, start)).Ok).ShouldBeTrue();
        }

        var since = world.World(one => one.Now) - TimeSpan.FromSeconds(90);
        var live = DeskWorld.Done(await Reader.BranchesAsync(world.Developer, world.Project, since, 10, default));
        live.Branches.Select(one => one.Name).ShouldBe(["live-a", "live-b"]);
        live.Truncated.ShouldBeFalse();
        var first = DeskWorld.Done(await Reader.BranchesAsync(world.Developer, world.Project, since, 1, default));
        (first.Branches.Single().Name, first.Truncated).ShouldBe(("live-a", true));
        var all = DeskWorld.Done(await Reader.BranchesAsync(world.Developer, world.Project, DateTimeOffset.UnixEpoch, 500, default));
        all.Branches.Single(one => one.Default).ShouldSatisfyAllConditions(one => one.Name.ShouldBe(start), one => one.Protected.ShouldBe(world.World(w => w.Directory.FindProject(number)!.IsProtected(start, false))));
    }

    [Fact]
    public async Task Branches_OfAGitLabThatOrdersByName_AreAllRead()
    {
        const string page = """[{"name":"a-old","commit":{"id":"1","committed_date":"2026-01-01T00:00:00Z"}},{"name":"b-new","default":true,"commit":{"id":"2","committed_date":"2026-11-01T00:00:00Z"}}]""";
        var pages = 0;
        world.Wire.Instead = path => path.EndsWith("/repository/branches", StringComparison.Ordinal)
            ? FaultyWire.Answer(200, page, "application/json", ++pages < 3 ? [("Link", """<http://gitlab/api?page=2>; rel="next" """)] : []) : null;
        try
        {
            var live = DeskWorld.Done(await Reader.BranchesAsync(world.Developer, world.Project, new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), 10, default));
            (pages, live.Branches.Count, live.Truncated).ShouldBe((3, 3, false));
        }
        finally
        {
            world.Wire.Instead = null;
        }
    }

    [Fact]
    public async Task Lint_OfARef_NamesJobsWithTags_AndIncludes()
    {
        var expected = world.World(one => one.Code.Lint(one.Directory.FindProject((int)world.Project.Number)!));
        var seen = DeskWorld.Done(await Reader.LintAsync(new GitLabCaller.Portal(RequestPurpose.Projects), world.Project, "HEAD", false, default));
        (seen.Valid, seen.MergedYaml).ShouldBe((true, expected.MergedYaml));
        seen.Jobs.Select(one => (one.Name, string.Join(',', one.Tags), one.When!)).ShouldBe(expected.Jobs.Select(one => (one.Name, string.Join(',', one.TagList), one.When)));
        seen.Includes.Select(one => (one.Type, one.Location, one.Project)).ShouldBe(expected.Includes.Select(one => (one.Type, one.Location, one.IncludedProject)));
        DeskWorld.Refused(await Reader.LintAsync(world.Developer, world.Project, "no-such-branch", false, default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task Lint_OfAProjectWithIncludes_SaysWhereTheyAre()
    {
        var (id, expected) = world.World(one => one.Directory.Projects
            .Select(project => (project.Id, Lint: one.Code.Lint(project)))
            .First(pair => pair.Lint.Includes.Any(include => include.IncludedProject is not null)));
        var seen = DeskWorld.Done(await Reader.LintAsync(new GitLabCaller.Portal(RequestPurpose.Projects), new(DeskWorld.Production, id), "HEAD", true, default));
        seen.Includes.Select(one => (one.Type, one.Location, one.Project)).ShouldBe(expected.Includes.Select(one => (one.Type, one.Location, one.IncludedProject)));
    }

    [Fact]
    public async Task Schedules_AreNamedByPlainRefs()
    {
        var (id, refs) = world.World(one => one.Directory.Projects.First(project => project.Schedules.Count > 0) is { } project ? (project.Id, project.Schedules.Select(s => ((long)s.Id, s.Ref, s.Active)).ToArray()) : default);
        var seen = DeskWorld.Done(await Reader.SchedulesAsync(new GitLabCaller.Portal(RequestPurpose.Projects), new(DeskWorld.Production, id), default));
        seen.Select(one => (one.Id, one.Ref, one.Active)).ShouldBe(refs);
    }
}

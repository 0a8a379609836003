using MigrationPortal.Domain.Cohorts;
using MigrationPortal.World;
using JobStatus = MigrationPortal.Domain.Jobs.JobStatus;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class PipelineDeskTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private IPipelineDesk Desk => world.Get<IPipelineDesk>();

    [Fact]
    public async Task PipelineOfABranch_IsFoundWithItsJobs_AndCanceled_AsOftenAsAsked()
    {
        Push("two-jobs", "one:\n  tags: [nobody]\n  script: ship\ntwo:\n  stage: deploy\n  tags: [nobody]\n  script: ship\n");
        var found = DeskWorld.Done(await Desk.OfBranchAsync(world.Developer, world.Project, "two-jobs", default)).ShouldHaveSingleItem();
        found.HasEnded.ShouldBeFalse();
        found.WebUrl.ShouldEndWith($"/-/pipelines/{found.Number}");
        found.Commit.ShouldBe(world.World(one => one.Jobs.FindPipeline(found.Number)!.Sha));

        var jobs = DeskWorld.Done(await Desk.JobsAsync(world.Developer, world.Project, found.Number, default));
        jobs.Select(job => (job.Name, job.Status, job.Runner)).ShouldBe([("two", JobStatus.Created, null), ("one", JobStatus.Pending, null)], ignoreOrder: true);

        DeskWorld.Done(await Desk.CancelAsync(world.Developer, world.Project, found.Number, default)).HasEnded.ShouldBeTrue();
        DeskWorld.Done(await Desk.CancelAsync(world.Developer, world.Project, found.Number, default)).HasEnded.ShouldBeTrue();
    }

    [Fact]
    public async Task PipelineOfSomebodyElse_IsNotFound()
    {
        Push("one-job", "one:\n  tags: [nobody]\n  script: ship\n");
        var found = DeskWorld.Done(await Desk.OfBranchAsync(world.Developer, world.Project, "one-job", default)).ShouldHaveSingleItem();
        DeskWorld.Refused(await Desk.OfBranchAsync(world.Stranger, world.Project, "one-job", default)).Code.ShouldBe(DeskCode.NotFound);
        DeskWorld.Refused(await Desk.CancelAsync(world.Stranger, world.Project, found.Number, default)).Code.ShouldBe(DeskCode.NotFound);
        DeskWorld.Refused(await Desk.JobsAsync(world.Developer, world.Project, 999_999_999, default)).Code.ShouldBe(DeskCode.NotFound);
        DeskWorld.Done(await Desk.OfBranchAsync(world.Developer, world.Project, "no-such-branch", default)).ShouldBeEmpty();
    }

    private void Push(string branch, string file) => world.World(one => one.Apply(new CreateCommit((int)world.Project.Number, branch, "CI",
        [new FileAction(FileActionKind.Update, ".gitlab-ci.yml", file)], 1, one.Directory.FindProject((int)world.Project.Number)!.DefaultBranch)).Ok).ShouldBeTrue();
}

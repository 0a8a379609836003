using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class PipelineDeskTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private IPipelineDesk Desk => world.Get<IPipelineDesk>();

    private string Main => world.World(one => one.Directory.FindProject((int)world.Project.Number)!.DefaultBranch);

    [Fact]
    public async Task Pipeline_StartsOnce_WithItsVariables()
    {
        var started = DeskWorld.Done(await Desk.StartAsync(world.Developer, world.Project, Main, new Dictionary<string, string> { ["TRY"] = "1" }, default));
        started.WebUrl.ShouldEndWith($"/-/pipelines/{started.Id}");
        world.World(one => one.Jobs.FindPipeline(started.Id)!.Ref).ShouldBe(Main);
        DeskWorld.Refused(await Desk.StartAsync(world.Developer, world.Project, "no-such-branch", new Dictionary<string, string>(), default)).Code.ShouldBe(DeskCode.Invalid);
        DeskWorld.Refused(await Desk.StartAsync(world.Stranger, world.Project, Main, new Dictionary<string, string>(), default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task Job_ThatEnded_IsRetriedAsANewOne()
    {
        var (number, name) = world.World(one => one.Jobs.OfProject(one.Directory.FindProject((int)world.Project.Number)!, [JobStatus.Success, JobStatus.Failed], null, 0, 200).First(job => !job.Retried) is { } job ? (job.Id, job.Name) : default);
        var again = DeskWorld.Done(await Desk.RetryAsync(world.Developer, new JobId(DeskWorld.Production, number), world.Project, default));
        again.Name.ShouldBe(name);
        again.Job.Number.ShouldBeGreaterThan(number);
        DeskWorld.Refused(await Desk.PlayAsync(world.Developer, new JobId(DeskWorld.Production, number), world.Project, default)).Code.ShouldBe(DeskCode.Invalid, "it waits for nobody");
        DeskWorld.Refused(await Desk.RetryAsync(world.Developer, new JobId(DeskWorld.Production, 999_999_999), world.Project, default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task ManualJob_IsPlayed()
    {
        world.World(one => one.Apply(new CreateCommit((int)world.Project.Number, "with-manual", "Manual",
            [new FileAction(FileActionKind.Update, ".gitlab-ci.yml", "ship:\n  when: manual\n  tags: [nobody]\n  script: ship\n")], 1, Main)).Ok).ShouldBeTrue();
        var pipeline = DeskWorld.Done(await Desk.StartAsync(world.Developer, world.Project, "with-manual", new Dictionary<string, string>(), default));
        var job = world.World(one => one.Jobs.FindPipeline(pipeline.Id)!.Jobs.Single().Id);
        var played = DeskWorld.Done(await Desk.PlayAsync(world.Developer, new JobId(DeskWorld.Production, job), world.Project, default));
        (played.Job.Number, played.Name).ShouldBe((job, "ship"));
        world.World(one => one.Jobs.Find(job)!.Status).ShouldBe(JobStatus.Pending);
    }
}

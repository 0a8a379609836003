using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

/// <summary>A quiet world in which only the test acts, with short ways to set a scene.</summary>
internal sealed class TestWorld
{
    public TestWorld(WorldOptions? options = null) => Inner = new GitLabWorld(options ?? WorldOptions.Quiet);

    public GitLabWorld Inner { get; }

    public User Mara => Inner.Directory.FindUser("mara")!;

    /// <summary>An ordinary project with CI and instance runners on.</summary>
    public Project Project => Inner.Directory.Projects[1];

    public Project Other => Inner.Directory.Projects[2];

    public T Do<T>(WorldInput input) => Inner.Apply(input).Get<T>();

    public void Do(WorldInput input) => Inner.Apply(input).Refusal.ShouldBeNull();

    public Refusal Refused(WorldInput input) => Inner.Apply(input).Refusal.ShouldNotBeNull();

    public void Advance(TimeSpan by) => Inner.AdvanceTo(Inner.Now + by);

    public void AdvanceMinutes(double minutes) => Advance(TimeSpan.FromMinutes(minutes));

    /// <summary>Runs a pipeline of this CI file from a branch of its own, so that protection and pushes stay out of it.</summary>
    public Pipeline Run(string yaml, Project? project = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        project ??= Project;
        var branch = $"test-{project.Repository.Branches.Count}-{Inner.Jobs.Count}";
        Do(new CreateBranch(project.Id, branch, project.DefaultBranch, Mara.Id));
        Write(project, branch, "on: []\n" + yaml);
        return Do<Pipeline>(new RunPipeline(project.Id, branch, Mara.Id, variables));
    }

    /// <summary>Writes the CI file; <c>on: []</c> at its head keeps the push itself from making a pipeline.</summary>
    public void Write(Project project, string branch, string yaml)
    {
        var quiet = yaml.StartsWith("on: []\n", StringComparison.Ordinal);
        var text = quiet
            ? yaml["on: []\n".Length..] + "\nworkflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE != \"push\"\n"
            : yaml;
        var exists = Inner.Code.FindFile(project, branch, ".gitlab-ci.yml") is not null;
        Do(new CreateCommit(
            project.Id, branch, "CI", [new FileAction(exists ? FileActionKind.Update : FileActionKind.Create, ".gitlab-ci.yml", text)], Mara.Id));
    }

    public Job RunOne(string job, Project? project = null) =>
        Run($"job:\n  {job.Replace("\n", "\n  ", StringComparison.Ordinal)}\n", project).Jobs.ShouldHaveSingleItem();

    /// <summary>A new instance runner with one polling manager.</summary>
    public Runner Runner(Executor executor, int slots, string[] tags, bool untagged = false, bool refProtected = false)
    {
        var runner = Do<Runner>(new CreateRunner(RunnerType.Instance, TagList: tags, RunUntagged: untagged, RefProtected: refProtected));
        Do<RunnerManager>(new ConnectManager(runner.Id, executor, slots));
        return runner;
    }

    public void PauseAll()
    {
        foreach (var runner in Inner.Fleet.Runners)
        {
            Do<Runner>(new UpdateRunner(runner.Id, Paused: true));
        }
    }
}

namespace MigrationPortal.World;

/// <summary>Reading repositories, and linting CI configuration.</summary>
public sealed class CodeHost
{
    private readonly Engine engine;

    internal CodeHost(Engine engine) => this.engine = engine;

    /// <summary>The branch a ref means: a branch name, <c>HEAD</c>, null for the default, or the head commit of one.</summary>
    public Branch? Resolve(Project project, string? refName)
    {
        _ = engine;
        if (refName is null or "HEAD")
        {
            return project.Repository.FindBranch(project.DefaultBranch);
        }

        return project.Repository.FindBranch(refName)
            ?? project.Repository.Branches.FirstOrDefault(b => b.HeadSha == refName);
    }

    public FileEntry? FindFile(Project project, string? refName, string path) =>
        Resolve(project, refName)?.Files.GetValueOrDefault(path);

    /// <summary>The commit of this sha: one that changed files, or one that a pipeline ran for.</summary>
    public Commit? FindCommit(Project project, string sha) =>
        project.Repository.CommitList.FindLast(c => c.Sha == sha);

    /// <summary>The commit a pipeline ran for.</summary>
    public Commit CommitOf(Pipeline pipeline) => FindCommit(pipeline.Project, pipeline.Sha)
        ?? new Commit(pipeline.Sha, null, "Change", "Change", pipeline.User.Name, pipeline.User.Email, pipeline.CreatedAt);

    /// <summary>Lints the project's CI configuration, or this content in its place.</summary>
    /// <param name="refName">Ref to read from and, in a dry run, to pretend a push to.</param>
    /// <param name="dryRun">Expands tags by variables and drops jobs by their rules, as creating a pipeline would.</param>
    public LintResult Lint(Project project, string? content = null, string? refName = null, bool dryRun = false) =>
        new(false, ["Please provide content of .gitlab-ci.yml"], [], null, [], []);
}

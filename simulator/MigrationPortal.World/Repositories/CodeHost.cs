namespace MigrationPortal.World;

/// <summary>Reading repositories, and linting CI configuration.</summary>
public sealed class CodeHost
{
    private readonly Engine engine;

    internal CodeHost(Engine engine) => this.engine = engine;

    /// <summary>The branch a ref means: a branch name, <c>HEAD</c>, null for the default, or the head commit of one.</summary>
    public Branch? Resolve(Project project, string? refName) => ResolveIn(project, refName);

    public FileEntry? FindFile(Project project, string? refName, string path) => FindFileIn(project, refName, path);

    /// <summary>The commit of this sha: one that changed files, or one that a pipeline ran for.</summary>
    public Commit? FindCommit(Project project, string sha) =>
        project.Repository.CommitList.FindLast(c => c.Sha == sha)
        ?? (project.PipelineList.FindLast(p => p.Sha == sha) is { } pipeline ? Everyday(pipeline) : null);

    /// <summary>The commit a pipeline ran for.</summary>
    public Commit CommitOf(Pipeline pipeline) =>
        pipeline.Project.Repository.CommitList.FindLast(c => c.Sha == pipeline.Sha) ?? Everyday(pipeline);

    /// <summary>Lints the project's CI configuration, or this content in its place.</summary>
    /// <param name="refName">Ref to read from and, in a dry run, to pretend a push to.</param>
    /// <param name="dryRun">Expands tags by variables and drops jobs by their rules, as creating a pipeline would.</param>
    public LintResult Lint(Project project, string? content = null, string? refName = null, bool dryRun = false) =>
        new CiLint(engine).Lint(project, content, refName, dryRun);

    internal static Branch? ResolveIn(Project project, string? refName) => refName is null or "HEAD"
        ? project.Repository.FindBranch(project.DefaultBranch)
        : project.Repository.FindBranch(refName) ?? project.Repository.Branches.FirstOrDefault(b => b.HeadSha == refName);

    internal static FileEntry? FindFileIn(Project project, string? refName, string path) =>
        ResolveIn(project, refName)?.Files.GetValueOrDefault(path);

    private Commit Everyday(Pipeline pipeline)
    {
        var title = CommitTitles.Of(new Draw(engine.Options.Seed, For.Sha, pipeline.Sha[..12].GetOrdinalHash()));
        return new Commit(pipeline.Sha, null, title, title + "\n", pipeline.User.Name, pipeline.User.Email, pipeline.CreatedAt);
    }
}

internal static class CommitTitles
{
    private static readonly string[] Verbs = ["Fix", "Speed up", "Simplify", "Test", "Document", "Remove", "Rework"];
    private static readonly string[] Things =
        ["the upload path", "retry handling", "the schema", "flaky search test", "metrics labels", "config defaults", "the export job"];

    public static string Of(Draw draw) => $"{draw.Pick(Verbs, 1)} {draw.Pick(Things, 2)}";

    /// <summary>A hash that stays the same between processes.</summary>
    public static long GetOrdinalHash(this string text) =>
        text.Aggregate(17L, (hash, c) => unchecked((hash * 31) + c));
}

namespace MigrationPortal.World;

/// <summary>Answers GitLab's CI lint.</summary>
internal sealed class CiLint(Engine engine)
{
    public LintResult Lint(Project project, string? content, string? refName, bool dryRun)
    {
        var from = project;
        var branch = CodeHost.ResolveIn(project, refName)?.Name ?? project.DefaultBranch;
        var fromBranch = (string?)branch;
        if (content is null)
        {
            (content, from, fromBranch, _) = engine.Configs.Source(project, branch);
        }

        if (string.IsNullOrWhiteSpace(content))
        {
            return Invalid(["Please provide content of .gitlab-ci.yml"]);
        }

        var (config, errors) = engine.Configs.Compile(content, from, fromBranch);
        return config is null ? Invalid(errors) : dryRun ? DryRun(config, project, branch) : Static(config);
    }

    private static LintResult Invalid(IReadOnlyList<string> errors) => new(false, errors, [], null, [], []);

    private static LintResult Static(CiConfig config) => new(
        true, [], config.Warnings, CiWriter.Write(config.Merged), config.Includes, [.. config.Jobs.Select(StaticJob)]);

    private LintResult DryRun(CiConfig config, Project project, string branch)
    {
        var trigger = new CiTrigger(PipelineSource.Push, branch, false);
        var variables = engine.Variables.For(project, trigger, project.IsProtected(branch, false), "", null);
        var jobs = PipelinePlan.Make(config, trigger, variables);
        return jobs.Count == 0
            ? Invalid(["Pipeline will not run for the selected trigger. The rules configuration prevented any jobs from being added to the pipeline."])
            : new LintResult(true, [], config.Warnings, CiWriter.Write(config.Merged), config.Includes, [.. jobs.Select(DryJob)]);
    }

    private static LintJob StaticJob(CiJob job) => new(
        job.Name, job.Stage, job.BeforeScript, job.Script, job.AfterScript, job.Tags, job.Environment, job.When,
        job.AllowFailure ?? (job.When == "manual" && job.Rules is null), job.Needs);

    private static LintJob DryJob(JobDefinition job) => new(
        job.Name, job.Stage, job.BeforeScript, job.Script, job.AfterScript, job.Tags.Tags, job.Environment, job.When.Wire(), job.AllowFailure, null);
}

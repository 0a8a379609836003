namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class WorkspaceRule : ReadinessRule
{
    public override string Id => "R18";

    public override string Title => "files of an earlier job";

    public override string Why => "Each pod starts with an empty folder: nothing is left over from the job before.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "No such file or directory";

    public override string Link => "https://docs.gitlab.com/ci/runners/configure_runners/#git-strategy";

    public override RuleSigns Signs { get; } = new() { Words = ["CI_BUILDS_DIR", "GIT_STRATEGY", "GIT_CLEAN_FLAGS", "GIT_CLONE_PATH"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var variable in job.Variables.All)
        {
            if (Said(job, variable.Name, variable.Value) is var (severity, message, remedy)) yield return Found(job, severity, variable.Line, message, remedy);
        }

        foreach (var word in job.Words.Where(word => word.Text.Contains("CI_BUILDS_DIR", StringComparison.Ordinal)))
            yield return Found(job, Usual, word.Line, "CI_BUILDS_DIR holds nothing of other jobs on Kubernetes: each pod has its own.", "Hand files over by artifacts: and needs:.");
    }

    private static (Severity, string, string)? Said(JobView job, string name, string value) => (name, value.ToLowerInvariant()) switch
    {
        ("GIT_STRATEGY", "none") when job.Commands.Count > 0 => (Severity.Likely, "GIT_STRATEGY: none leaves the folder as it is, and on Kubernetes it is empty.", "variables:\n  GIT_STRATEGY: fetch\nor, where the job needs no source, hand over what it needs by artifacts: and needs:."),
        ("GIT_STRATEGY", "fetch") => (Severity.Info, "GIT_STRATEGY: fetch clones anew on Kubernetes, because nothing is there to fetch into.", "variables:\n  GIT_DEPTH: \"20\""),
        ("GIT_CLEAN_FLAGS", _) => (Severity.Likely, $"GIT_CLEAN_FLAGS: {value} keeps files for the next job, which starts in an empty folder on Kubernetes.", "Keep them by cache: or artifacts:."),
        ("GIT_CLONE_PATH", _) => (Severity.Info, "GIT_CLONE_PATH puts the source where the next job found it on docker; each pod starts empty.", "Nothing to do, unless jobs share that folder."),
        _ => null,
    };
}

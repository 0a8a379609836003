namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class ComposeRule : ReadinessRule
{
    public override string Id => "R33";

    public override string Title => "docker compose";

    public override string Why => "docker compose needs a docker daemon.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "Cannot connect to the Docker daemon";

    public override string Link => "https://docs.gitlab.com/ci/services/";

    public override RuleSigns Signs { get; } = new() { Commands = ["docker-compose"], Words = [RuleSigns.Whole("compose")] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (DockerUse.IsServed(job, profile)) yield break;
        foreach (var call in DockerUse.Calls(job).Where(DockerUse.IsCompose))
            yield return Found(job, Usual, call.Line, "docker compose needs a docker daemon, which the job does not reach on Kubernetes.", "Let GitLab start what compose starts:\n  services:\n    - name: postgres:16\n      alias: db\nOr ask for a runner with privileged services, and keep the job on docker meanwhile.");
    }
}

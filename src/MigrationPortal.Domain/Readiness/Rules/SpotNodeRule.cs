namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class SpotNodeRule : ReadinessRule
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    public override string Id => "R42";

    public override string Title => "jobs that must not be cut off";

    public override string Why => "A node can be taken away under a job: long jobs and deployments suffer most.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "is disrupted: reason";

    public override string Link => "https://docs.gitlab.com/ci/yaml/#interruptible";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var severity = profile.OnSpotNodes ? Usual : Severity.Info;
        if (job.Job.Timeout > Long) yield return At(job, severity, job.Job.TimeoutLine, $"The job may run {job.Job.Timeout.Value.TotalHours:0.#} hours");
        if (job.Job.ResourceGroupLine > 0) yield return At(job, severity, job.Job.ResourceGroupLine, "Its resource_group says that it must not run beside another");
        else if (job.Job.EnvironmentLine > 0) yield return At(job, severity, job.Job.EnvironmentLine, "The job deploys");
        else if (IsDeployment(job.Job.Stage) || IsDeployment(job.Name)) yield return At(job, severity, job.Job.Line, "The job deploys");
        if (job.Job.Interruptible == false) yield return At(job, severity, job.Job.Line, "interruptible: false says that it must run to its end");
    }

    /// <summary>The name of a stage or job that begins with "deploy": <c>deploy:production</c>, <c>deployment</c>.</summary>
    private static bool IsDeployment(string name) => name.StartsWith("deploy", StringComparison.OrdinalIgnoreCase);

    private Finding At(JobView job, Severity severity, int line, string what) =>
        Found(job, severity, line, $"{what}, and a pod ends when its node is taken away.", "Ask your administrators for a tag of runners on lasting nodes, or make the job safe to run twice:\nretry:\n  max: 1\n  when: runner_system_failure");
}

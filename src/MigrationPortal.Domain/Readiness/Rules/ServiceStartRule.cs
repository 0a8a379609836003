namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class ServiceStartRule : ReadinessRule
{
    /// <summary>More services than a usual pod has room for beside the job.</summary>
    private const int Many = 4;

    public override string Id => "R34";

    public override string Title => "waiting for services";

    public override string Why => "docker waits up to 30 seconds for services; Kubernetes waits only where a port to check is given.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "connection refused";

    public override string Link => "https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-services";

    public override RuleSigns Signs { get; } = new() { Services = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Services.Count > Many)
            yield return Found(job, Usual, job.Services[0].Line, $"The pod needs room for {job.Services.Count} services beside the job: it may find no node.", "Use fewer services in one job, or ask for a runner whose services ask for little.");
        if (ServiceWaits.Waits(job)) yield break;
        foreach (var service in job.Services.Where(service => !service.IsDind && service.Variable("HEALTHCHECK_TCP_PORT") is null))
            yield return Found(job, Usual, service.Line, $"Nothing waits until {service.Image.Written} is up: Kubernetes does not, as docker does.", $"services:\n  - name: {service.Image.Written}\n    variables:\n      HEALTHCHECK_TCP_PORT: \"{(KnownPorts.Of(service) is [var port, ..] ? port : "8080")}\"");
    }
}

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DindTlsRule : ReadinessRule
{
    private const string CertDir = "DOCKER_TLS_CERTDIR";
    private const string Mount = "/certs/client";

    public override string Id => "R03";

    public override string Title => "certificates of docker in docker";

    public override string Why => "The daemon writes its certificates where the job cannot read them, unless a volume at /certs/client is shared.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "could not read CA certificate \"/certs/client/ca.pem\"";

    public override string Link => "https://docs.gitlab.com/ci/docker/using_docker_build/";

    public override RuleSigns Signs { get; } = new() { Services = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Dind is not { } dind || profile.HasMount(Mount) || profile.HasMount("/certs")) yield break;
        // The images set it to /certs by themselves.
        var directory = dind.Variable(CertDir) ?? "/certs";
        if (directory.Length == 0 || dind.Service.Command.Any(word => word.StartsWith("--tls=false", StringComparison.Ordinal))) yield break;
        var line = job.Variables.Of(CertDir).FirstOrDefault()?.Line ?? dind.Line;
        yield return Found(job, Usual, line, $"The daemon puts its certificates into {directory}, and the runner shares no volume at {Mount}: the docker client will not find them.",
            "variables:\n  DOCKER_HOST: tcp://docker:2375\n  DOCKER_TLS_CERTDIR: \"\"\nOr ask for a runner with a memory volume at /certs/client.");
    }
}

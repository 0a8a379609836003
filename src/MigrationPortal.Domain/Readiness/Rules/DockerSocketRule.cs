namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DockerSocketRule : ReadinessRule
{
    private const string Socket = "docker.sock";

    private const string Remedy = "Build without a daemon (buildah, BuildKit rootless), or add a docker:dind service on a runner with privileged services. There is no docker socket on Kubernetes nodes: mounting one is no way out.";

    public override string Id => "R02";

    public override string Title => "the host's docker daemon";

    public override string Why => "On docker runners a job can use the host's daemon by its socket; Kubernetes nodes have none.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "Cannot connect to the Docker daemon at unix:///var/run/docker.sock";

    public override string Link => "https://docs.gitlab.com/ci/docker/using_docker_build/";

    public override RuleSigns Signs { get; } = new() { Commands = DockerUse.Clients, Words = [Socket, "DOCKER_HOST"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (DockerUse.Host(job) is { } host && host.Text.StartsWith("unix:", StringComparison.Ordinal))
        {
            yield return Found(job, Usual, host.Line, $"DOCKER_HOST names a socket of the host ({host.Text}), which a Kubernetes node does not have.", Remedy);
            yield break;
        }

        foreach (var word in job.UsedWords.Where(word => word.Text.Contains(Socket, StringComparison.Ordinal)))
            yield return Found(job, Usual, word.Line, "The job reaches for the host's docker socket, which a Kubernetes node does not have.", Remedy);
        if (job.Dind is not null || DockerUse.IsRemote(job)) yield break;
        foreach (var call in DockerUse.Calls(job))
            yield return Found(job, Usual, call.Line, $"{call.Name} {call.Command.Verb} needs a docker daemon: the job has no docker:dind service, and the host's daemon is not there on Kubernetes.", Remedy);
    }
}

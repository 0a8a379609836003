namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DockerNetworkRule : ReadinessRule
{
    private const string PerBuild = "FF_NETWORK_PER_BUILD";
    private const string NetworkName = "CI_BUILD_NETWORK_NAME";

    public override string Id => "R10";

    public override string Title => "docker's network for the job";

    public override string Why => "On Kubernetes there is no docker network: containers of a job share one pod and meet at localhost.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "Could not resolve host: build";

    public override string Link => "https://docs.gitlab.com/runner/executors/docker/#create-a-network-for-each-job";

    public override RuleSigns Signs { get; } = new() { Words = [PerBuild, NetworkName, "://build", "@build", RuleSigns.Begins("build:"), "HOST"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Variables.IsOn(PerBuild))
            yield return Found(job, Severity.Info, job.Variables.Of(PerBuild).First().Line, $"{PerBuild} does nothing on Kubernetes: all containers of the job share one network.", "Take it out once no job runs on docker any more, and connect by localhost or the service's alias.");
        var named = job.Services.Any(service => service.IsCalled("build"));
        foreach (var word in job.UsedWords)
        {
            if (word.Text.Contains(NetworkName, StringComparison.Ordinal))
                yield return Found(job, Usual, word.Line, $"{NetworkName} names a docker network, which does not exist on Kubernetes.", "Take the docker network out; services are reached by their alias or at localhost.");
            else if (!named && (HostName.In(word.Text).Any(host => host.Host == "build") || word.Text is "build" && IsHost(job, word)))
                yield return Found(job, Usual, word.Line, "The host name build leads to the job's own container on docker only.", "Use localhost: all containers of the job share one network.");
            else if (!named && word.Text.StartsWith("build:", StringComparison.Ordinal) && word.Text.Length > 6 && word.Text.AsSpan(6).IndexOfAnyExceptInRange('0', '9') < 0)
                yield return Found(job, Usual, word.Line, "The host name build leads to the job's own container on docker only.", "Use localhost: all containers of the job share one network.");
        }
    }

    private static bool IsHost(JobView job, JobWord word) => job.Variables.All.Any(variable => variable.Line == word.Line && variable.Value == "build" && variable.Name.EndsWith("HOST", StringComparison.Ordinal));
}

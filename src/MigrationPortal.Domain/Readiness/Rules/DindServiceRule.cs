namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DindServiceRule : ReadinessRule
{
    public override string Id => "R01";

    public override string Title => "docker in docker";

    public override string Why => "A docker daemon beside the job needs a privileged container, which runners on Kubernetes seldom give.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "Cannot connect to the Docker daemon at tcp://docker:2375";

    public override string Link => "https://docs.gitlab.com/ci/docker/using_docker_build/";

    public override RuleSigns Signs { get; } = new() { Services = true, Images = image => image.Says("dind") };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var service in job.Services.Where(service => service.IsDind && !profile.PrivilegedServices))
        {
            yield return Found(job, Usual, service.Line, $"The service {service.Image.Written} starts a docker daemon, which needs a privileged container; the runner gives none.",
                "Build without a daemon, for instance:\n  image: quay.io/buildah/stable\n  script:\n    - buildah build --isolation chroot -t \"$CI_REGISTRY_IMAGE:$CI_COMMIT_SHORT_SHA\" .\n    - buildah push \"$CI_REGISTRY_IMAGE:$CI_COMMIT_SHORT_SHA\"\nOr ask for a runner with privileged services, and keep the job on docker meanwhile.");
        }

        if (job.Dind is null && job.Image is { } image && image.Says("dind") && !profile.PrivilegedBuild)
            yield return Found(job, Usual, image.Line, $"The image {image.Written} is a docker daemon, which needs a privileged container; the runner gives none.", "Build without a daemon (buildah, BuildKit rootless), or ask for a privileged runner.");
    }
}

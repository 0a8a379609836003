namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DockerUserRule : ReadinessRule
{
    public override string Id => "R12";

    public override string Title => "docker: user";

    public override string Why => "Kubernetes reads kubernetes: user, and not docker: user.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "Permission denied";

    public override string Link => "https://docs.gitlab.com/ci/yaml/#imagekubernetes";

    public override RuleSigns Signs { get; } = new() { ImageOptions = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var image in job.WrittenImages.Where(image => image is { DockerUser: not null, KubernetesUser: null }))
        {
            var user = image.DockerUser!.Value;
            yield return Found(job, Usual, user.Line, $"docker: user: {user.Value} is not read on Kubernetes: the container runs as the image's own user.",
                $"image:\n  name: {image.Name}\n  docker:\n    user: {user.Value}\n  kubernetes:\n    user: \"{(user.Value.AsSpan().IndexOfAnyExceptInRange('0', ':') < 0 ? user.Value : "1000:1000")}\"    # the numbers of {user.Value} in this image");
        }
    }
}

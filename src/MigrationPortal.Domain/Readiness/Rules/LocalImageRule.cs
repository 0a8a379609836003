namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class LocalImageRule : ReadinessRule
{
    public override string Id => "R26";

    public override string Title => "image that only the old host has";

    public override string Why => "Images built on the docker host, or pulled with the host's login, cannot be pulled by a Kubernetes node.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "no basic auth credentials";

    public override string Link => "https://docs.gitlab.com/ci/docker/using_docker_images/#access-an-image-from-a-private-container-registry";

    public override RuleSigns Signs { get; } = new() { ImageOptions = true, Images = image => IsLocal(image) || NeedsLogin(image.Host) };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var login = job.Variables.Has("DOCKER_AUTH_CONFIG");
        foreach (var image in job.Images.Where(image => !image.IsOpen))
        {
            if (IsLocal(image))
                yield return Found(job, Usual, image.Line, $"{image.Written} is on no registry that a node could pull it from.", $"Push it to your project's registry, and use it from there:\n  image: $CI_REGISTRY_IMAGE/{image.Family}:{image.Tag ?? "latest"}");
            else if (!login && NeedsLogin(image.Host))
                yield return Found(job, Severity.Likely, image.Line, $"{image.Host} asks for a login, and the one on the docker host does not come along.", "Set the CI/CD variable DOCKER_AUTH_CONFIG, or ask your administrators for a pull secret for this registry.");
        }

        foreach (var image in job.WrittenImages.Where(image => image.PullPolicies is ["never"]))
            yield return Found(job, Usual, image.PullPolicyLine, $"pull_policy: never starts only what the node has already, and {image.Name} is not there.", "Take pull_policy out of the job.");
    }

    private static bool IsLocal(ImageName image)
    {
        if (image.Host is not null) return image.Host.Split(':')[0] is "localhost" or "127.0.0.1";
        if (image.Path.Length == 0) return false;
        var name = image.Path.StartsWith("library/", StringComparison.Ordinal) ? image.Path[8..] : image.Path;
        if (!name.Contains('/', StringComparison.Ordinal)) return !OfficialImages.Has(name);
        return name.StartsWith("local/", StringComparison.Ordinal) || name.EndsWith("-local", StringComparison.Ordinal);
    }

    /// <summary>Cloud registries that serve nobody without a login.</summary>
    private static bool NeedsLogin(string? host) => host is not null
        && ((host.Contains(".dkr.ecr.", StringComparison.Ordinal) && host.EndsWith(".amazonaws.com", StringComparison.Ordinal)) || host.EndsWith(".azurecr.io", StringComparison.Ordinal) || host.EndsWith("-docker.pkg.dev", StringComparison.Ordinal) || host is "eu.gcr.io" or "us.gcr.io" or "asia.gcr.io");
}

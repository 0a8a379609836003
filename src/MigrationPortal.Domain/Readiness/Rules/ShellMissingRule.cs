namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class ShellMissingRule : ReadinessRule
{
    /// <summary>Images without a shell, and the word in a tag that has one.</summary>
    private static readonly (string Name, string[] WithShell)[] Bare =
    [
        ("kaniko-project/executor", ["debug"]), ("kaniko-project/warmer", ["debug"]), ("kaniko/executor", ["debug"]), ("distroless", ["debug"]), ("hadolint/hadolint", ["debian", "alpine"]), ("koalaman/shellcheck", ["alpine"]),
        ("mvdan/shfmt", ["alpine"]), ("anchore/syft", ["debug"]), ("anchore/grype", ["debug"]), ("sigstore/cosign", ["dev"]), ("chainguard/", ["dev"]), ("kubernetes/kubectl", []), ("registry.k8s.io/kubectl", []),
        ("rancher/kubectl", []), ("projectsigstore/cosign", ["dev"]), ("traefik/whoami", []),
    ];

    public override string Id => "R38";

    public override string Title => "image without a shell";

    public override string Why => "Scripts run by sh and tee inside the job's image: an image without them cannot run a job.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "shell not found";

    public override RuleSigns Signs { get; } = new() { Images = HasNoShell };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Image is { } image && HasNoShell(image))
            yield return Found(job, Usual, image.Line, $"{image.Written} has no shell to run the script with.", $"image: {image.Written.Split('@')[0].Split(':')[0]}:debug    # or another tag that has a shell");
    }

    private static bool HasNoShell(ImageName image)
    {
        var full = image.Host is { } host ? $"{host}/{image.Path}" : image.Path;
        return image.Path is "scratch" or "hello-world" || Bare.Any(bare => Is(full, bare.Name) && !bare.WithShell.Any(word => image.Tag?.Contains(word, StringComparison.Ordinal) ?? false));
    }

    private static bool Is(string full, string name) =>
        name.EndsWith('/') ? full.Contains(name, StringComparison.Ordinal) : full.Contains($"/{name}/", StringComparison.Ordinal) || full == name || full.EndsWith($"/{name}", StringComparison.Ordinal) || (name == "distroless" && full.Contains("distroless", StringComparison.Ordinal));
}

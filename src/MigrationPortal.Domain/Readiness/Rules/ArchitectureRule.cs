namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class ArchitectureRule : ReadinessRule
{
    public override string Id => "R13";

    public override string Title => "another processor";

    public override string Why => "Kubernetes does not read docker: platform; a pod runs on the processor that its node has.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "exec format error";

    public override string Link => "https://docs.gitlab.com/ci/yaml/#imagedocker";

    public override RuleSigns Signs { get; } = new() { ImageOptions = true, Images = image => Foreign(image.Path) is not null };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var image in job.WrittenImages.Where(image => image.DockerPlatform is not null))
        {
            var platform = image.DockerPlatform!.Value;
            var wanted = platform.Value.Split('/') is [_, var name, ..] ? name : platform.Value;
            var has = profile.Architectures.Contains(wanted, StringComparer.Ordinal) && profile.Architectures.Count == 1;
            yield return Found(job, has ? Severity.Info : Usual, platform.Line,
                has ? $"docker: platform: {platform.Value} is not read on Kubernetes; the nodes have that processor anyway." : $"docker: platform: {platform.Value} is not read on Kubernetes, and the runner's nodes are {string.Join(" and ", profile.Architectures)}.",
                has ? "Nothing to do; take it out when the job has moved." : $"tags: [{wanted}]    # a runner for {wanted} nodes: ask your administrators for its tag");
        }

        foreach (var (image, line) in job.Services.Select(service => (service.Image, service.Line)).Append((job.Image!, job.Job.Image?.Line ?? 0)).Where(one => one.Item1 is not null))
        {
            if (Foreign(image.Path) is { } wanted && !profile.Architectures.Contains(wanted, StringComparer.Ordinal))
                yield return Found(job, Usual, line, $"The image {image.Written} is made for {wanted}, and the runner's nodes are {string.Join(" and ", profile.Architectures)}.", $"Use the image for {profile.Architectures[0]}, or a runner for {wanted} nodes.");
        }
    }

    /// <summary>Docker's own names for images of one processor.</summary>
    private static string? Foreign(string path) => path.Split('/')[0] switch
    {
        "arm64v8" => "arm64",
        "arm32v7" or "arm32v6" or "arm32v5" => "arm",
        "amd64" => "amd64",
        "i386" => "386",
        "ppc64le" => "ppc64le",
        "s390x" => "s390x",
        "riscv64" => "riscv64",
        _ => null,
    };
}

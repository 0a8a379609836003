namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class RootImageRule : ReadinessRule
{
    public override string Id => "R15";

    public override string Title => "image that runs as root";

    public override string Why => "Where pods must not run as root, an image whose user is root does not start.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "container has runAsNonRoot and image will run as root";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (!profile.RunAsNonRoot || profile.RunAsUser is not null || job.AsksForNonRoot) yield break;
        if (job.Image is not { } image || NonRootImages.Has(image)) yield break;
        yield return Found(job, Usual, image.Line, $"The runner starts no container as root, and nothing says that {image.Written} runs as another user.", $"image:\n  name: {image.Written}\n  kubernetes:\n    user: \"1000:1000\"");
    }
}

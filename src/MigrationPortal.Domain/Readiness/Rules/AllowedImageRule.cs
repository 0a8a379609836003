namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class AllowedImageRule : ReadinessRule
{
    public override string Id => "R25";

    public override string Title => "image that is not allowed";

    public override string Why => "The runner takes only images and services that its lists name.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "image is not present on list of allowed images";

    public override string Link => "https://docs.gitlab.com/runner/executors/kubernetes/#restrict-docker-images-and-services";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Image is { IsOpen: false } image && !Allows(profile.AllowedImages, image))
            yield return Found(job, Usual, image.Line, $"The runner does not allow the image {image.Written}.", $"Use an image that one of these allows: {string.Join(", ", profile.AllowedImages)}. Or ask your administrators to add it.");
        foreach (var service in job.Services.Where(service => !service.Image.IsOpen && !Allows(profile.AllowedServices, service.Image)))
            yield return Found(job, Usual, service.Line, $"The runner does not allow the service {service.Image.Written}.", $"Use a service that one of these allows: {string.Join(", ", profile.AllowedServices)}. Or ask your administrators to add it.");
    }

    private static bool Allows(IReadOnlyList<string> globs, ImageName image) => globs.Count == 0 || globs.Any(glob => Glob.Matches(glob, image.Written));
}

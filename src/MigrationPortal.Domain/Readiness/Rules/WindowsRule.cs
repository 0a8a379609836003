using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed partial class WindowsRule : ReadinessRule
{
    private static readonly string[] Images = ["windows", "servercore", "nanoserver", "dotnet/framework", "ltsc20"];

    public override string Id => "R30";

    public override string Title => "Windows";

    public override string Why => "Windows jobs stay on their Windows runners: services do not work there on Kubernetes.";

    public override Severity Usual => Severity.Blocks;

    public override string Link => "https://docs.gitlab.com/runner/executors/kubernetes/";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var tag = job.Job.Tags.FirstOrDefault(tag => Tag().IsMatch(tag));
        if (tag is not null) yield return At(job, job.Job.TagsLine, $"The tag {tag} asks for a Windows runner");
        else if (job.Image is { } image && Images.Any(image.Says)) yield return At(job, image.Line, $"{image.Written} is a Windows image");
    }

    private Finding At(JobView job, int line, string what) => Found(job, Usual, line, $"{what}, and the Kubernetes runners run Linux.", "Leave the job where it is: Windows runners stay.");

    [GeneratedRegex(@"(?:^|[^a-z])win(?:dows|32|64|2016|2019|2022|2025)?(?:$|[^a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}

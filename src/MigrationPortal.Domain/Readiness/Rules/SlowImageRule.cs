namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class SlowImageRule : ReadinessRule
{
    /// <summary>Enough for every usual image (kubernetes-executor.md 10).</summary>
    private const int Enough = 600;

    /// <summary>Words in names of images of some gigabytes.</summary>
    private static readonly string[] Large =
        ["cuda", "nvidia/", "android", "tensorflow", "pytorch", "jupyter", "rapids", "texlive", "texlive-full", "matlab", "unityci", "unreal", "flutter", "cypress/included", "playwright", "oneapi", "gitlab-ce", "gitlab-ee", "mssql/server", "oracle-", "xcode", "vivado", "quartus", "rocm/", "huggingface", "vllm", "anaconda", "geospatial", "ros", "yocto", "servercore", "database/express", "ibmcom/db2", "db2_community", "openfoam", "sagemath", "sonarqube", "emulator"];

    public override string Id => "R23";

    public override string Title => "large image";

    public override string Why => "A pod has three minutes to start, unless the runner gives more; pulling a large image takes longer.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "timed out waiting for pod to start (last phase: Pending)";

    public override RuleSigns Signs { get; } = new() { Images = IsLarge };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.PollTimeoutSeconds >= Enough) yield break;
        foreach (var image in job.Images.Where(IsLarge))
            yield return Found(job, Usual, image.Line, $"{image.Written} is large, and the runner waits {profile.PollTimeoutSeconds} seconds for a pod to start.", "Use a smaller image, or ask your administrators to raise poll_timeout to 600 or to keep the image on the nodes.");
    }

    private static bool IsLarge(ImageName image) => Large.Any(word => word == "ros" ? image.Family == "ros" : image.Says(word));
}

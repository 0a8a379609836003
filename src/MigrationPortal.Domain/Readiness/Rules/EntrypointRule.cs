using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class EntrypointRule : ReadinessRule
{
    /// <summary>Images whose entrypoint sets up the environment that scripts then need.</summary>
    private static readonly FrozenSet<string> SetUp = FrozenSet.ToFrozenSet(
        ["ros", "osrf/ros", "espressif/idf", "emscripten/emsdk", "mambaorg/micromamba", "intel/oneapi-basekit", "intel/oneapi-hpckit", "zephyrprojectrtos/ci", "rocm/dev-ubuntu-22.04", "nixos/nix-flakes"], StringComparer.Ordinal);

    public override string Id => "R11";

    public override string Title => "image entrypoint";

    public override string Why => "Kubernetes does not run the entrypoint of the job's image, nor the one in the CI file.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "command not found";

    public override string Link => "https://docs.gitlab.com/runner/executors/kubernetes/#job-execution";

    public override RuleSigns Signs { get; } = new() { ImageOptions = true, Images = image => SetUp.Contains(image.Path) };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Job.Image is not { } image) yield break;
        if (image.Entrypoint is { } entrypoint && !(entrypoint.Count == 0 || entrypoint is [""]))
        {
            yield return Found(job, Usual, image.EntrypointLine, $"The entrypoint [{string.Join(", ", entrypoint)}] is not used on Kubernetes: what it sets up is missing.",
                "Take the entrypoint out, and do what it did in before_script.");
        }
        else if (image.Entrypoint is null && job.Image is { } name && SetUp.Contains(name.Path) && !profile.HonorsEntrypoint)
        {
            yield return Found(job, Usual, image.Line, $"The entrypoint of {name.Written} sets up its tools, and Kubernetes does not run it.", "Do what it does in before_script, such as: source /opt/ros/$ROS_DISTRO/setup.bash");
        }
    }
}

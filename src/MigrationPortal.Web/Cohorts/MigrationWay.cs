using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What a maintainer can do in the current phase, in the words and lines of a CI file. What "back" means depends on the phase.</summary>
/// <param name="Changes">What comes next for everybody, in one sentence.</param>
/// <param name="Try">Lines that move the untagged jobs of a file to Kubernetes; null when they move by themselves.</param>
/// <param name="Back">Lines that lead back to docker; null when taking the first ones out is the way back, or when there is none.</param>
/// <param name="BackWords">The way back in words.</param>
public sealed record MigrationWay(string Changes, string? Try, string? Back, string BackWords)
{
    /// <summary>Without its opt-in a job runs on Kubernetes all the same: taking that out leads nowhere else.</summary>
    public bool IsUsual { get; init; }

    /// <summary>Whether a click may move or pin a project: as long as both sides are there (<see cref="Domain.Cohorts.MigrationFacts.CanInvite"/>).</summary>
    public bool CanChange { get; init; }

    public static MigrationWay Of(PhaseReached? reached, string optInTag, string? fallbackTag)
    {
        var tryIt = Lines(optInTag);
        var back = fallbackTag is null ? null : Lines(fallbackTag);
        if (reached is null or { Phase: Phase.Prepare })
            return new("Nothing changes yet. Kubernetes runners are being prepared.", null, null, "There is nothing to go back from.");
        if (reached.Evacuated)
            return new("Jobs run on docker for now: Kubernetes was taken out of service.", null, null, "There is nothing to go back from.");
        if (reached.Phase == Phase.OptIn)
            return new("Nothing moves by itself yet. You can try Kubernetes now.", tryIt, null, "Take the change out again, and your jobs run on docker as before.") { CanChange = true };
        if (reached.Phase == Phase.UntaggedTakeover)
            return new("Jobs without tags move to Kubernetes step by step.", tryIt, back, "Use these lines, and your jobs stay on docker.") { CanChange = true };
        if (reached.Phase == Phase.DockerFallback)
            return new("Jobs run on Kubernetes; docker is there for jobs that ask for it.", null, back, "Use these lines, and your jobs run on docker.") { IsUsual = true, CanChange = true };
        return new("Jobs run on Kubernetes. The docker runners have ended.", null, null, "docker is no longer there. If a job does not work, ask the people who run your GitLab for help.") { IsUsual = true };
    }

    private static string Lines(string tag) => $"default:\n  tags: [{tag}]";
}

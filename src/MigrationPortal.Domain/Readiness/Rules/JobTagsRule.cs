namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class JobTagsRule : ReadinessRule
{
    public override string Id => "R40";

    public override string Title => "tags that no Kubernetes runner has";

    public override string Why => "A job waits until a runner has all of its tags; without one it is dropped after an hour.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "stuck_or_timeout_failure";

    public override string Link => "https://docs.gitlab.com/ci/yaml/#tags";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.TagSets is not { } sets) yield break;
        var tags = job.Job.Tags.Select(job.Variables.ExpandOne).Where(tag => tag.Length > 0).ToList();
        // A variable that the file does not set may hold anything.
        if (tags.Any(tag => tag.Contains('$', StringComparison.Ordinal))) yield break;
        if (tags.Count == 0 ? profile.TakesUntagged : sets.Any(set => tags.All(tag => set.Contains(tag, StringComparer.Ordinal)))) yield break;
        yield return tags.Count == 0
            ? Found(job, Usual, job.Job.Line, "No Kubernetes runner takes jobs without tags yet.", "tags: [k8s-default]    # or wait until jobs without tags move by themselves")
            : Found(job, Usual, job.Job.TagsLine, $"No Kubernetes runner has all of the tags {string.Join(", ", tags)}.", "Replace the tags by one that Kubernetes runners have; your administrators know which.");
    }
}

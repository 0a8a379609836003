namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class PullPolicyRule : ReadinessRule
{
    public override string Id => "R24";

    public override string Title => "pull policy";

    public override string Why => "A job that asks for a pull policy fails where the runner does not allow that one.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "is not one of the allowed_pull_policies";

    public override string Link => "https://docs.gitlab.com/runner/executors/kubernetes/#restrict-docker-pull-policies";

    public override RuleSigns Signs { get; } = new() { ImageOptions = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var image in job.WrittenImages.Where(image => image.PullPolicies.Count > 0))
        {
            var refused = image.PullPolicies.Where(policy => !profile.AllowedPullPolicies.Contains(policy, StringComparer.Ordinal)).ToList();
            // GitLab Runner takes those of the list that it allows, and fails when none is left.
            if (refused.Count < image.PullPolicies.Count) continue;
            yield return Found(job, Usual, image.PullPolicyLine, $"The runner does not allow pull_policy: {string.Join(", ", refused)}{(profile.AllowedPullPolicies.Count == 0 ? "; it allows a job none" : $", only {string.Join(", ", profile.AllowedPullPolicies)}")}.",
                "Take pull_policy out of the job, or ask your administrators to add it to allowed_pull_policies.");
        }
    }
}

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class ConcurrentIdRule : ReadinessRule
{
    public override string Id => "R37";

    public override string Title => "CI_CONCURRENT_ID";

    public override string Why => "It counts jobs of one runner process: two jobs on two of them may have the same number.";

    public override Severity Usual => Severity.Info;

    public override string Link => "https://docs.gitlab.com/ci/variables/predefined_variables/";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var word in job.Words.Where(word => word.Text.Contains("CI_CONCURRENT_ID", StringComparison.Ordinal) || word.Text.Contains("CI_CONCURRENT_PROJECT_ID", StringComparison.Ordinal)))
            yield return Found(job, Usual, word.Line, "This number is unique within one runner process only: two jobs may have the same.", "Use $CI_JOB_ID, which no other job has.");
    }
}

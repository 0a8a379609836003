namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class CacheRule : ReadinessRule
{
    public override string Id => "R17";

    public override string Title => "cache without a place";

    public override string Why => "docker runners keep caches on their host; a pod keeps nothing unless the runner has a cache in an object store.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "No URL provided, cache will not be downloaded from shared cache server";

    public override string Link => "https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.HasCache || profile.HasMount("/cache")) yield break;
        foreach (var line in job.Job.Caches)
            yield return Found(job, Usual, line, "The runner has no shared cache: every job starts without one, slower, and fails where it relies on finding it.", "Let the job work without its cache. Files that another job needs belong into artifacts:, not into cache:.");
    }
}

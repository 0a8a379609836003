namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Judges what smoke jobs answered. Pure.</summary>
public static class SmokeReading
{
    /// <param name="jobs">Of the smoke pipeline, each name once, with the ends of their logs.</param>
    /// <returns>One result for each check that the configuration gives reason for.</returns>
    public static IReadOnlyList<CheckResult> Of(SmokeExpectations expected, IReadOnlyList<SmokeJobSeen> jobs)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var seen = jobs.GroupBy(job => job.Name).ToDictionary(group => group.Key, group => (Job: group.MinBy(job => job.Number)!, Answers: SmokeLine.Read(group.MinBy(job => job.Number)!.Log ?? "")), StringComparer.Ordinal);
        var results = new List<CheckResult>();
        foreach (var check in SmokeChecks.Of(expected))
        {
            if (check.Expected(expected) is not { } promise) continue;
            var (job, answers) = seen.GetValueOrDefault(SmokeJob.Prefix + check.Job);
            var judged = job is null ? SmokeJudgement.Unknown("GitLab made no such job", "Look at the pipeline in GitLab.")
                : answers.TryGetValue(check.Key, out var value) ? check.Judge(expected, value)
                : check.RefusedWith is { } words && job.State == SmokeJobState.Failed ? OfRefusal(job, words)
                : Without(job);
            results.Add(new CheckResult(check.Key, check.Title, judged.State, promise, judged.Seen, judged.Remedy, job?.Number, job?.Address));
        }

        return results;
    }

    /// <summary>The keys of all checks with their place in the order in which people read them.</summary>
    public static IReadOnlyDictionary<string, int> KeysOf(SmokeExpectations expected) =>
        SmokeChecks.Of(expected).Select((check, place) => (check.Key, place)).ToDictionary(one => one.Key, one => one.place, StringComparer.Ordinal);

    /// <summary>The jobs whose logs say something.</summary>
    public static IReadOnlySet<string> JobsOf(SmokeExpectations expected) => SmokeChecks.Of(expected).Select(check => SmokeJob.Prefix + check.Job).ToHashSet(StringComparer.Ordinal);

    private static SmokeJudgement OfRefusal(SmokeJobSeen job, string words) => job.Log?.Contains(words, StringComparison.OrdinalIgnoreCase) == true
        ? SmokeJudgement.Well("refused")
        : SmokeJudgement.Unknown(Failure(job), "The job failed before the runner judged it: look at its log.");

    // A job that could not run at all is what a configuration is tried for.
    private static SmokeJudgement Without(SmokeJobSeen job) => job.State switch
    {
        SmokeJobState.Waiting => SmokeJudgement.Unknown("no runner took the job", "See that the runner has this tag, is unpaused, may run jobs of the project, and had contact."),
        SmokeJobState.Running => SmokeJudgement.Unknown("the job had not ended", "Look at the job in GitLab, and try again."),
        SmokeJobState.Failed when job.Reason is "stuck_or_timeout_failure" or "stuck_pending_no_matching_runners" or "stuck_pending_with_matching_runners" => SmokeJudgement.Unknown("no runner took the job", "See that the runner has this tag, is unpaused, may run jobs of the project, and had contact."),
        SmokeJobState.Failed when job.Log is null => SmokeJudgement.Unknown($"{Failure(job)}; its log could not be read", "Look at the job in GitLab, and try again."),
        SmokeJobState.Failed => SmokeJudgement.Bad(Failure(job), "Look at the job's log: the pod did not come up, or the job ended before it answered."),
        SmokeJobState.Ended => SmokeJudgement.Unknown("the job was cancelled or skipped", "Try again."),
        _ => SmokeJudgement.Unknown("the job gave no answer", "Look at the job's log, and try again."),
    };

    private static string Failure(SmokeJobSeen job) => (job.Log is { } log ? SmokeLine.Error(log) : null) ?? $"it failed: {job.Reason ?? "GitLab does not say why"}";
}

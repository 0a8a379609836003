namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class ConcurrentIdRule : ReadinessRule
{
    public override string Id => "R37";

    public override string Title => "CI_CONCURRENT_ID";

    public override string Why => "It counts jobs of one runner process: two jobs on two of them may have the same number.";

    public override Severity Usual => Severity.Info;

    public override string Link => "https://docs.gitlab.com/ci/variables/predefined_variables/";

    public override RuleSigns Signs { get; } = new() { Words = ["CI_CONCURRENT"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var word in job.Words.Where(word => Names(word.Text, "CI_CONCURRENT_ID") || Names(word.Text, "CI_CONCURRENT_PROJECT_ID")))
            yield return Found(job, Usual, word.Line, "This number is unique within one runner process only: two jobs may have the same.", "Use $CI_JOB_ID, which no other job has.");
    }

    /// <summary>The whole name, and no part of a longer one.</summary>
    private static bool Names(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
            if ((at == 0 || !IsPart(text[at - 1])) && (at + name.Length == text.Length || !IsPart(text[at + name.Length]))) return true;
        return false;
    }

    private static bool IsPart(char sign) => char.IsAsciiLetterOrDigit(sign) || sign == '_';
}

namespace MigrationPortal.Domain.Readiness;

/// <summary>Why a job failed, as far as its log tells.</summary>
/// <param name="Class">One of <see cref="FailureClasses"/>.</param>
/// <param name="Rule">The readiness rule that warns of it beforehand, R01 to R45 (kubernetes-executor.md 5.2); null where there is none.</param>
/// <param name="Explanation">One sentence for the project's maintainer.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Blame">Unknown too where a known class can be of either making, such as a timeout.</param>
/// <param name="Excerpt">The decisive line and its neighbours, without secrets; empty when no line decided.</param>
public sealed record FailureVerdict(string Class, string? Rule, string Explanation, string Remedy, FailureBlame Blame, IReadOnlyList<string> Excerpt)
{
    public bool ExecutorRelated => FailureClasses.IsExecutorRelated(Class);
}

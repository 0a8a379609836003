namespace MigrationPortal.Domain.Readiness;

/// <summary>One thing that works on docker and not on Kubernetes (kubernetes-executor.md 5.2), seen in a job before it moves. Keeps nothing.</summary>
public abstract class ReadinessRule
{
    private const int Longest = 1200;

    private const string Executor = "https://docs.gitlab.com/runner/executors/kubernetes/";

    /// <summary>As in the facts sheet; stored, so never changed.</summary>
    public abstract string Id { get; }

    /// <summary>A few words.</summary>
    public abstract string Title { get; }

    /// <summary>What it is about, in a sentence for the rules page.</summary>
    public abstract string Why { get; }

    /// <summary>What it usually is; a profile may make it less or more.</summary>
    public abstract Severity Usual { get; }

    /// <summary>What a log shows when it bites; null when nothing does.</summary>
    public virtual string? SeenAs => null;

    /// <summary>Where it is documented.</summary>
    public virtual string Link => Executor;

    /// <summary>What a job must have before the rule is asked about it; null: the rule is asked about every job.</summary>
    public virtual RuleSigns? Signs => null;

    public abstract IEnumerable<Finding> Look(JobView job, RunnerProfile profile);

    private protected Finding Found(JobView job, Severity severity, int line, string message, string remedy) =>
        new(Id, severity, job.Name, line, Short(message), Short(remedy), Link);

    /// <summary>Words of the file stand in these texts, and may be as long as the file.</summary>
    private static string Short(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), " …");
}

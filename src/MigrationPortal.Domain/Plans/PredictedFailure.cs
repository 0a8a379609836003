using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>A job that runs on docker and is known to fail on Kubernetes: a finding blocks it that nobody acknowledged, and its project is not pinned.</summary>
/// <param name="Tags">As its CI file writes them; empty: untagged.</param>
/// <param name="Job">As its CI file names it: copies of a parallel job are one.</param>
/// <param name="Rules">That block it, in their order.</param>
/// <param name="JobsPerDay">First attempts on docker, over the time that plans look at.</param>
public sealed record PredictedFailure(ProjectId Project, TagSet Tags, string Job, IReadOnlyList<string> Rules, double JobsPerDay)
{
    /// <summary>Its people were asked where it shall run, and said something.</summary>
    public bool IsAnswered { get; init; }
}

/// <summary>What looks at CI files say about jobs that are still on docker.</summary>
/// <param name="Scanned">CI files that could be read; without any nothing is known.</param>
/// <param name="UnknownTags">Further blocked jobs whose tags a variable gives: which runners they ask for a file does not tell, so they are in no figure.</param>
/// <param name="UnknownPerDay">How many of them run a day.</param>
public sealed record Predictions(int Scanned, IReadOnlyList<PredictedFailure> Failures, int UnknownTags, double UnknownPerDay)
{
    public static readonly Predictions Nothing = new(0, [], 0, 0);
}

public interface IPredictedFailures
{
    /// <summary>Of scans and jobs as last stored. Asks GitLab for nothing.</summary>
    Task<Predictions> ReadAsync(InstanceId instance, CancellationToken cancel);
}

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Stored by name.</summary>
public enum CheckState
{
    Passed,
    Failed,

    /// <summary>The answer could not be had: nobody is to blame, and nothing is proven.</summary>
    NotKnown,
}

/// <summary>What one check found. Stored as JSON: names are promises.</summary>
/// <param name="Key">Stable, such as <c>uid</c>.</param>
/// <param name="Expected">What the configuration promises, in words.</param>
/// <param name="Remedy">Null where nothing is to be done.</param>
/// <param name="Job">GitLab's number of the job, or of the pipeline, that told; null: none has.</param>
/// <param name="Address">Of it in GitLab.</param>
public sealed record CheckResult(string Key, string Title, CheckState State, string Expected, string Seen, string? Remedy, long? Job, string? Address);

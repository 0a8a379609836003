using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>GitLab did not answer, or answered what only a broken proxy or a foreign server says. Worth another try later.</summary>
public sealed class GitLabUnavailableException : Exception
{
    public GitLabUnavailableException()
    {
    }

    public GitLabUnavailableException(string message) : base(message)
    {
    }

    public GitLabUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }

    public GitLabUnavailableException(InstanceId instance, string message, Exception? inner = null)
        : base($"GitLab '{instance}': {message}", inner) => Instance = instance;

    public InstanceId? Instance { get; }

    /// <summary>When GitLab itself named it.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

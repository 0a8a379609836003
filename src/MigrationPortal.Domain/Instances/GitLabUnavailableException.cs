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

    /// <summary>The HTTP status where GitLab did answer. 401 and 403: the token no longer opens this; asking again does not help.</summary>
    public int? Status { get; init; }

    /// <summary>When GitLab itself named it.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

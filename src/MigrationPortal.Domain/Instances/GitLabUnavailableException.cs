using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>GitLab did not answer, or answered what only a broken proxy or a foreign server says. Worth another try later.</summary>
public class GitLabUnavailableException : Exception
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

    /// <summary>When GitLab itself named it, or when the portal's own budget has flowed in again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>GitLab was not asked: the portal keeps to its own budget of requests. Work that can wait is put off.</summary>
    public virtual bool IsPutOff => false;
}

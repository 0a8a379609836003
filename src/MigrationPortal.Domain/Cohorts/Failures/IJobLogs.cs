using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>The ends of jobs' logs, at GitLab. What is read is never stored: only what <see cref="Readiness.FailureClassifier"/> makes of it.</summary>
public interface IJobLogs
{
    /// <summary>One request, never repeated by itself.</summary>
    /// <returns>Refuses with a <see cref="DeskCode"/>; <see cref="DeskCode.RateLimited"/> also where the portal's own request budget is spent.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab, or no longer accepts the portal's own token.</exception>
    Task<Outcome<JobLog>> ReadAsync(GitLabCaller caller, JobId job, ProjectId project, CancellationToken cancel);
}

/// <param name="Tail">At most the last <see cref="Longest"/> bytes, as GitLab gives them; empty unless <see cref="LogState.Read"/>.</param>
public sealed record JobLog(LogState State, string Tail)
{
    /// <summary>Bytes that are kept: four times what the classifier reads, for the section that its part begins in.</summary>
    public const int Longest = 256 * 1024;

    public static JobLog Without(LogState state) => new(state, "");
}

/// <summary>What there was to read. Stored by name.</summary>
public enum LogState
{
    Read,

    /// <summary>Erased, never written, or dropped for its age: GitLab tells no difference.</summary>
    Empty,

    /// <summary>GitLab shows no such job any more.</summary>
    Missing,

    /// <summary>Longer than the portal reads through to its end.</summary>
    TooLong,
}

using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// The one way to change a runner in GitLab. Implementations wait out 429 as asked and retry 5xx a few times; what is
/// still failing then is a <see cref="GitLabAnswer.Unavailable"/>, a 4xx is a <see cref="GitLabAnswer.Refused"/>.
/// </summary>
public interface IRunnerGateway
{
    /// <summary>How many calls may be under way at the same time, 1 or more.</summary>
    int Concurrency(InstanceId instance);

    /// <summary>Runners of one instance in as few calls as possible.</summary>
    /// <returns>In the order asked for.</returns>
    Task<IReadOnlyList<GitLabAnswer>> ReadAsync(IReadOnlyList<RunnerId> runners, CancellationToken cancel);

    /// <summary>One PUT with tags, untagged and paused together, and the maintenance note when given; an empty one takes it away.</summary>
    Task<GitLabAnswer> WriteAsync(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel);

    Task<GitLabAnswer> DeleteAsync(RunnerId runner, CancellationToken cancel);

    /// <summary>How many jobs it is running now, as GitLab itself says; at most 100 are counted.</summary>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab.</exception>
    Task<long> RunningJobsAsync(RunnerId runner, CancellationToken cancel);
}

public abstract record GitLabAnswer
{
    private GitLabAnswer()
    {
    }

    /// <param name="MaintenanceNote">Null when there is none.</param>
    public sealed record Runner(RunnerAttributes Attributes, string? MaintenanceNote = null) : GitLabAnswer;

    public sealed record Gone : GitLabAnswer;

    /// <summary>A 4xx: asking again cannot help. <paramref name="Message"/> is GitLab's own.</summary>
    public sealed record Refused(int Status, string Message) : GitLabAnswer;

    /// <summary>No answer, 5xx, not GitLab, or a token that is not accepted: asking again later can help.</summary>
    public sealed record Unavailable(string Message, TimeSpan? RetryAfter) : GitLabAnswer;
}

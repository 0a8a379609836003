using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>An event as it was proven and read.</summary>
internal abstract record JobEvent
{
    private JobEvent()
    {
    }

    public sealed record Observed(JobObservation Job) : JobEvent;

    /// <summary>Genuine, and about something else than a job.</summary>
    public sealed record Ignored : JobEvent;

    public sealed record NotProven(string Why) : JobEvent;

    public sealed record Unreadable(string Why) : JobEvent;
}

using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Reads the job events that GitLab sends: a faster way to the same record, never the only one.</summary>
public interface IJobEventReader
{
    /// <param name="headers">Of the request, names without regard to case.</param>
    /// <param name="body">The raw body, because the signature covers its bytes.</param>
    JobEvent Read(IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body);
}

public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>To be recorded for this instance.</summary>
    public sealed record Observed(InstanceId Instance, JobObservation Job) : JobEvent;

    /// <summary>Genuine, and about something else than a job: answer success and do nothing.</summary>
    public sealed record Ignored : JobEvent;

    /// <summary>Neither token nor signature proves that a configured instance sent it. Answer 401.</summary>
    public sealed record NotProven(string Why) : JobEvent;

    /// <summary>Genuine, but not readable. Answer 400.</summary>
    public sealed record Unreadable(string Why) : JobEvent;
}

using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>In whose name GitLab is asked: it shows each only what they may see. What changes a project takes a <see cref="PersonToken"/> instead.</summary>
public abstract record GitLabCaller
{
    private GitLabCaller()
    {
    }

    /// <summary>Booked on <see cref="RequestPurpose.Moves"/> in the lane of operations, where it leaves half of the bucket to them.</summary>
    public sealed record Person(PersonToken Token) : GitLabCaller;

    /// <summary>
    /// The instance's own read token on monitoring's budget. A call may end in a fault that says that the budget is spent:
    /// a sweep then goes on next time.
    /// </summary>
    public sealed record Portal(RequestPurpose Purpose) : GitLabCaller;

    public static implicit operator GitLabCaller(PersonToken token) => new Person(token);
}

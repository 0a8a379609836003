using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Creates instance runners in GitLab. Asked once and never repeated by itself: a second try would make a second runner.</summary>
public interface IRunnerRegistrar
{
    Task<RegistrarAnswer> CreateAsync(InstanceId instance, string description, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel);

    /// <summary>Gives the runner another authentication token; the one before no longer counts. May be asked again and again.</summary>
    /// <returns>Refused with 404 when there is no such runner.</returns>
    Task<RegistrarAnswer> ResetTokenAsync(RunnerId runner, CancellationToken cancel);
}

public abstract record RegistrarAnswer
{
    private RegistrarAnswer()
    {
    }

    /// <param name="Token">The authentication token of the runner: in this answer and nowhere else.</param>
    public sealed record Created(RunnerId Runner, string Token) : RegistrarAnswer
    {
        // Records print their members, and this one must never reach a log.
        public override string ToString() => $"Created {Runner}";
    }

    /// <summary>A 4xx. <paramref name="Message"/> is GitLab's own.</summary>
    public sealed record Refused(int Status, string Message) : RegistrarAnswer;

    /// <summary>No answer: whether the runner was made is not known, the next fleet sweep shows it.</summary>
    public sealed record Unknown(string Message) : RegistrarAnswer;
}

using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Offers;

/// <summary>The last time a project's people were offered the remedy or a pin, because jobs of theirs will fail on Kubernetes.</summary>
/// <param name="People">Who was asked.</param>
/// <param name="At">The instance's time.</param>
/// <param name="Times">How often they were asked, this one included.</param>
public sealed record Offer(ProjectId Project, IReadOnlyList<UserId> People, DateTimeOffset At, Actor By, int Times);

/// <summary>A project with jobs that are predicted to fail, whose people have neither pinned, acknowledged nor answered.</summary>
/// <param name="JobsPerDay">That will fail; over the time that plans look at.</param>
/// <param name="Jobs">As its CI file names them.</param>
/// <param name="Last">Null: nobody was asked yet.</param>
public sealed record UnansweredProject(ProjectId Project, string Path, double JobsPerDay, IReadOnlyList<string> Jobs, IReadOnlyList<string> Rules, Offer? Last);

public interface IOfferStore
{
    /// <summary>The last of each project.</summary>
    Task<IReadOnlyDictionary<ProjectId, Offer>> LastAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Within the caller's transaction. Counts the times itself.</summary>
    /// <returns>False when the project was asked after <paramref name="notSince"/>: somebody else was first.</returns>
    Task<bool> AddAsync(Offer offer, DateTimeOffset notSince, CancellationToken cancel);
}

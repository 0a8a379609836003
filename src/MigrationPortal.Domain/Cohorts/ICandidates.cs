using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Every project of an instance with what decides whether a cohort may take it.</summary>
public interface ICandidates
{
    /// <summary>In no order. Those that have an active enrollment are <see cref="Exclusions.Enrolled"/>, members of the asking cohort as well.</summary>
    Task<IReadOnlyList<Candidate>> ReadAsync(InstanceId instance, CancellationToken cancel);
}

/// <summary>Who is asked for a project.</summary>
public interface IProjectMembers
{
    /// <summary>Numbers of the people by project, blocked ones left out; a project without any is missing, or has none.</summary>
    Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel);
}

/// <summary>Invitations on their way.</summary>
public interface IInvitations
{
    /// <summary>Within the caller's transaction. One a person and wave: who has one already gets no second.</summary>
    /// <returns>How many were new.</returns>
    Task<int> AddAsync(IReadOnlyCollection<Invitation> invitations, CancellationToken cancel);

    Task<IReadOnlyList<Invitation>> OfWaveAsync(long wave, CancellationToken cancel);
}

/// <summary>One mail to one person for all of their projects in a wave.</summary>
/// <param name="At">The instance's time.</param>
public sealed record Invitation(long Wave, UserId Person, IReadOnlyList<ProjectId> Projects, DateTimeOffset At);

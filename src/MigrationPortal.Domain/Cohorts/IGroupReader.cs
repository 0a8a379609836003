using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>People and groups around projects. Refusals carry a <see cref="DeskCode"/>.</summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer.</exception>
public interface IGroupReader
{
    /// <summary>Maintainers and owners of a project, inherited ones too: who can be asked. At most 1,000.</summary>
    Task<Outcome<IReadOnlyList<ProjectMaintainer>>> MaintainersAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel);

    /// <summary>Groups that the person owns, those below owned ones too. At most 1,000.</summary>
    Task<Outcome<IReadOnlyList<OwnedGroup>>> OwnedAsync(PersonToken person, InstanceId instance, CancellationToken cancel);

    /// <summary>Projects of a group and of the groups below it, archived and shared ones left out. At most 5,000.</summary>
    Task<Outcome<IReadOnlyList<ProjectSettings>>> ProjectsAsync(GitLabCaller caller, GroupId group, CancellationToken cancel);
}

/// <param name="IsOwner">Else maintainer.</param>
/// <param name="Active">False for those who are blocked or have not taken up their membership: asking them is in vain.</param>
public sealed record ProjectMaintainer(UserId Id, string Username, string Name, bool IsOwner, bool Active);

public sealed record OwnedGroup(GroupId Id, string FullPath, string WebUrl);

using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>What GitLab says about a person, asked with that person's own OAuth token.</summary>
public interface IGitLabIdentity
{
    /// <summary><c>GET /user</c>. No claim says administrator: <c>is_admin</c> is present for administrators only.</summary>
    /// <returns>Null when GitLab no longer accepts the token.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab.</exception>
    Task<GitLabPerson?> WhoAsync(InstanceId instance, string accessToken, CancellationToken cancel);

    /// <summary>Projects where the person is at least maintainer (<c>GET /projects?membership=true&amp;min_access_level=40</c>), all pages.</summary>
    /// <returns>Null when GitLab no longer accepts the token.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab.</exception>
    Task<IReadOnlyList<OwnProject>?> MaintainedProjectsAsync(InstanceId instance, string accessToken, CancellationToken cancel);

    /// <summary>Whether this person is an administrator now, asked with the portal's read token (<c>GET /users/:id</c>).</summary>
    /// <returns>False also for whoever is blocked or gone; null when GitLab does not tell the token's owner.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab.</exception>
    Task<bool?> IsAdministratorAsync(UserId user, CancellationToken cancel);

    /// <summary>Where a person is reached by e-mail, as GitLab tells the instance's read token; never stored.</summary>
    /// <returns>Null for who is blocked, not there, or whose address it does not tell.</returns>
    Task<string?> AddressAsync(UserId user, CancellationToken cancel);

    /// <summary>A new access token for a refresh token, which is single use.</summary>
    /// <returns>Null when GitLab no longer accepts the refresh token: the person signs in again.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab.</exception>
    Task<RefreshedToken?> RefreshAsync(InstanceId instance, string refreshToken, string clientId, string? clientSecret, CancellationToken cancel);

    /// <summary>Ends an access token at GitLab, which nobody can use from then on; one that ended already is no fault.</summary>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab.</exception>
    Task RevokeAsync(InstanceId instance, string accessToken, string clientId, string? clientSecret, CancellationToken cancel);
}

public sealed record GitLabPerson(long Number, string Username, string? Name, bool IsAdmin, bool Blocked)
{
    /// <summary>What is remembered of them; whoever is blocked is no administrator, however GitLab flags them.</summary>
    public PortalUser Seen(InstanceId instance, DateTimeOffset at) => new(new UserId(instance, Number), Username, Name ?? Username, IsAdmin && !Blocked, at);
}

/// <param name="FullPath">Such as <c>group/project</c>.</param>
public sealed record OwnProject(ProjectId Id, string FullPath, string WebUrl, string? DefaultBranch, bool Archived);

public sealed record RefreshedToken(string AccessToken, string RefreshToken, TimeSpan ExpiresIn);

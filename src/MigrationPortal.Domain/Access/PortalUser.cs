using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>A person who signed in. The one place that holds names: everything else holds the id, so a person can be erased.</summary>
/// <param name="IsAdmin">As GitLab's <c>GET /user</c> said at <paramref name="SeenAt"/> (gitlab-api.md 6).</param>
public sealed record PortalUser(UserId Id, string Username, string? Name, bool IsAdmin, DateTimeOffset SeenAt);

public interface IUserStore
{
    /// <summary>Adds or replaces.</summary>
    Task SaveAsync(PortalUser user, CancellationToken cancel);

    Task<PortalUser?> FindAsync(UserId id, CancellationToken cancel);
}

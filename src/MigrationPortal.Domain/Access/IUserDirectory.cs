using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>The one erasable table of names: facts and audit hold ids only.</summary>
public interface IUserDirectory
{
    /// <summary>Writes what GitLab said at sign-in.</summary>
    Task SeenAsync(PortalUser user, CancellationToken cancel);

    Task<PortalUser?> FindAsync(UserId id, CancellationToken cancel);

    /// <summary>Names of those that are known; erased and unknown users are left out.</summary>
    Task<IReadOnlyDictionary<UserId, PortalUser>> FindAsync(IReadOnlyCollection<UserId> ids, CancellationToken cancel);

    /// <summary>Administrators who have signed in, by name.</summary>
    Task<IReadOnlyList<PortalUser>> AdminsAsync(InstanceId instance, CancellationToken cancel);

    /// <returns>False when nothing was stored.</returns>
    Task<bool> EraseAsync(UserId id, CancellationToken cancel);
}

/// <param name="IsAdmin">As GitLab's <c>GET /user</c> said at sign-in.</param>
public sealed record PortalUser(UserId Id, string Username, string Name, bool IsAdmin, DateTimeOffset SignedInAt);

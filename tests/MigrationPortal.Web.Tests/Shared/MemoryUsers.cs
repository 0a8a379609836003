using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Shared;

/// <summary>Who has signed in; all of them are administrators.</summary>
internal sealed class MemoryUsers(IReadOnlyList<PortalUser> users) : IUserDirectory
{
    public Task SeenAsync(PortalUser user, CancellationToken cancel) => throw new NotSupportedException();

    public Task<PortalUser?> FindAsync(UserId id, CancellationToken cancel) => Task.FromResult(users.FirstOrDefault(one => one.Id == id));

    public Task<IReadOnlyDictionary<UserId, PortalUser>> FindAsync(IReadOnlyCollection<UserId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<UserId, PortalUser>>(users.Where(one => ids.Contains(one.Id)).ToDictionary(one => one.Id));

    public Task<IReadOnlyList<PortalUser>> AdminsAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(users);

    public Task<bool> EraseAsync(UserId id, CancellationToken cancel) => throw new NotSupportedException();
}

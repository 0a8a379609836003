using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Access;

internal sealed class UserDirectory(Database database) : IUserDirectory
{
    private const int MostListed = 200;

    public Task SeenAsync(PortalUser user, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO users (instance, number, username, name, is_admin, signed_in_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (instance, number) DO UPDATE
        SET username = excluded.username, name = excluded.name, is_admin = excluded.is_admin, signed_in_at = excluded.signed_in_at
        """,
        values =>
        {
            values.AddWithValue(user.Id.Instance.Name);
            values.AddWithValue(user.Id.Number);
            values.AddWithValue(user.Username);
            values.AddWithValue(user.Name);
            values.AddWithValue(user.IsAdmin);
            values.AddWithValue(user.SignedInAt.ToUniversalTime());
        },
        cancel);

    public Task<PortalUser?> FindAsync(UserId id, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Users.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Instance == id.Instance && row.Number == id.Number, cancel) is { } row ? Read(row) : null,
        cancel);

    public async Task<IReadOnlyDictionary<UserId, PortalUser>> FindAsync(IReadOnlyCollection<UserId> ids, CancellationToken cancel)
    {
        var found = new Dictionary<UserId, PortalUser>();
        foreach (var perInstance in ids.GroupBy(id => id.Instance, id => id.Number))
        {
            var numbers = perInstance.ToArray();
            var rows = await database.WithContextAsync(
                context => context.Users.AsNoTracking().Where(row => row.Instance == perInstance.Key && numbers.Contains(row.Number)).ToListAsync(cancel),
                cancel);
            foreach (var user in rows.Select(Read)) found[user.Id] = user;
        }

        return found;
    }

    public async Task<IReadOnlyList<PortalUser>> AdminsAsync(InstanceId instance, CancellationToken cancel) =>
        [.. (await database.WithContextAsync(
            context => context.Users.AsNoTracking().Where(row => row.Instance == instance && row.IsAdmin).OrderBy(row => row.Name).ThenBy(row => row.Number).Take(MostListed).ToListAsync(cancel), cancel)).Select(Read)];

    public Task<bool> EraseAsync(UserId id, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Users.Where(row => row.Instance == id.Instance && row.Number == id.Number).ExecuteDeleteAsync(cancel) > 0,
        cancel);

    private static PortalUser Read(UserRow row) => new(new UserId(row.Instance, row.Number), row.Username, row.Name, row.IsAdmin, row.SignedInAt);
}

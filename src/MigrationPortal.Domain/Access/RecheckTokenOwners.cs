using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>
/// An administrator's API tokens end with their rights, also when they never open the portal again: GitLab is asked
/// about each owner, and whoever lost them or was blocked or deleted is no administrator here any more.
/// </summary>
public sealed class RecheckTokenOwners(ITokenStore tokens, IUserDirectory users, IGitLabIdentity identity, TimeProvider time)
{
    /// <returns>How many owners lost the rights.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer; those asked before are written.</exception>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var owners = (await tokens.OwnersAsync(time.GetUtcNow(), cancel)).Select(owner => owner.User).OfType<UserId>().Where(user => user.Instance == instance).ToList();
        var lost = 0;
        foreach (var user in (await users.FindAsync(owners, cancel)).Values.Where(user => user.IsAdmin))
        {
            if (await identity.IsAdministratorAsync(user.Id, cancel) != false) continue;
            await users.SeenAsync(user with { IsAdmin = false }, cancel);
            lost++;
        }
        return lost;
    }
}

using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>
/// One writer of a session's tokens at a time, over all replicas: a refresh token works once, and of two who write the ticket
/// back one would lose what the other brought.
/// </summary>
internal sealed class SessionTurns(ILeaseStore leases, TimeProvider time)
{
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private const int Tries = 20;
    private readonly string _holder = Guid.NewGuid().ToString("N");

    /// <param name="meanwhile">Asked while another one has the turn: what they brought may be what is wanted. Null: wait on.</param>
    /// <exception cref="GitLabUnavailableException">The turn did not come in time.</exception>
    public async Task<T> TakeAsync<T>(string session, InstanceId instance, Func<Task<T>> act, Func<Task<(bool Enough, T Result)>>? meanwhile, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await leases.TryAcquireAsync($"session:{session}", $"{_holder}:{Guid.NewGuid():N}", time.GetUtcNow(), LeaseLength, cancel) is { } lease)
            {
                try
                {
                    return await act();
                }
                finally
                {
                    await leases.ReleaseAsync(lease, CancellationToken.None);
                }
            }

            await Task.Delay(Pause, time, cancel);
            if (meanwhile is not null && await meanwhile() is (true, var result)) return result;
        }

        throw new GitLabUnavailableException(instance, "the refresh of a user's token did not end in time");
    }
}

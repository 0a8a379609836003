using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// A lease that is renewed while work goes on. When it is lost <see cref="Lost"/> fires at once: somebody else may be
/// working already, so whoever held it must write nothing more.
/// </summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private readonly ILeaseStore _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _beat;
    private readonly Action<Lease> _stranded;
    private Lease _lease;

    private HeldLease(ILeaseStore store, TimeProvider time, TimeSpan length, Lease lease, Action<Lease> stranded, CancellationToken cancel)
    {
        (_store, _time, _length, _lease, _stranded) = (store, time, length, lease, stranded);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _beat = BeatAsync();
    }

    public CancellationToken Lost => _lost.Token;

    /// <param name="stranded">Given the lease when it could not be given back: it would keep even its holder out until it runs out.</param>
    /// <returns>Null while somebody else holds it.</returns>
    public static async Task<HeldLease?> TryAsync(ILeaseStore store, TimeProvider time, string name, string holder, TimeSpan length, Action<Lease> stranded, CancellationToken cancel) =>
        await store.TryAcquireAsync(name, holder, time.GetUtcNow(), length, cancel) is { } lease ? new HeldLease(store, time, length, lease, stranded, cancel) : null;

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _beat;
        try
        {
            await _store.ReleaseAsync(_lease, CancellationToken.None);
        }
#pragma warning disable CA1031 // A lease that cannot be given back runs out by itself; the work's own outcome matters more.
        catch (Exception)
#pragma warning restore CA1031
        {
            _stranded(_lease);
        }
        _lost.Dispose();
        _done.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(_length / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_done.Token))
            {
                if (await RenewAsync() is { } renewed) _lease = renewed;
                else if (_time.GetUtcNow() >= _lease.ExpiresAt - _length / 6 || _refused)
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
    }

    private bool _refused;

    private async Task<Lease?> RenewAsync()
    {
        try
        {
            var renewed = await _store.RenewAsync(_lease, _time.GetUtcNow(), _length, _done.Token);
            _refused = renewed is null;
            return renewed;
        }
#pragma warning disable CA1031 // A database that is away may be back before the lease runs out.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}

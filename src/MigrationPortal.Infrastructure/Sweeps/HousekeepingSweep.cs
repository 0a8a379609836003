using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Throws away what has run out: sessions, old idempotency keys, request counts and notices. Once for the whole portal, so on the production instance.</summary>
internal sealed class HousekeepingSweep(ISessionStore sessions, IIdempotencyStore keys, IBudgetStore budget, INoticeStore notices, InstanceDirectory instances, TimeProvider time) : ISweep
{
    // A caller that has not tried again for a week has given up; pages look back minutes.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    // Who was told what in the quarter before: the trail itself keeps what was done for good.
    private static readonly TimeSpan NoticesKept = TimeSpan.FromDays(90);

    public string Name => "housekeeping";

    // Real time, whatever the instance's clock does.
    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (ended, old, counts) = (await sessions.RemoveExpiredAsync(now, cancel), await keys.RemoveAsync(now - Kept, cancel), await budget.RemoveSpendingAsync(now - Kept, cancel));
        var told = await notices.RemoveAsync(now - NoticesKept, cancel);
        return new SweepReport($"{ended} expired sessions, {old} old idempotency keys, {counts} old request counts and {told} old notices removed");
    }
}

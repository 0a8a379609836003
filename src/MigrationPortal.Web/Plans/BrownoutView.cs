using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>The brownout of an operation, with the jobs that could not start because of it.</summary>
/// <param name="Until">The instance's time at which the tag comes back by itself.</param>
/// <param name="ReturnedAt">When every runner had it again; null as long as one may lack it.</param>
/// <param name="JobsWaited">Queued before its end and not started in it.</param>
/// <param name="JobsDropped">Of these, dropped by GitLab for want of a runner.</param>
public sealed record BrownoutView(
    string Tag, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? ReturnedAt, long JobsWaited, long JobsWaiting, long JobsDropped, double WaitedSecondsMean, double WaitedSecondsMax)
{
    internal static Brownout? Of(Operation operation) => operation.Brownout is { } window
        ? new Brownout(operation.Id, operation.Instance, window.Tag, operation.StartedAt, window.Until, window.ReturnedAt) : null;

    internal static async Task<BrownoutView?> ReadAsync(Operation operation, IBrownoutReader reader, IWorldClock clock, CancellationToken cancel)
    {
        if (Of(operation) is not { } brownout) return null;
        var waits = await reader.WaitsAsync(brownout, clock.Now(operation.Instance), cancel);
        return new BrownoutView(
            brownout.Tag, brownout.From, brownout.Until, brownout.ReturnedAt, waits.Waited, waits.Waiting, waits.Dropped, waits.Mean.TotalSeconds, waits.Longest.TotalSeconds);
    }
}

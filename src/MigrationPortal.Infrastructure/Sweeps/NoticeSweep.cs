using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Empties the outbox: woken by each notice, otherwise in case a wake-up was lost. Once for the whole portal, so on the production instance.</summary>
internal sealed class NoticeSweep(DeliverNotices deliver, DeliverPersonMails mails, InstanceDirectory instances, TimeProvider time) : ISweep
{
    public const string SweepName = "notices";

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    public string Name => SweepName;

    // Real time: receivers and their patience are.
    public SweepPace Pace { get; } = SweepPace.Every(Usual, TimeSpan.FromSeconds(1), Usual);

    public bool NeedsReadToken => false;

    public bool NeedsClock => false;

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var report = await deliver.RunAsync(cancel);
        TimeSpan? again = report.NextAt is { } next && next - time.GetUtcNow() is var pause && pause < Usual ? pause : null;
        var people = await mails.RunAsync(cancel);
        return new SweepReport($"{report.Delivered + people.Delivered} messages delivered, {report.Failed + people.Failed} to be tried again, {report.GivenUp + people.GivenUp} given up.", again);
    }
}

using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Ends the wait of projects on the waitlist, and sends the waves whose time or gates have come.</summary>
internal sealed class CohortSweep(EndWaitlist waitlist, SendDueWaves waves, InstanceDirectory instances) : ISweep
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    public string Name => "cohorts";

    public SweepPace Pace { get; } = SweepPace.Every(Usual, TimeSpan.FromSeconds(10), Usual);

    // The wait ends whether GitLab answers or not.
    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var ended = await waitlist.RunAsync(instance, cancel);
        var due = await waves.RunAsync(instance, cancel);
        var refused = due.OfType<Outcome<WaveSent>.Refused>().SelectMany(one => one.Refusal.Reasons).ToList();
        return new SweepReport($"{ended} projects need not wait any more; {due.Count - refused.Count} waves sent.{(refused.Count == 0 ? "" : $" Not sent: {string.Join(" ", refused)}")}");
    }
}

using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Mails to those whose time on docker ends. Apart from the pins themselves: it asks GitLab who they are, and that may fail.</summary>
internal sealed class PinMailSweep(MailPinEnds ends, InstanceDirectory instances) : ISweep
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(30);

    public string Name => "pin-mails";

    public SweepPace Pace { get; } = SweepPace.Every(Usual, TimeSpan.FromSeconds(10), Usual);

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var sent = await ends.RunAsync(instance, cancel);
        return new SweepReport(sent == 0 ? "No pin's end is to be told now." : $"{sent} {(sent == 1 ? "person is" : "people are")} told that their time on docker ends.");
    }
}

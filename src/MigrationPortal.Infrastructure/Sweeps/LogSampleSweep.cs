using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Draws the random sample of failed jobs, and reads its logs while nobody else wants the request budget.</summary>
internal sealed class LogSampleSweep(SampleLogs sample, GitLabOptions options, InstanceDirectory directory, IPortalEvents events, TimeProvider time) : ISweep
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public string Name => "log-sample";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));

    // Only production's jobs are compared.
    public bool Concerns(InstanceId instance) => directory.Find(instance) is { Kind: InstanceKind.Production };

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var each = options.Instances.Single(one => one.Id == instance).LogSampleADay;
        if (each == 0) return new SweepReport("No logs are sampled: LogSampleADay is 0.");
        var began = time.GetTimestamp();
        var ran = await sample.RunAsync(instance, each, () => time.GetElapsedTime(began) < Longest, cancel);
        if (ran.Read > 0) await events.PublishAsync(new PortalEvent(PortalTopic.Readiness, instance, null), CancellationToken.None);
        if (ran.Wait is { } wait) return new SweepReport($"{ran.Read} logs read; waits for the request budget.", wait, PutOff: true);
        return ran is { Read: 0, Left: 0 } ? new SweepReport("Every drawn log is read.") : new SweepReport($"{ran.Read} logs read.", Pace.NotBefore);
    }
}

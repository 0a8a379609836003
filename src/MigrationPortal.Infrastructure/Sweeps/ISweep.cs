using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Recurring background work on one instance: safe to run again at any time, by any replica.</summary>
internal interface ISweep
{
    string Name { get; }

    SweepPace Pace { get; }

    /// <summary>False for sweeps that still make sense while the read token is not accepted.</summary>
    bool NeedsReadToken => true;

    /// <summary>False for the one that must find out what is wrong when nothing answers, the clock included.</summary>
    bool NeedsClock => true;

    /// <summary>Whether the sweep has anything to do on such an instance.</summary>
    bool Concerns(InstanceId instance) => true;

    Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel);
}

/// <summary>How often a sweep runs. World time rules, within real bounds: the demo's clock runs fast, a test's stands still.</summary>
/// <param name="World">Every so much of the instance's time.</param>
/// <param name="NotBefore">Real time between two starts at least.</param>
/// <param name="NotAfter">Real time between two starts at most.</param>
/// <param name="Lease">Real time after which another replica may take over from one that died.</param>
internal sealed record SweepPace(TimeSpan World, TimeSpan NotBefore, TimeSpan NotAfter, TimeSpan Lease)
{
    public static SweepPace Every(TimeSpan world, TimeSpan notBefore, TimeSpan notAfter) => new(world, notBefore, notAfter, TimeSpan.FromSeconds(60));

    /// <summary>Real time until the next run at a speed of the instance's clock.</summary>
    public TimeSpan Until(double speed) =>
        speed <= 0 ? NotAfter : TimeSpan.FromTicks(Math.Clamp((long)(World.Ticks / speed), NotBefore.Ticks, NotAfter.Ticks));
}

/// <param name="Said">One sentence for people.</param>
/// <param name="Again">Real time from its end until it wants to run again, when that is not its pace; never sooner than its pace allows.</param>
/// <param name="PutOff">Work was left for want of budget.</param>
internal sealed record SweepReport(string Said, TimeSpan? Again = null, bool PutOff = false);

using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>Brownouts and the jobs that waited for them, in sentences.</summary>
public static class BrownoutWords
{
    /// <summary>What it cost: how many jobs waited, how long, and whether GitLab dropped any.</summary>
    public static string Waited(Brownout brownout, BrownoutWaits waits)
    {
        ArgumentNullException.ThrowIfNull(brownout);
        ArgumentNullException.ThrowIfNull(waits);
        var (over, still) = (brownout.ReturnedAt is not null, waits.Waiting > 0 ? $", {Words.Count(waits.Waiting)} of them still" : "");
        if (waits.Waited == 0) return over ? "No job waited for the tag: nobody asked for it in this time." : "No job waits for the tag yet.";
        var dropped = waits.Dropped == 0 ? "GitLab dropped none of them." : $"GitLab dropped {Words.Count(waits.Dropped)} of {Words.Count(waits.Waited)}.";
        return $"{Words.Count(waits.Waited, "job")} {(over ? "waited" : waits.Waited == 1 ? "waits" : "wait")} for the tag{(over ? still : "")}, "
            + $"{Words.Duration(waits.Mean.TotalSeconds)} on average and {Words.Duration(waits.Longest.TotalSeconds)} at most. {dropped}";
    }

    /// <summary>Before the button: how many jobs of an average day fall into the window.</summary>
    public static string Expected(BlastRadius radius, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(radius);
        if (radius.JobsPerDay(JobClassEffect.Waits) <= 0) return "No job of these days asks for the tag and would have no runner without it: nobody is expected to wait.";
        return $"About {BlastRadiusWords.Jobs(radius.JobsPerDay(JobClassEffect.Waits) * window.TotalDays)} of them fall into {BrownoutRules.Words(window)}, on an average day.";
    }
}

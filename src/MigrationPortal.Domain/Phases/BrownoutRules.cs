using System.Globalization;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>Which tags may be taken away for a short time, when, and for how long (product.md, Brownouts).</summary>
public static class BrownoutRules
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static string DurationWords => string.Create(CultureInfo.InvariantCulture,
        $"must be a whole number from {Shortest.TotalSeconds:0} to {Longest.TotalSeconds:0}: GitLab drops jobs that no runner has matched for an hour, so half of that is the most.");

    public static string Words(TimeSpan duration) => duration.TotalSeconds % 60 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0} {(duration == Shortest ? "minute" : "minutes")}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s");

    internal static Desire Of(PlanTarget.Brownout target, DesireContext context) =>
        Desire.Nothing with { Blockers = [.. WhyNot(target.Tag, context)], Warnings = [.. Warnings(target.Tag, context)] };

    private static IEnumerable<PlanBlocker> WhyNot(string tag, DesireContext context)
    {
        if (tag == context.Settings.OptInTag)
            yield return new PlanBlocker("reserved-tag", $"{tag} is the opt-in tag, by which Kubernetes is asked for: a brownout is of tags that end.", null, []);
        else if (tag == context.Settings.StandInTag)
            yield return new PlanBlocker("reserved-tag", $"{tag} is the stand-in tag, which a brownout gives: no job is meant to ask for it.", null, []);
        else if (!context.Legacy.Any(runner => runner.Attributes.Tags.Contains(tag)))
            yield return new PlanBlocker("unknown-tag", $"No managed legacy runner carries {tag}: there is nothing to take away.", null, []);

        if (context.State.Current is { Evacuated: true })
            yield return new PlanBlocker("evacuated", "Kubernetes is evacuated: docker runs everything, and no tag of it is about to end.", null, []);
        else if (!(context.State.Current?.Phase >= Phase.DockerFallback))
            yield return new PlanBlocker("brownout-too-early", $"Brownouts come before a tag ends, from '{Phase.DockerFallback.Key()}' on: until then the tag is the way that jobs are meant to take.", null, []);
    }

    private static IEnumerable<PlanWarning> Warnings(string tag, DesireContext context)
    {
        var carriers = context.Legacy.Where(runner => runner.Attributes.Tags.Contains(tag)).ToList();
        if (carriers.Count > 0 && carriers.All(runner => runner.Attributes.Paused))
            yield return new PlanWarning("already-paused", $"Every legacy runner with {tag} is paused: its jobs find no docker runner now either, so the brownout shows nothing new.");
        var kubernetes = context.Kubernetes.Count(runner => runner.Attributes.Tags.Contains(tag) && !runner.Attributes.Paused);
        if (kubernetes > 0)
            yield return new PlanWarning("kubernetes-serves-it", $"{kubernetes} Kubernetes {(kubernetes == 1 ? "runner carries" : "runners carry")} {tag} too: jobs that ask for nothing else run there meanwhile and do not wait.");
    }
}

using System.Globalization;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Who is held back when legacy takes fewer jobs: pins that stand, by name, and those that were wished for and will move
/// (product.md: a project that cannot be pinned is listed as "will move", never as held back). Advice; pure.
/// </summary>
public static class PinsOfPlan
{
    public const string Held = "pins-verified";
    public const string WillMove = "pins-unverified";
    public const string Over = "pins-over";

    private const int MostNamed = 10;

    /// <summary>A legacy runner gives up untagged jobs or a tag.</summary>
    public static bool Narrows(Desire desire, DesireContext context)
    {
        var legacy = context.Legacy.ToDictionary(runner => runner.Id, runner => runner.Attributes);
        return desire.Runners.Any(one => legacy.TryGetValue(one.Runner, out var now)
            && ((now.RunUntagged && !one.Attributes.RunUntagged) || (!now.Paused && one.Attributes.Paused) || !now.Tags.IsSubsetOf(one.Attributes.Tags)));
    }

    public static IEnumerable<PlanWarning> Warnings(IReadOnlyList<Pin> pins, Desire desire, DesireContext context, DateTimeOffset now)
    {
        var after = new ServiceIndex(context.Fleet.With(desire.Runners.ToDictionary(one => one.Runner, one => (RunnerAttributes?)one.Attributes)));
        var seen = pins.Select(pin => pin.IsVerified && !IsServed(after, pin, context.FallbackTag) ? pin with { WhyNot = $"no docker runner would take jobs with the tag {context.FallbackTag}" } : pin).ToList();
        var (held, moving, over) = (seen.Where(pin => pin.IsVerified).ToList(), seen.Where(pin => !pin.IsVerified).ToList(), seen.Where(pin => pin.IsVerified && pin.IsOver(now)).ToList());
        if (moving.Count > 0) yield return new PlanWarning(WillMove, $"{Projects(moving.Count)} asked to stay on docker and will move: {Names(moving.Select(pin => $"{pin.Path} ({pin.WhyNot})"))}.");
        if (over.Count > 0) yield return new PlanWarning(Over, $"The time of {Projects(over.Count)} on docker is over, and the change is still in: {Names(over.Select(pin => pin.Path))}.");
        if (held.Count > 0) yield return new PlanWarning(Held, $"{Projects(held.Count)} {(held.Count == 1 ? "is" : "are")} pinned and verified, and {(held.Count == 1 ? "stays" : "stay")} on docker: {Names(held.Select(pin => pin.Path))}.");
    }

    // Protected and other refs run its jobs, so both must be served.
    private static bool IsServed(ServiceIndex after, Pin pin, string fallback) => IsServed(after, pin, fallback, guarded: true) && IsServed(after, pin, fallback, guarded: false);

    private static bool IsServed(ServiceIndex after, Pin pin, string fallback, bool guarded) =>
        after.Serving(new JobNeeds(TagSet.Of(fallback), guarded, pin.Enrollment.Project), pin.Access).Any(pool => pool.ManagedAs == RunnerRole.Legacy);

    private static string Projects(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? "project" : "projects")}");

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - MostNamed} more") : "");
    }
}

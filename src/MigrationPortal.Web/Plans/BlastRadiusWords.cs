using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>Blast radius in words and as the targets of the flow.</summary>
public static class BlastRadiusWords
{
    /// <summary>Moves, stays, predicted to fail, no runner: in the order of the flow, also at 0; left to unmanaged runners only where that happens.</summary>
    public static IReadOnlyList<FlowTarget> Targets(BlastRadius radius, bool isReturn) =>
    [
        Target(radius, isReturn ? FlowKind.Docker : FlowKind.Kubernetes, isReturn ? "returns to docker" : "moves to Kubernetes", isReturn ? [JobClassEffect.Returns] : [JobClassEffect.Moves]),
        Target(radius, FlowKind.Docker, "is shared or stays", [JobClassEffect.Shared, JobClassEffect.Unchanged, JobClassEffect.UnservedBefore, isReturn ? JobClassEffect.Moves : JobClassEffect.Returns]),
        Target(radius, FlowKind.PredictedToFail, "predicted to fail", [JobClassEffect.PredictedToFail]),
        Target(radius, FlowKind.NoRunner, "no runner", [JobClassEffect.NoRunner]),
        .. radius.JobsPerDay(JobClassEffect.Waits) > 0 ? [Target(radius, FlowKind.Unmanaged, "waits for the tag", [JobClassEffect.Waits])] : Array.Empty<FlowTarget>(),
        .. radius.JobsPerDay(JobClassEffect.LeftToUnmanaged) > 0 ? [Target(radius, FlowKind.Unmanaged, "left to unmanaged runners", [JobClassEffect.LeftToUnmanaged])] : Array.Empty<FlowTarget>(),
    ];

    public static bool IsReturn(BlastRadius radius)
    {
        ArgumentNullException.ThrowIfNull(radius);
        return radius.JobsPerDay(JobClassEffect.Returns) > radius.JobsPerDay(JobClassEffect.Moves);
    }

    public static string Says(BlastRadius radius)
    {
        ArgumentNullException.ThrowIfNull(radius);
        var all = radius.Classes.Sum(one => one.JobsPerDay);
        if (all <= 0) return "No job was seen in these days: nothing can be said about what moves.";
        var moved = radius.JobsPerDay(JobClassEffect.Moves);
        var shared = radius.JobsPerDay(JobClassEffect.Shared);
        var returned = radius.JobsPerDay(JobClassEffect.Returns);
        var stranded = radius.JobsPerDay(JobClassEffect.NoRunner);
        var waiting = radius.JobsPerDay(JobClassEffect.Waits);
        var failing = radius.JobsPerDay(JobClassEffect.PredictedToFail);
        var left = radius.JobsPerDay(JobClassEffect.LeftToUnmanaged);
        var parts = new List<string>(7);
        if (waiting > 0) parts.Add($"{Jobs(waiting)} of {Jobs(all)} jobs a day ask for the tag that is taken away and would wait, in {Words.Count(radius.Projects(JobClassEffect.Waits), "project")}");
        if (stranded > 0) parts.Add($"{Jobs(stranded)} of {Jobs(all)} jobs a day would have no runner");
        if (failing > 0) parts.Add($"{Jobs(failing)} of {Jobs(all)} jobs a day are predicted to fail");
        if (moved > 0) parts.Add($"{Jobs(moved)} of {Jobs(all)} jobs a day move to Kubernetes");
        if (returned > 0) parts.Add($"{Jobs(returned)} of {Jobs(all)} jobs a day return to docker");
        if (left > 0) parts.Add($"{Jobs(left)} of {Jobs(all)} jobs a day are left to unmanaged runners");
        if (shared > 0) parts.Add($"{Jobs(shared)} jobs a day go to whoever asks first");
        return parts.Count == 0 ? $"None of {Jobs(all)} jobs a day changes its runners." : string.Join(", ", parts) + ".";
    }

    public static string Effect(JobClassEffect effect) => effect switch
    {
        JobClassEffect.Moves => "moves",
        JobClassEffect.Shared => "shared",
        JobClassEffect.PredictedToFail => "predicted to fail",
        JobClassEffect.NoRunner => "no runner",
        JobClassEffect.Waits => "waits, as meant",
        JobClassEffect.Returns => "returns to docker",
        JobClassEffect.LeftToUnmanaged => "left to unmanaged",
        JobClassEffect.UnservedBefore => "no runner before either",
        _ => "unchanged",
    };

    public static VerdictKind Kind(JobClassEffect effect) => effect switch
    {
        JobClassEffect.NoRunner or JobClassEffect.PredictedToFail => VerdictKind.Fail,
        JobClassEffect.UnservedBefore or JobClassEffect.LeftToUnmanaged or JobClassEffect.Waits => VerdictKind.Attention,
        JobClassEffect.Unchanged => VerdictKind.Wait,
        _ => VerdictKind.Pass,
    };

    /// <summary>Jobs a day as people read them: whole above ten, one digit below.</summary>
    public static string Jobs(double perDay) =>
        perDay >= 10 ? Words.Count((long)Math.Round(perDay)) : perDay.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);

    private static FlowTarget Target(BlastRadius radius, FlowKind kind, string name, IReadOnlyList<JobClassEffect> effects) =>
        new(kind, name, effects.Sum(radius.JobsPerDay), radius.Classes.Where(one => effects.Contains(one.Effect)).SelectMany(one => one.Projects).Distinct().Count());
}

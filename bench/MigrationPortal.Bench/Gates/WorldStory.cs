using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Bench.Gates;

/// <summary>How a migration went.</summary>
/// <param name="Course">What was done from outside.</param>
/// <param name="Begin">The world's time.</param>
/// <param name="Reached">Every step that was reached, oldest first.</param>
/// <param name="Acts">What the fast roll back did by itself, oldest first.</param>
/// <param name="FalseActs">Those for which no incident of Kubernetes alone stood, nor had in the hour that still shows it.</param>
/// <param name="Looks">Evaluations of the fast roll back from the first minute in which a burst stood in the facts until it acted; null where none stood, or nothing was done.</param>
/// <param name="Dropped">Jobs that GitLab dropped for want of a runner since the migration began, of those whose tags some runner had then.</param>
/// <param name="UnservedSeconds">That such jobs waited while no runner could take them.</param>
/// <param name="Last">What held it at the end.</param>
internal sealed record WorldStory(
    WorldCourse Course, DateTimeOffset Begin, IReadOnlyList<PhaseReached> Reached, IReadOnlyList<GuardEvaluation> Acts, int FalseActs, bool BurstStood, int? Looks, double Days, long Jobs, int Dropped, double UnservedSeconds, string Last)
{
    public bool IsWhole => Reached is [.., { Phase: Phase.RetireOptInTag }];

    /// <summary>How often a ramp step or what is beyond was newly reached.</summary>
    public int Promotions => Reached.Count(step => step is { Phase: >= Phase.UntaggedTakeover, Evacuated: false } && !step.Label.StartsWith("back to ", StringComparison.Ordinal));

    /// <summary>Whether it acted while its trouble lasted, or in the hour that still shows it, and at no other time.</summary>
    public bool ActedOnTrouble => Acts.Count > 0 && Course.Trouble is { } trouble
        && Acts.All(act => act.At >= Begin + trouble.After && act.At <= Begin + trouble.After + trouble.Lasts + TimeSpan.FromMinutes(65));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Jobs:N0} jobs, {Days:0} days: {string.Join(", ", Reached.Select(step => $"{step.Label} on day {(step.At - Begin).TotalDays:0}"))}; {Dropped} dropped for want of a runner, {UnservedSeconds:0} s unserved; {Trouble()}{string.Join("", Acts.Select(Words))}{(FalseActs == 0 ? "" : $"{FalseActs} of them without an incident of Kubernetes, ")}at the end {Last}");

    private string Trouble() => Course.Trouble is not { } trouble ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"struck on day {trouble.After.TotalDays:0.0} for {trouble.Lasts.TotalMinutes:0} min, {(BurstStood ? $"a burst stood, acted at look {Looks?.ToString(CultureInfo.InvariantCulture) ?? "none"}" : "no burst stood")}; ");

    private string Words(GuardEvaluation act) => string.Create(CultureInfo.InvariantCulture, $"day {(act.At - Begin).TotalDays:0.00} {act.Act} by {act.Leading().Rule} ({act.Leading().Value}), ");
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>What a decision still waits for: whole days, jobs, coverage; each against what it needs.</summary>
public sealed partial class UntilDecidedCard
{
    [Parameter, EditorRequired]
    public required UntilDecided Shown { get; set; }

    private IEnumerable<(string Name, string Value, double Part, string Token, string Note)> Lines
    {
        get
        {
            if (Shown is not { Plan: { } plan, Days: var days }) yield break;
            var needed = plan.Looks[0].DayNumber - plan.EvidenceFrom.DayNumber;
            yield return ("whole days of evidence", days >= needed ? $"{days}, needs {needed}" : $"{days} of {needed}", (double)days / needed, "text-2", $"since {Day(plan.EvidenceFrom)}; first look {Day(plan.Looks[0])}{(plan.Looks.Count == 1 ? "" : $"; if not shown, {string.Join(" and ", plan.Looks.Skip(1).Select(Day))}")}, each when jobs suffice");
            if (Shown.Sample is not { } sample) yield break;
            yield return ("Kubernetes jobs that docker runs too", $"{Words.Count(sample.Kubernetes.Finished)}{Needed(Shown.Ahead)}", Shown.Ahead?.Part ?? 1, "k8s", More(Shown.Ahead, sample));
            yield return (
                "Kubernetes jobs of such projects", $"{Words.Share(sample.Coverage)}{(Shown.LeastCoverage > 0 ? $", needs {Words.Share(Shown.LeastCoverage)}" : "")}", sample.Coverage, "k8s",
                $"{Words.Count(sample.Covered)} of {Words.Count(sample.Every)} run in the {Words.Count(sample.Projects, "project")} that also run on docker");
        }
    }

    private static IReadOnlyList<MeterPart> Bar(string name, string value, double part, string token) => [new(Math.Min(1, part), token, $"{name}: {value}")];

    // The last look is taken on whatever there is.
    private static string Needed(LookAhead? ahead) => ahead switch
    {
        { Needed: { } needed, More: null } => $", needs about {Words.Count(needed)}",
        { Needed: { } needed, IsEnough: false } => $" of about {Words.Count(needed)}",
        _ => "",
    };

    private string More(LookAhead? ahead, SampleFacts sample) => ahead switch
    {
        null => "decided",
        { IsEnough: true } => $"enough for the look on {Day(ahead.On)}, with {Words.Count(sample.Docker.Finished)} of the same on docker",
        { More: { } more } when sample.DaysOf(more) is { } days => $"{Words.Count(more)} more for the next look{(Shown.All ? " at all failures" : "")}, about {days.ToString("0.#", CultureInfo.InvariantCulture)} days at the present rate",
        { More: { } more } => $"{Words.Count(more)} more for the next look, and none come",
        { Needed: null } => $"no number of jobs would do at this margin; looked at on {Day(Shown.Plan!.End)} at the latest",
        _ when sample.Days < NoWorseGate.LeastDays => "jobs of more days are needed",
        _ => "too little for a look that could decide anything",
    };

    private static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
}

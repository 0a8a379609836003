using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>What a decision still waits for: whole days, jobs, coverage; each against what it needs.</summary>
public sealed partial class UntilDecidedCard
{
    [Parameter, EditorRequired]
    public required GateFacts Facts { get; set; }

    [Parameter, EditorRequired]
    public required GatePolicy Policy { get; set; }

    private IEnumerable<(string Name, string Value, double Part, string Token, string Note)> Lines
    {
        get
        {
            if (LookPlan.Of(Facts.Step, Policy) is not { } plan) yield break;
            var today = DateOnly.FromDateTime(Facts.At.UtcDateTime);
            var (needed, days) = (plan.Looks[0].DayNumber - plan.EvidenceFrom.DayNumber, Math.Max(0, today.DayNumber - plan.EvidenceFrom.DayNumber));
            yield return ("whole days of evidence", days >= needed ? $"{days}, needs {needed}" : $"{days} of {needed}", (double)days / needed, "text-2", $"first look {Day(plan.Looks[0])}{(plan.Looks.Count == 1 ? "" : $", then {string.Join(" and ", plan.Looks.Skip(1).Select(Day))}")} where jobs suffice");
            if (SampleFacts.Of(Facts, Policy, plan) is not { } sample) yield break;
            yield return (
                "Kubernetes jobs in shared projects", sample.Needed is { } jobs ? $"{Words.Count(sample.Kubernetes.Finished)}{(sample.Held >= 1 ? ", needs" : " of")} about {Words.Count(jobs)}" : Words.Count(sample.Kubernetes.Finished),
                Math.Min(1, sample.Held), "k8s", More(sample));
            yield return (
                "Kubernetes jobs covered", $"{Words.Share(sample.Coverage)}{(Policy.LeastCoverage > 0 ? $", needs {Words.Share(Policy.LeastCoverage)}" : "")}", sample.Coverage, "k8s",
                $"{Words.Count(sample.Covered)} of {Words.Count(sample.Every)} run in {Words.Count(sample.Projects, "shared project")}");
        }
    }

    private static IReadOnlyList<MeterPart> Bar(string name, string value, double part, string token) => [new(Math.Min(1, part), token, $"{name}: {value}")];

    private static string More(SampleFacts sample) => sample switch
    {
        { IsEnough: true } => $"enough, with {Words.Count(sample.Docker.Finished)} on docker",
        _ when (sample.More, sample.MoreDays) is ({ } more, { } days) => $"{Words.Count(more)} more{(sample.All ? " for all failures" : "")}, about {days.ToString("0.#", CultureInfo.InvariantCulture)} days at the present rate",
        _ when sample.More is { } more => $"{Words.Count(more)} more, and none come",
        _ => "no number of jobs would do at this margin",
    };

    private static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
}

using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>The chosen values of a dimension over time, and the finding in a sentence.</summary>
public sealed partial class RatesChart
{
    [Parameter, EditorRequired]
    public required RatesShown Shown { get; set; }

    [Parameter]
    public IReadOnlyList<ChartMarker> Markers { get; set; } = [];

    private Explorer Asked => Shown.Asked;

    private string Title => Asked.Filter.Kind is { } kind ? $"{DimensionWords.Kind(kind)} failure rate" : "All failures";

    private string Note => $"{Asked.Range.Words}{(Asked.Filter.ManagedOnly ? ", managed runners" : "")}{(Asked.Filter.FirstAttempts ? ", first attempts" : "")}{Left}, 95 % band, gaps under {ChartData.LeastJobs} jobs";

    private string Left => !Asked.WithoutIncidents || Shown.Incidents.Count == 0 ? ""
        : $", without {Words.Count(Shown.Incidents.Count, "incident")} ({Words.Count(Shown.Incidents.Sum(one => one.Hits.Sum(hit => hit.Rate.Finished)), "job")})";

    private string Csv => Asked.CsvHref("failure-rates", [.. Shown.Lines.Select(line => line.Executor)]);

    private string Since => Asked.Say(Asked.Window.From);

    private string Finding
    {
        get
        {
            if (Shown.Whole.Finished == 0) return "No job finished";
            if (Asked.Filter.By == Dimension.Executor) return RateCard.Compare(Of("kubernetes"), Of("docker"));
            if (Shown.Ranked is not [var worst, ..] || worst.Rate.Failed == 0) return "Nothing failed";
            if (worst.Rate.Finished < WorstFirst.LeastJobs) return "Too few jobs to compare";
            if (IsOfNone) return $"The {DimensionWords.One(Asked.Filter.By).ToLowerInvariant()} of no job is known yet";
            return Asked.Filter.By == Dimension.Reason ? $"{Words.Sentence(Shown.NameOf(worst.Value))} is the most frequent reason" : $"{Shown.NameOf(worst.Value)} fails most";
        }
    }

    private string Numbers => Shown.Whole.Finished == 0 ? $" {Since}." : Asked.Filter.By switch
    {
        Dimension.Executor => $": {string.Join(", ", Compared.Select(executor => $"{ExecutorLook.Of(executor).Word} {Told(Of(executor))}"))} {Since}.",
        _ when !IsOfNone && Shown.Ranked is [var worst, ..] && worst.Rate.Failed > 0 =>
            $": {Told(worst.Rate)}, at least {Words.Percent(WilsonInterval.Of(worst.Rate)!.Value.Low)}; all jobs together {Told(Shown.Whole)} {Since}.",
        _ => $": {Told(Shown.Whole)} {Since}.",
    };

    // One value that stands for none says nothing about it.
    private bool IsOfNone => Shown.Ranked is [{ Value: ValueNames.NotKnown }] && Asked.Filter.By != Dimension.Executor;

    // Where no bucket has enough for a line, there are still jobs.
    private IEnumerable<string> Compared => Shown.Lines.Count > 0 ? Shown.Lines.Select(line => line.Executor) : Shown.Ranked.Select(one => one.Value);

    private Rate Of(string value) => Shown.Ranked.FirstOrDefault(one => one.Value == value)?.Rate ?? default;

    private static string Told(Rate rate) => Words.Rate(rate.Failed, rate.Finished);
}

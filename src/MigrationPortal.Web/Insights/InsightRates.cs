using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Failure rates over time and ranked, and the incidents in them.</summary>
internal static class InsightRates
{
    public static void MapRates(this RouteGroupBuilder insights)
    {
        insights.MapGet("/failure-rates", RatesAsync).Rows<RateView>([.. InsightQuery.Words, "managed", "attempts", "incidents", "only"])
            .WithSummary("Failure rates with 95 % Wilson limits by bucket and dimension; several values of a filter are separated by commas");
        insights.MapGet("/rankings", RankingsAsync).Rows<RankView>([.. InsightQuery.Words, "managed", "attempts", "incidents"])
            .WithSummary("Values of a dimension over the whole window, worst first by the lower limit of their rate, those of fewer than 20 jobs last");
        insights.MapGet("/incidents", IncidentsAsync).Rows<IncidentView>()
            .WithSummary("Hours in which an executor's failures were improbable (P < 1e-6) under its own rate of the 14 days before; of infrastructure unless 'kind' says otherwise");
    }

    private static async Task<IResult> RatesAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, FindIncidents incidents, ReadCompleteness completeness, IWorldClock clock,
        string? instance, string? by, string? bucket, string? from, string? to, string? kind, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, by, bucket, from, to, kind).Read(http, instances, clock, errors);
        var (narrowed, without) = Switches(http, filter, errors);
        await InsightEndpoints.ReachedAsync(narrowed, Measure.FailureRates, reader, errors, cancel);
        if (errors.Any) return errors.ToProblem();
        if (http.Request.Query.TryGetValue("only", out var only)) narrowed = narrowed with { Only = only.ToString().Split(',') };
        var known = completeness.OfAsync(filter.Instance, filter.Window, cancel);
        filter = await NarrowAsync(narrowed, without, incidents, cancel);
        return Csv.Answer(http, (await reader.FailureRatesAsync(filter, cancel)).Select(point => RateView.Of(point, filter.By)).ToList(), await known, PointsJson.Default.PointsOfRateView);
    }

    private static async Task<IResult> RankingsAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, FindIncidents incidents, ReadCompleteness completeness, ValueNames names, IWorldClock clock,
        string? instance, string? by, string? bucket, string? from, string? to, string? kind, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, by, bucket ?? "day", from, to, kind).Read(http, instances, clock, errors);
        var (narrowed, without) = Switches(http, filter, errors);
        await InsightEndpoints.ReachedAsync(narrowed, Measure.FailureRates, reader, errors, cancel);
        if (errors.Any) return errors.ToProblem();
        var read = completeness.OfAsync(filter.Instance, filter.Window, cancel);
        var ranked = WorstFirst.Of(await reader.TotalsAsync(await NarrowAsync(narrowed, without, incidents, cancel), cancel));
        var known = await names.OfAsync(filter.Instance, filter.By, [.. ranked.Select(one => one.Value)], cancel);
        return Csv.Answer(http, ranked.Select((one, index) =>
        {
            var limits = WilsonInterval.Of(one.Rate);
            return new RankView(index + 1, one.Value, known.GetValueOrDefault(one.Value), one.Rate.Failed, one.Rate.Finished, one.Rate.Value, limits?.Low, limits?.High);
        }).ToList(), await read);
    }

    private static async Task<IResult> IncidentsAsync(
        HttpContext http, InstanceDirectory instances, FindIncidents incidents, ReadCompleteness completeness, IWorldClock clock, string? instance, string? from, string? to, string? kind, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, null, "hour", from, to, kind ?? "infrastructure").Read(http, instances, clock, errors);
        if (errors.Any) return errors.ToProblem();
        var known = completeness.OfAsync(filter.Instance, filter.Window, cancel);
        return Csv.Answer(http, (await incidents.FindAsync(filter.Instance, filter.Window, filter.Kind, cancel)).Select(IncidentView.Of).ToList(), await known);
    }

    private static (InsightFilter Filter, bool Without) Switches(HttpContext http, InsightFilter filter, RequestErrors errors)
    {
        T? Of<T>(string word, params (string, T)[] words) where T : struct => errors.OneOf(word, http.Request.Query[word].FirstOrDefault(), words);
        return (
            filter with { ManagedOnly = Of("managed", ("true", true), ("false", false)) ?? false, FirstAttempts = Of("attempts", ("all", false), ("first", true)) ?? false },
            Of("incidents", ("with", false), ("without", true)) ?? false);
    }

    private static async Task<InsightFilter> NarrowAsync(InsightFilter filter, bool without, FindIncidents incidents, CancellationToken cancel) =>
        without ? filter.Without(await incidents.FindAsync(filter.Instance, WholeDays(filter.Window), filter.Kind, cancel)) : filter;

    /// <summary>Rates count whole buckets, so the incidents to leave out are those of whole days.</summary>
    public static TimeWindow WholeDays(TimeWindow window) =>
        window with { From = new DateTimeOffset(window.From.UtcDateTime.Date, TimeSpan.Zero) };
}

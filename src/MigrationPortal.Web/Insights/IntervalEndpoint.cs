using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <param name="Confidence">Two-sided; 0.95 when left out.</param>
public sealed record IntervalBody(long? Failed, long? Finished, double? Confidence);

public sealed record LimitsView(double Low, double High);

public sealed record IntervalView(long Failed, long Finished, double Rate, double Confidence, LimitsView Wilson, LimitsView ClopperPearson);

/// <summary>Stateless: the limits of one rate.</summary>
internal static class IntervalEndpoint
{
    public static void MapInterval(this IEndpointRouteBuilder api) =>
        api.MapPost("/insights/interval", Compute).RequireScope(TokenScope.Read).WithTags("Insights").WithSummary("Confidence limits of one rate: Wilson and Clopper-Pearson");

    private static Results<Ok<IntervalView>, ProblemHttpResult> Compute(IntervalBody body)
    {
        var errors = new RequestErrors();
        if (body.Finished is null or < 1) errors.Add("finished", "Needed: the number of finished jobs, 1 or more.");
        if (body.Failed is null or < 0) errors.Add("failed", "Needed: the number of failed jobs, 0 or more.");
        else if (body.Failed > body.Finished) errors.Add("failed", "Cannot exceed 'finished'.");
        if (body.Confidence is { } asked && !(asked > 0 && asked < 1)) errors.Add("confidence", "Must lie strictly between 0 and 1, such as 0.95.");
        if (errors.Any) return errors.ToProblem();

        var rate = new Rate(body.Failed!.Value, body.Finished!.Value);
        var confidence = body.Confidence ?? 0.95;
        var (wilsonLow, wilsonHigh) = WilsonInterval.Of(rate, confidence)!.Value;
        var (exactLow, exactHigh) = ClopperPearsonInterval.Of(rate, confidence)!.Value;
        return TypedResults.Ok(new IntervalView(rate.Failed, rate.Finished, rate.Value!.Value, confidence, new LimitsView(wilsonLow, wilsonHigh), new LimitsView(exactLow, exactHigh)));
    }
}

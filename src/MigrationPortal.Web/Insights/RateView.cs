using System.Text.Json.Serialization;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Web.Insights;

/// <summary>One bucket of one value of the dimension asked for by <c>by</c>, which also stands under the dimension's own name.</summary>
/// <param name="Rate">Fraction; null when nothing finished.</param>
/// <param name="Low">Lower limit, 95 % Wilson.</param>
public sealed record RateView(
    DateTimeOffset At,
    string By,
    string Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Executor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Project,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cluster,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tag,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Runner,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RunnerVersion,
    long Failed,
    long Finished,
    double? Rate,
    double? Low,
    double? High)
{
    internal static RateView Of(RatePoint point, Dimension by)
    {
        var limits = WilsonInterval.Of(point.Rate);
        return new RateView(
            point.At, InsightQuery.Word(by), point.Value,
            If(Dimension.Executor), If(Dimension.Reason), If(Dimension.Project), If(Dimension.Cluster), If(Dimension.Tag), If(Dimension.Runner), If(Dimension.RunnerVersion),
            point.Rate.Failed, point.Rate.Finished, point.Rate.Value, limits?.Low, limits?.High);

        string? If(Dimension dimension) => dimension == by ? point.Value : null;
    }
}

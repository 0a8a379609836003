using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <param name="Key">Names the stratum, to all or to none; the same key adds up, and without keys the place in the list is the stratum.</param>
public sealed record StratumBody(string? Key, long? KubernetesFailed, long? KubernetesFinished, long? DockerFailed, long? DockerFinished);

/// <param name="Day">Such as 2026-11-02.</param>
/// <param name="Strata">What finished on that day; a stratum is found again on other days by its key or its place.</param>
public sealed record DayBody(string? Day, IReadOnlyList<StratumBody?>? Strata);

/// <param name="Strata">Left out: the sums of <paramref name="Days"/>. Given beside them: they give all but the limits by day.</param>
/// <param name="Days">For the limits by day, which hold when jobs of one day fail together.</param>
/// <param name="Margin">How much worse is still accepted, as a fraction: 0.0025 is 0.25 points.</param>
/// <param name="Confidence">Two-sided; 0.95 when left out.</param>
public sealed record CompareBody(IReadOnlyList<StratumBody?>? Strata, IReadOnlyList<DayBody?>? Days, double? Margin, double? Confidence);

/// <summary>Stateless: is Kubernetes no worse than docker by a margin, compared inside strata?</summary>
internal static class CompareEndpoint
{
    /// <summary>Strata of all lists together: an answer then takes less than a second.</summary>
    private const int MostStrata = 100_000;

    /// <summary>Bytes: that many strata with names of some 40 characters.</summary>
    private const long LongestBody = 16 * 1024 * 1024;

    /// <summary>No GitLab runs more, and the sum over all strata stays a whole number.</summary>
    private const long MostJobs = 1_000_000_000_000;

    private const int LongestKey = 255;

    private const string Description = """
        `pass`: the upper limit is below the margin. `fail`: the lower limit is above 0 and the upper one not below the margin. Else `inconclusive`.

        `days` holds the same counts day by day: `[{"day":"2026-11-02","strata":[{"key":"group/project","kubernetesFailed":0,"kubernetesFinished":140,"dockerFailed":1,"dockerFinished":300}]}]`.
        From two days on they add limits that hold when jobs of one day fail together; the worse limits decide. Alone they also give the sums; beside `strata`, these give all but the limits by day.
        A stratum is its `key`, the same key adding up, or without keys its place in the list. `newcombe` and `farringtonManning` are given for one compared stratum.
        """;

    public static void MapCompare(this IEndpointRouteBuilder api) =>
        api.MapPost("/insights/compare", Compute).RequireScope(TokenScope.Read).WithTags("Insights").WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .WithSummary("Is Kubernetes no worse than docker by a margin? Compared inside strata: Mantel-Haenszel, stratified Miettinen-Nurminen score, jackknife by day")
            .WithDescription(Description);

    private static Results<Ok<ComparisonView>, ProblemHttpResult> Compute(CompareBody body)
    {
        var errors = new RequestErrors();
        if (body.Margin is not { } margin || !(margin > -1 && margin < 1)) errors.Add("margin", "Needed: how much worse is accepted, strictly between -1 and 1, such as 0.0025 for 0.25 points.");
        if (body.Confidence is { } asked && !(asked > 0 && asked < 1)) errors.Add("confidence", "Must lie strictly between 0 and 1, such as 0.95.");
        if (!(body.Strata?.Count > 0) && !(body.Days?.Count > 0)) errors.Add("strata", "Needed: at least one stratum, here or in 'days'.");
        long count = (body.Strata?.Count ?? 0) + (body.Days?.Sum(day => (long)(day?.Strata?.Count ?? 0)) ?? 0);
        if (count > MostStrata) errors.Add(body.Strata?.Count > 0 ? "strata" : "days", $"At most {MostStrata:N0} strata in all lists together; these are {count:N0}.");
        if (errors.Any) return errors.ToProblem();

        var whole = Cells(body.Strata ?? [], "strata", default, errors);
        var days = Days(body.Days ?? [], errors);
        foreach (var (field, cells) in (ReadOnlySpan<(string, List<Named>)>)[("strata", whole), ("days", days)])
            if (cells.Any(one => one.ByPlace) && !cells.All(one => one.ByPlace)) errors.Add(field, "Give a 'key' to all strata or to none of them.");
        if (errors.Any) return errors.ToProblem();

        var confidence = body.Confidence ?? 0.95;
        List<ComparisonCell> Of(List<Named> named) => [.. named.Select(one => one.Cell)];
        var comparison = Comparison.Of(Of(whole.Count > 0 ? whole : days), body.Margin!.Value, confidence);
        if (whole.Count > 0 && days.Count > 0) comparison = comparison with { ByDay = BlockJackknife.ByDay(Of(days), confidence) };
        return TypedResults.Ok(ComparisonView.Of(comparison));
    }

    private static List<Named> Days(IReadOnlyList<DayBody?> days, RequestErrors errors)
    {
        var cells = new List<Named>();
        for (var index = 0; index < days.Count; index++)
        {
            var field = $"days[{index}]";
            if (!DateOnly.TryParseExact(days[index]?.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                errors.Add($"{field}.day", "Needed: the day, such as 2026-11-02.");
            if (days[index]?.Strata is not { Count: > 0 } strata) errors.Add($"{field}.strata", "Needed: at least one stratum.");
            else cells.AddRange(Cells(strata, $"{field}.strata", day, errors));
        }

        return cells;
    }

    private static List<Named> Cells(IReadOnlyList<StratumBody?> strata, string list, DateOnly day, RequestErrors errors)
    {
        var cells = new List<Named>(strata.Count);
        for (var index = 0; index < strata.Count; index++)
        {
            var (field, stratum) = ($"{list}[{index}]", strata[index] ?? new StratumBody(null, null, null, null, null));
            var kubernetes = Rate(field, "kubernetes", stratum.KubernetesFailed, stratum.KubernetesFinished, errors);
            var docker = Rate(field, "docker", stratum.DockerFailed, stratum.DockerFinished, errors);
            var key = stratum.Key is null ? index.ToString(CultureInfo.InvariantCulture) : errors.Text($"{field}.key", stratum.Key, LongestKey);
            cells.Add(new Named(new ComparisonCell(key, day, kubernetes, docker), stratum.Key is null));
        }

        return cells;
    }

    private static Rate Rate(string field, string arm, long? failed, long? finished, RequestErrors errors)
    {
        if (finished is not (>= 0 and <= MostJobs)) errors.Add($"{field}.{arm}Finished", $"Needed: the number of finished jobs, 0 to {MostJobs:N0}.");
        if (failed is not >= 0) errors.Add($"{field}.{arm}Failed", "Needed: the number of failed jobs, 0 or more.");
        else if (failed > finished) errors.Add($"{field}.{arm}Failed", $"Cannot exceed '{arm}Finished'.");
        return new Rate(failed ?? 0, finished ?? 0);
    }

    private readonly record struct Named(ComparisonCell Cell, bool ByPlace);
}

using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <param name="BaseRate">Docker's failure rate as a fraction.</param>
/// <param name="Margin">How much worse is accepted, as a fraction: 0.0025 is 0.25 points.</param>
/// <param name="Power">0.9 when left out.</param>
/// <param name="Alpha">One-sided; 0.025 when left out.</param>
/// <param name="KubernetesPerDocker">Kubernetes jobs for one docker job; 1 when left out.</param>
/// <param name="AssumedDifference">True Kubernetes − docker; 0 when left out.</param>
/// <param name="DesignEffect">1 when left out: jobs are independent.</param>
/// <param name="KubernetesJobsPerDay">Finished a day; left out, Kubernetes is not waited for.</param>
/// <param name="DockerJobsPerDay">As for Kubernetes.</param>
public sealed record SampleSizeBody(
    double? BaseRate, double? Margin, double? Power, double? Alpha, double? KubernetesPerDocker, double? AssumedDifference, double? DesignEffect,
    double? KubernetesJobsPerDay, double? DockerJobsPerDay);

public sealed record JobsPerArm(long Kubernetes, long Docker);

/// <param name="Jobs">By the formula alone.</param>
/// <param name="ExpectedFailures">On both sides together in these jobs.</param>
/// <param name="Required">What to plan for: twice <paramref name="Jobs"/> where fewer than 10 failures are to be expected.</param>
/// <param name="DaysToDecision">Until both sides have what is required; null when no rate was given, or never.</param>
/// <param name="Never">Why it would never be reached; null when it would, or when no rate was given.</param>
public sealed record SampleSizeView(SampleSizeBody Plan, JobsPerArm Jobs, double ExpectedFailures, JobsPerArm Required, double? DaysToDecision, string? Never);

/// <summary>Stateless: how many jobs a comparison needs, before anybody picks a margin and a cohort.</summary>
internal static class SampleSizeEndpoint
{
    public static void MapSampleSize(this IEndpointRouteBuilder api) =>
        api.MapPost("/insights/sample-size", Compute).RequireScope(TokenScope.Read).WithTags("Insights")
            .WithSummary("Jobs that each side needs to show Kubernetes no worse than docker by a margin, and about how many days that takes");

    private static Results<Ok<SampleSizeView>, ProblemHttpResult> Compute(SampleSizeBody body)
    {
        var errors = new RequestErrors();
        var plan = new SamplePlan(
            body.BaseRate ?? double.NaN, body.Margin ?? double.NaN, body.Power ?? 0.9, body.Alpha ?? 0.025, body.KubernetesPerDocker ?? 1, body.AssumedDifference ?? 0, body.DesignEffect ?? 1);
        foreach (var (property, sentence) in plan.Problems()) errors.Add(Field(property), sentence);
        if (body.KubernetesJobsPerDay is { } kubernetes && !IsRate(kubernetes)) errors.Add("kubernetesJobsPerDay", "Must be a number of jobs, 0 or more.");
        if (body.DockerJobsPerDay is { } docker && !IsRate(docker)) errors.Add("dockerJobsPerDay", "Must be a number of jobs, 0 or more.");
        if (errors.Any) return errors.ToProblem();

        if (SampleSize.Of(plan) is not { } size)
        {
            errors.Add("margin", $"Would need more than {SampleSize.Most:0e+0} jobs. Allow more, or assume less difference.");
            return errors.ToProblem();
        }

        var isTimed = body.KubernetesJobsPerDay is not null || body.DockerJobsPerDay is not null;
        var days = isTimed ? size.Required.DaysAt(body.KubernetesJobsPerDay ?? double.PositiveInfinity, body.DockerJobsPerDay ?? double.PositiveInfinity) : null;
        return TypedResults.Ok(new SampleSizeView(
            body with
            {
                Power = plan.Power,
                Alpha = plan.Alpha,
                KubernetesPerDocker = plan.KubernetesPerDocker,
                AssumedDifference = plan.Difference,
                DesignEffect = plan.DesignEffect,
            },
            Arms(size), size.ExpectedFailures, Arms(size.Required), days,
            !isTimed || days is not null ? null : body.KubernetesJobsPerDay == 0 ? "No Kubernetes jobs finish at this rate." : "No docker jobs finish at this rate."));
    }

    private static string Field(string property) =>
        property == nameof(SamplePlan.Difference) ? "assumedDifference" : JsonNamingPolicy.CamelCase.ConvertName(property);

    private static bool IsRate(double perDay) => perDay is >= 0 and <= TimeToDecision.MostPerDay;

    private static JobsPerArm Arms(SampleSize size) => new(size.Kubernetes, size.Docker);
}

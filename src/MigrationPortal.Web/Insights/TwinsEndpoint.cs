using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <param name="OnlyKubernetes">Pairs that failed on Kubernetes alone.</param>
/// <param name="Difference">Kubernetes − docker of all failures as a fraction; null without pairs, like those that follow.</param>
/// <param name="Low">Tango's 95 % score limits of the difference.</param>
/// <param name="PValue">McNemar's exact one-sided chance of so many on Kubernetes alone if neither executor were worse.</param>
/// <param name="Items">The newest first, at most 100.</param>
public sealed record TwinPairsView(DateTimeOffset From, DateTimeOffset Until, long Pairs, long OnlyKubernetes, long OnlyDocker, double? Difference, double? Low, double? High, double? PValue, IReadOnlyList<TwinPairView> Items);

/// <param name="Commit">That both ran.</param>
/// <param name="DockerUrl">In GitLab.</param>
public sealed record TwinPairView(long Id, long ProjectId, string Job, string Commit, bool DockerFailed, bool KubernetesFailed, string DockerUrl, string KubernetesUrl, DateTimeOffset EndedAt)
{
    internal static TwinPairView Of(TwinRun run) => new(
        run.Id, run.Project.Number, run.Job, run.Commit, TwinPairs.FailedOnDocker(run), TwinPairs.FailedOnKubernetes(run), run.Docker!.Address, run.Kubernetes!.Address, run.Since);
}

internal static class TwinsEndpoint
{
    public const int UsualDays = 90;
    public const int MostDays = 400;
    public const int MostShown = 100;

    public static void MapTwinPairs(this IEndpointRouteBuilder insights) => insights.MapGet("/twins", GetAsync)
        .WithSummary("Twin runs together: how often one job of one commit failed on one executor alone");

    private static async Task<Results<Ok<TwinPairsView>, ProblemHttpResult>> GetAsync(InstanceDirectory instances, ReadTwins read, IWorldClock clock, string? instance, int? days, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (days is < 1 or > MostDays) errors.Add("days", $"Must lie between 1 and {MostDays}.");
        if (errors.Any) return errors.ToProblem();
        var until = clock.Now(of);
        var from = until.AddDays(-(days ?? UsualDays));
        var known = await read.PairsAsync(of, from, cancel);
        var (counts, limits) = (known.Counts, known.Limits);
        return TypedResults.Ok(new TwinPairsView(
            from, until, counts.Pairs, counts.OnlyKubernetes, counts.OnlyDocker, counts.Difference, limits?.Low, limits?.High, known.Chance, [.. known.Pairs.Take(MostShown).Select(TwinPairView.Of)]));
    }
}

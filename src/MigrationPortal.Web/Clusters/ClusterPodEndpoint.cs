using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>The job pods of one cluster, from this process's memory.</summary>
internal static class ClusterPodEndpoint
{
    public static void MapClusterPods(this IEndpointRouteBuilder clusters) =>
        clusters.MapGet("/{id:long}/pods", ListAsync).WithSummary("Job pods with their GitLab job and why they wait, in the order of namespace and name");

    private static async Task<Results<Ok<PageOf<PodAnswer>>, ProblemHttpResult>> ListAsync(
        long id, IClusterStore store, IClusterLive live, InstanceDirectory instances, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "namespace")] string? space, string? phase, string? reason, string? runner, long? project, string? q,
        int? limit, string? cursor, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } cluster) return Problems.NotFound($"cluster {id}");
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors, byNumber: false);
        var filter = new PodFilter(space, errors.OneOf("phase", phase, ClusterWords.Phases), errors.OneOf("reason", reason, ClusterWords.Reasons), runner, project, string.IsNullOrWhiteSpace(q) ? null : q.Trim());
        (string, string)? after = null;
        if (paging.After?.Split('/') is [var lastSpace, var lastName]) after = (lastSpace, lastName);
        else if (paging.After is not null) errors.Add("cursor", Paging.NotACursor);
        if (errors.Any) return errors.ToProblem();
        var url = instances.Find(cluster.Instance)?.Url ?? "";
        return TypedResults.Ok(paging.Page(live.Page(id, filter, after, paging.Limit + 1), pod => PodAnswer.Of(pod, url), pod => $"{pod.Namespace}/{pod.Name}"));
    }
}

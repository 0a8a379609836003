using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Kubernetes clusters: how they are reached, what the portal may do there, and how they fare.</summary>
internal static class ClusterEndpoints
{
    public static void MapClusters(this IEndpointRouteBuilder api)
    {
        var seen = api.MapGroup("/clusters").WithTags("Clusters").RequireScope(TokenScope.Read);
        seen.MapGet("", ListAsync).WithSummary("Clusters of an instance with their state, job pods, balance and missing permissions, without what is secret");
        seen.MapGet("/{id:long}", FindAsync).WithSummary("One cluster with its managers, nodes and quotas");
        seen.MapGet("/{id:long}/preflight", LastPreflightAsync).WithSummary("What the last preflight found, with manifests that grant exactly what is missing");
        seen.MapClusterPods();
        var changed = api.MapGroup("/clusters").WithTags("Clusters").RequireScope(TokenScope.Admin);
        changed.MapPost("", AddAsync).WithSummary("Connects a cluster; it must answer, unless \"unchecked\" is true. What is secret is stored encrypted and never shown again");
        changed.MapPut("/{id:long}", SaveAsync).TakesVersion().WithSummary("Changes a cluster; what is left out stays");
        changed.MapDelete("/{id:long}", RemoveAsync).WithSummary("Forgets a cluster; nothing in it is touched");
        changed.MapPost("/{id:long}/preflight", PreflightAsync).WithSummary("Asks the cluster what the portal may do there, and answers as the last preflight does");
    }

    private static async Task<Results<Ok<PageOf<ClusterAnswer>>, ProblemHttpResult>> ListAsync(
        ReadClusters read, InstanceDirectory instances, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors, byNumber: false);
        if (errors.Any) return errors.ToProblem();
        var rows = (await read.ListAsync(of, cancel)).Where(one => paging.After is null || string.CompareOrdinal(one.Cluster.Name, paging.After) > 0)
            .OrderBy(one => one.Cluster.Name, StringComparer.Ordinal).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, ClusterAnswer.Of, one => one.Cluster.Name));
    }

    private static async Task<Results<Ok<ClusterDetail>, ProblemHttpResult>> FindAsync(long id, HttpContext http, ReadClusters read, CancellationToken cancel)
    {
        if (await read.FindAsync(id, cancel) is not { } found) return Problems.NotFound($"cluster {id}");
        http.Response.Headers.ETag = Etags.Of(found.Cluster.Version);
        return TypedResults.Ok(ClusterDetail.Of(found));
    }

    private static async Task<Results<Created<ClusterAnswer>, ProblemHttpResult>> AddAsync(
        ClusterBody body, ClaimsPrincipal caller, HttpContext http, InstanceDirectory instances, ClusterRules rules, ChangeCluster change, ReadClusters read, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(body.Instance, errors);
        var wish = body.Wish(null, rules, errors);
        if (errors.Any) return errors.ToProblem();
        if (!(await change.AddAsync(of, wish, caller.Actor(), cancel)).TryGet(out var added, out var no)) return Problems.Of(no);
        http.Response.Headers.ETag = Etags.Of(added.Version);
        return TypedResults.Created($"/api/v1/clusters/{added.Id}", ClusterAnswer.Of((await read.FindAsync(added.Id, cancel))!));
    }

    private static async Task<Results<Ok<ClusterAnswer>, ProblemHttpResult>> SaveAsync(
        long id, ClusterBody body, ClaimsPrincipal caller, HttpContext http, IClusterStore store, ClusterRules rules, ChangeCluster change, ReadClusters read, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } before) return Problems.NotFound($"cluster {id}");
        if (Etags.Stale(http, Etags.Of(before.Version)) is { } stale) return stale;
        var errors = new RequestErrors();
        if (body.Instance is { } instance && instance != before.Instance.Name) errors.Add("instance", $"Is fixed at {before.Instance}: runners belong to one GitLab. Connect the cluster again for {instance}.");
        var wish = body.Wish(before, rules, errors);
        if (errors.Any) return errors.ToProblem();
        if (!(await change.SaveAsync(id, wish, before.Version, caller.Actor(), cancel)).TryGet(out var saved, out var no))
            return no.Code == "changed-meanwhile" && http.Request.Headers.IfMatch.Count > 0 ? Problems.Of(StatusCodes.Status412PreconditionFailed, no.Code, string.Join(" ", no.Reasons)) : Problems.Of(no);
        http.Response.Headers.ETag = Etags.Of(saved.Version);
        return TypedResults.Ok(ClusterAnswer.Of((await read.FindAsync(id, cancel))!));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(long id, ClaimsPrincipal caller, ChangeCluster change, CancellationToken cancel) =>
        await change.RemoveAsync(id, caller.Actor(), cancel) is Outcome<long>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.NoContent();

    private static async Task<Results<Ok<PreflightAnswer>, ProblemHttpResult>> LastPreflightAsync(long id, IClusterStore store, IPreflightStore reports, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } cluster) return Problems.NotFound($"cluster {id}");
        return await reports.LastAsync(id, cancel) is { } report ? TypedResults.Ok(PreflightAnswer.Of(cluster, report)) : Problems.NotFound($"preflight of cluster {cluster.Name} yet: POST one");
    }

    private static async Task<Results<Ok<PreflightAnswer>, ProblemHttpResult>> PreflightAsync(long id, IClusterStore store, RunPreflight run, CancellationToken cancel)
    {
        if (!(await run.RunAsync(id, cancel)).TryGet(out var report, out var no)) return Problems.Of(no);
        return await store.FindAsync(id, cancel) is { } cluster ? TypedResults.Ok(PreflightAnswer.Of(cluster, report)) : Problems.NotFound($"cluster {id}");
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Clusters;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="TagList">Left out: the opt-in tag for a Kubernetes runner; other roles need it.</param>
/// <param name="Cluster">Its token goes straight into this cluster's Secret and its manager is applied there; left out: the token is in the answer.</param>
/// <param name="Configuration">With a cluster: what its manager is made of.</param>
/// <param name="Revision">Of the configuration; left out: the newest.</param>
/// <param name="OverrideUnverified">Why that configuration goes into production although no verification proves it; needs the scope admin.</param>
public sealed record NewRunnerBody(string? Description, string? Role, IReadOnlyList<string>? TagList, bool? RunUntagged, string? Reason, long? Cluster = null, long? Configuration = null, int? Revision = null, string? OverrideUnverified = null);

/// <param name="Token">The runner's authentication token: shown in this answer and never again.</param>
/// <param name="Warning">What the portal could not write down about it; null when all is well.</param>
public sealed record NewRunnerView(long Id, string Description, RunnerRole Role, IReadOnlyList<string> TagList, bool RunUntagged, bool Paused, string Token, string? Warning);

/// <summary>A new runner comes paused: it takes no job before a plan unpauses it.</summary>
internal static class RegistrationEndpoint
{
    public static void MapRegistration(this IEndpointRouteBuilder api) =>
        api.MapPost("/runners", CreateAsync).RequireScope(TokenScope.Operate).WithTags("Fleet").WithSummary("Registers a paused instance runner in GitLab; its token is in this answer only, or goes straight into a cluster's Secret")
            .WithDescription("With `cluster` and `configuration` it answers 202 with a registration of that cluster to poll: the token is delivered there and shown nowhere.");

    private static async Task<Results<Created<NewRunnerView>, Accepted<RegistrationView>, ProblemHttpResult>> CreateAsync(
        NewRunnerBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IMigrationStore migration, RegisterRunner register, IClusterStore clusters, RegisterInCluster deliver, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var description = errors.Text("description", body.Description, 255);
        if (body.Role is null) errors.Add("role", "Needed: legacy, kubernetes or qa.");
        var role = RunnerQuery.ReadRole(body.Role, errors);
        foreach (var tag in body.TagList ?? [])
            if (string.IsNullOrWhiteSpace(tag) || tag != tag.Trim() || tag.Contains(',') || tag.Length > 255)
                errors.Add("tagList", $"'{tag}' is not one tag: no commas, no spaces around it, 1 to 255 characters.");
        if (body.Cluster is null != body.Configuration is null) errors.Add(body.Cluster is null ? "cluster" : "configuration", "cluster and configuration belong together: the one says where the token goes, the other what its manager is made of.");
        if (body.Cluster is not null && role is not null and not RunnerRole.Kubernetes) errors.Add("role", "A runner of a cluster has the role kubernetes.");
        if (body.Cluster is { } number && await clusters.FindAsync(number, cancel) is { } found && instance is not null && found.Instance != of) errors.Add("instance", $"Cluster {found.Name} takes jobs of {found.Instance}.");
        var vouched = errors.Note(ProductionGuard.Override, body.OverrideUnverified, 500);
        if (errors.Any) return errors.ToProblem();
        if (OverrideRight.Lacking(caller, vouched is null ? null : [ProductionGuard.Override]) is { } lacking) return lacking;
        if (body.Cluster is { } cluster) return await DeliverAsync(body, vouched, cluster, description, caller, http, clusters, migration, deliver, cancel);

        var tags = body.TagList is { } given ? TagSet.Of(given)
            : role == RunnerRole.Kubernetes ? TagSet.Of((await migration.SettingsAsync(of, cancel)).OptInTag)
            : TagSet.Empty;
        var wanted = new NewRunner(description, role!.Value, tags, body.RunUntagged ?? false);
        var outcome = await register.RunAsync(of, wanted, caller.Actor(), body.Reason, cancel);
        if (outcome is not Outcome<RegisteredRunner>.Done { Result: var made }) return Problems.Of(((Outcome<RegisteredRunner>.Refused)outcome).Refusal);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/runners/{made.Id.Number}", new NewRunnerView(made.Id.Number, wanted.Description, wanted.Role, [.. tags], wanted.RunUntagged, true, made.Token, made.Warning));
    }

    private static async Task<Results<Created<NewRunnerView>, Accepted<RegistrationView>, ProblemHttpResult>> DeliverAsync(
        NewRunnerBody body, string? vouched, long id, string description, ClaimsPrincipal caller, HttpContext http, IClusterStore clusters, IMigrationStore migration, RegisterInCluster deliver, CancellationToken cancel)
    {
        if (await clusters.FindAsync(id, cancel) is not { } cluster) return Problems.NotFound($"cluster {id}");
        var tags = body.TagList is { } given ? TagSet.Of(given) : TagSet.Of((await migration.SettingsAsync(cluster.Instance, cancel)).OptInTag);
        var wish = new RegistrationWish(id, body.Configuration!.Value, body.Revision, ApplyWords.Usual, description, tags, body.RunUntagged ?? false, true, ApplyWish.UsualPatience, body.Reason) { OverrideUnverified = vouched };
        if (!(await deliver.RunAsync(wish, caller.Actor(), cancel)).TryGet(out var begun, out var no)) return Problems.Of(no);
        http.Response.Headers.RetryAfter = "3";
        return TypedResults.Accepted($"/api/v1/clusters/{id}/registrations/{begun.Id}", RegistrationView.Of(begun));
    }
}

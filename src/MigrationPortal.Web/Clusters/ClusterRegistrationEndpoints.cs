using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Runners made for a cluster: from GitLab through the Secret to the manager's first contact, or back.</summary>
internal static class ClusterRegistrationEndpoints
{
    public static void MapClusterRegistrations(this IEndpointRouteBuilder api)
    {
        var registrations = api.MapGroup("/clusters/{id:long}/registrations").WithTags("Clusters");
        registrations.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Runners that were registered in the cluster, newest first");
        registrations.MapPost("", BeginAsync).RequireScope(TokenScope.Operate).WithSummary("Makes a runner in GitLab, puts its token straight into the cluster's Secret, applies the configuration and waits for its manager; or undoes all of it")
            .WithDescription("202 with a registration to poll. The token is stored, logged and shown nowhere; a Secret that the portal did not make is never written over.");
        registrations.MapGet("/{number:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("One registration");
        registrations.MapPost("/{number:long}/undo", UndoAsync).RequireScope(TokenScope.Operate).WithSummary("Takes it back: objects, Secret and runner, as long as the runner has no jobs");
    }

    private static async Task<Results<Ok<PageOf<RegistrationView>>, ProblemHttpResult>> ListAsync(long id, IClusterStore clusters, IRegistrationStore registrations, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        if (await clusters.FindAsync(id, cancel) is null) return Problems.NotFound($"cluster {id}");
        return TypedResults.Ok(paging.Page(await registrations.ListAsync(id, paging.Limit + 1, paging.AfterNumber, cancel), RegistrationView.Of, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Accepted<RegistrationView>, ProblemHttpResult>> BeginAsync(long id, RegistrationBody body, ClaimsPrincipal caller, RegisterInCluster register, HttpContext http, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = body.Wish(id, errors);
        if (errors.Any) return errors.ToProblem();
        if (OverrideRight.Lacking(caller, body.OverrideUnverified is null ? null : [ProductionGuard.Override]) is { } lacking) return lacking;
        if (!(await register.RunAsync(wish, caller.Actor(), cancel)).TryGet(out var begun, out var no)) return Problems.Of(no);
        http.Response.Headers.RetryAfter = "3";
        return TypedResults.Accepted(AddressOf(begun), RegistrationView.Of(begun));
    }

    private static async Task<Results<Ok<RegistrationView>, ProblemHttpResult>> GetAsync(long id, long number, IRegistrationStore registrations, CancellationToken cancel) =>
        await registrations.FindAsync(id, number, cancel) is { } found ? TypedResults.Ok(RegistrationView.Of(found)) : Problems.NotFound($"registration {number} of cluster {id}");

    private static async Task<Results<Accepted<RegistrationView>, ProblemHttpResult>> UndoAsync(long id, long number, ReasonOnlyBody body, ClaimsPrincipal caller, UndoRegistration undo, CancellationToken cancel) =>
        (await undo.RunAsync(id, number, caller.Actor(), body.Reason, cancel)).Match<Results<Accepted<RegistrationView>, ProblemHttpResult>>(undoing => TypedResults.Accepted(AddressOf(undoing), RegistrationView.Of(undoing)), no => Problems.Of(no));

    private static string AddressOf(ClusterRegistration one) => $"/api/v1/clusters/{one.Cluster}/registrations/{one.Id}";
}

using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>A revision for whoever manages the cluster.</summary>
/// <param name="Target">Must be <c>export</c>: what the portal applies itself goes by <c>runner-configs/{id}/apply</c>.</param>
/// <param name="Revision">Left out: the newest.</param>
/// <param name="Extras">Of <c>networkPolicy</c>, <c>rbac</c>, <c>quota</c>; left out: the first two.</param>
/// <param name="MergeRequest">Where the portal proposes it; left out: somebody takes the folder.</param>
/// <param name="PatienceSeconds">Until the cluster must match; left out: 604800, a week.</param>
public sealed record ExportBody(string? Target = null, long? Configuration = null, int? Revision = null, IReadOnlyList<string>? Extras = null, MergeRequestBody? MergeRequest = null, int? PatienceSeconds = null, string? Reason = null)
{
    internal ExportWish Wish(long cluster, RequestErrors errors)
    {
        if (Target != "export") errors.Add("target", "Must be export. What the portal applies itself goes by POST runner-configs/{id}/apply.");
        if (Configuration is null) errors.Add("configuration", "Needed: the number of a configuration.");
        return new ExportWish(
            cluster, Configuration ?? 0, Revision, ApplyWords.Extras(Extras, errors), MergeRequest is { } place ? (place.Project ?? 0, place.Branch ?? "", place.Folder ?? "") : null,
            PatienceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : ExportWish.UsualPatience, Reason);
    }
}

/// <param name="Project">GitLab's number of the project, of the cluster's instance.</param>
/// <param name="Branch">That the merge request goes to.</param>
/// <param name="Folder">In the repository; left out: its root.</param>
public sealed record MergeRequestBody(long? Project = null, string? Branch = null, string? Folder = null);

/// <summary>Configurations that are managed elsewhere: as a folder, or as a merge request, and then waited for.</summary>
internal static class ExportEndpoints
{
    private const string Zip = "application/zip";

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runner-configs/{id:long}/export.zip", FolderAsync).RequireScope(TokenScope.Read).WithTags("Clusters").WithSummary("A revision's manifests for a cluster with a README, as a zip: the same revision is the same bytes").Produces<byte[]>(StatusCodes.Status200OK, Zip);
        var applications = api.MapGroup("/clusters/{id:long}/applications").WithTags("Clusters");
        applications.MapPost("", BeginAsync).RequireScope(TokenScope.Operate).WithSummary("Hands a revision over that is managed elsewhere, by a merge request if wished, and waits until the cluster matches")
            .WithDescription("202 with an application that waits. It counts by what is seen in the cluster, whoever applied it.");
        applications.MapGet("/{number:long}/export.zip", ExportAsync).RequireScope(TokenScope.Read).WithSummary("What was handed over, as a zip").Produces<byte[]>(StatusCodes.Status200OK, Zip);
        applications.MapPost("/{number:long}/cancel", CancelAsync).RequireScope(TokenScope.Operate).WithSummary("Ends the waiting, and closes the merge request where it is open");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FolderAsync(long id, long? cluster, int? revision, string[]? extras, ReadRendering renderings, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var chosen = ApplyWords.Extras(extras is { Length: > 0 } ? extras : null, errors);
        if (cluster is null) errors.Add("cluster", "Needed: the number of the cluster that it is for, whose GitLab and namespaces it names.");
        if (errors.Any) return errors.ToProblem();
        return Folder(await renderings.RunAsync(cluster!.Value, id, revision, chosen, cancel));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(long id, long number, IApplicationStore applications, ReadRendering renderings, CancellationToken cancel)
    {
        if (await applications.FindAsync(id, number, cancel) is not { } found) return Problems.NotFound($"application {number} of cluster {id}");
        return Folder(await renderings.RunAsync(found.Cluster, found.Configuration, found.Revision, ExportFolder.Extras(found), cancel));
    }

    private static async Task<Results<Accepted<ApplicationView>, ProblemHttpResult>> BeginAsync(long id, ExportBody body, ClaimsPrincipal caller, ExportRevision hand, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = body.Wish(id, errors);
        if (errors.Any) return errors.ToProblem();
        return (await hand.RunAsync(wish, caller.Actor(), cancel)).Match<Results<Accepted<ApplicationView>, ProblemHttpResult>>(begun => TypedResults.Accepted($"/api/v1/clusters/{id}/applications/{begun.Id}", ApplicationView.Of(begun)), no => Problems.Of(no));
    }

    private static async Task<Results<Ok<ApplicationView>, ProblemHttpResult>> CancelAsync(long id, long number, ReasonOnlyBody body, ClaimsPrincipal caller, CancelExport cancelled, CancellationToken cancel) =>
        (await cancelled.RunAsync(id, number, caller.Actor(), body.Reason, cancel)).Match<Results<Ok<ApplicationView>, ProblemHttpResult>>(ended => TypedResults.Ok(ApplicationView.Of(ended)), no => Problems.Of(no));

    private static Results<FileContentHttpResult, ProblemHttpResult> Folder(Domain.Shared.Outcome<Rendering> rendered) =>
        rendered.Match<Results<FileContentHttpResult, ProblemHttpResult>>(one => TypedResults.File(ExportFolder.Zip(one), Zip, $"runner-config-{one.Configuration}-r{one.Revision}.zip"), no => Problems.Of(no));
}

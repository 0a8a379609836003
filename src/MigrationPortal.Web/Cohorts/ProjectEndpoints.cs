using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <param name="LastExecutor">Family of the executor of the last started job; null when none is known.</param>
public sealed record ProjectView(long Id, string FullPath, string? DefaultBranch, bool Archived, string? LastExecutor, DateTimeOffset? LastStartedAt, long? LastJobId);

/// <summary>Projects: all for those who may read everything, for everybody else those that they maintain.</summary>
internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        var projects = api.MapGroup("/projects").WithTags("Projects").RequireScope(TokenScope.SelfService, TokenScope.Read);
        projects.MapGet("", ListAsync).WithSummary("All projects by path for scope read; else the caller's own");
        projects.MapGet("/{id:long}", GetAsync).WithSummary("One project; somebody else's is not found");
    }

    private static async Task<Results<Ok<PageOf<ProjectView>>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal caller, InstanceDirectory instances, IProjectStore store, IJobReader jobs, OwnProjects own, string? instance, string? q, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors, byNumber: false);
        if (errors.Any) return errors.ToProblem();
        IReadOnlyList<(ProjectId Id, string Path, string? Branch, bool Archived)> rows;
        if (caller.Holds(TokenScope.Read))
        {
            rows = [.. (await store.ListAsync(of, q, paging.Limit + 1, paging.After, cancel)).Select(one => (one.Id, one.Access.FullPath, one.DefaultBranch, one.Archived))];
        }
        else
        {
            if (await own.OfAsync(caller, cancel) is not { } mine) return ProjectDoor.NoSession();
            rows = [.. mine.Where(one => one.Id.Instance == of && (q is null || one.FullPath.Contains(q, StringComparison.OrdinalIgnoreCase)) && string.CompareOrdinal(one.FullPath, paging.After ?? "") > 0)
                .OrderBy(one => one.FullPath, StringComparer.Ordinal).Take(paging.Limit + 1).Select(one => (one.Id, one.FullPath, one.DefaultBranch, one.Archived))];
        }

        var runs = await jobs.LastRunsAsync(of, [.. rows.Select(row => row.Id)], cancel);
        return TypedResults.Ok(paging.Page(rows, row => View(row.Id, row.Path, row.Branch, row.Archived, runs.GetValueOrDefault(row.Id)), row => row.Path));
    }

    private static async Task<Results<Ok<ProjectView>, ProblemHttpResult>> GetAsync(long id, ClaimsPrincipal caller, ProjectDoor door, IJobReader jobs, string? instance, CancellationToken cancel)
    {
        var (found, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        if (no is not null) return no;
        var runs = await jobs.LastRunsAsync(found!.Id.Instance, [found.Id], cancel);
        return TypedResults.Ok(View(found.Id, found.Access.FullPath, found.DefaultBranch, found.Archived, runs.GetValueOrDefault(found.Id)));
    }

    private static ProjectView View(ProjectId id, string path, string? branch, bool archived, LastRun? run) =>
        new(id.Number, path, branch, archived, run?.Executor.Family.ToString().ToLowerInvariant(), run?.StartedAt, run?.Job);
}

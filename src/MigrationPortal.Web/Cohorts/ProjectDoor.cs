using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Lets a caller at a project: whoever may read everything at every one, everybody else at those they maintain. Somebody else's reads like one that is not there.</summary>
public sealed class ProjectDoor(InstanceDirectory instances, IProjectStore store, OwnProjects own)
{
    /// <param name="admin">The scope that opens every project.</param>
    /// <returns>The project, or the answer to give.</returns>
    public async Task<(ObservedProject? Project, ProblemHttpResult? No)> OpenAsync(ClaimsPrincipal caller, long id, string? instance, TokenScope admin, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return (null, errors.ToProblem());
        var project = new ProjectId(of, id);
        if (!caller.Holds(admin))
        {
            if (await own.OfAsync(caller, cancel) is not { } mine) return (null, NoSession());
            if (mine.All(one => one.Id != project)) return (null, Problems.NotFound($"project {id} on {of}"));
        }

        return await store.FindAsync(project, cancel) is { } found ? (found, null) : (null, Problems.NotFound($"project {id} on {of}"));
    }

    internal static ProblemHttpResult NoSession() => OwnNameAnswers.NoSession("projects");
}

using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Lets a caller at a group: whoever may read everything at every one, everybody else at those they own. Somebody else's reads like one that is not there.</summary>
public sealed class GroupDoor(InstanceDirectory instances, IGroupLists groups, OwnGroups own)
{
    /// <param name="admin">The scope that opens every group.</param>
    /// <returns>The group, or the answer to give.</returns>
    public async Task<(KnownGroup? Group, ProblemHttpResult? No)> OpenAsync(ClaimsPrincipal caller, long id, string? instance, TokenScope admin, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return (null, errors.ToProblem());
        var group = new GroupId(of, id);
        if (caller.Holds(admin)) return await groups.FindAsync(group, cancel) is { } found ? (found, null) : (null, Missing(group));
        if (await own.OfAsync(caller, cancel) is not { } mine) return (null, NoSession());
        return mine.FirstOrDefault(one => one.Id == group) is { } owned ? (owned, null) : (null, Missing(group));
    }

    /// <summary>In whose name GitLab is asked: the person's own, else the portal's for an API token that may read everything.</summary>
    public async Task<GitLabCaller> CallerAsync(ClaimsPrincipal caller, CancellationToken cancel) =>
        await own.TokenAsync(caller, cancel) is { } token ? token : new GitLabCaller.Portal(RequestPurpose.Projects);

    internal static ProblemHttpResult NoSession() => OwnNameAnswers.NoSession("groups");

    private static ProblemHttpResult Missing(GroupId group) => Problems.NotFound($"group {group.Number} on {group.Instance}");
}

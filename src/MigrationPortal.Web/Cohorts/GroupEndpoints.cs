using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Groups for their owners: what is in them, what a variable of theirs would do, and moving all of it in their own name.</summary>
internal static class GroupEndpoints
{
    private const int LongestReason = 500;
    private const int LongestKey = 255;

    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/groups").WithTags("Groups");
        groups.MapGet("", ListAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("All groups by path for scope read; else those that the caller owns");
        groups.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("A group with its projects, runners and leading variables; with ?variable= what moving it would do, job by job");
        groups.MapPut("/{id:long}/enrollment", PutAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Sets the group's variable so that all jobs that it leads run on Kubernetes, or gives it back what it was; in the caller's own name at GitLab");
        groups.MapDelete("/{id:long}/enrollment", DeleteAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Gives the group's variable back exactly what it was");
    }

    private static async Task<Results<Ok<PageOf<GroupItem>>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal caller, InstanceDirectory instances, IGroupLists lists, OwnGroups own, string? instance, string? q, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors, byNumber: false);
        if (errors.Any) return errors.ToProblem();
        IReadOnlyList<KnownGroup> rows;
        if (caller.Holds(TokenScope.Read)) rows = await lists.ListAsync(of, q, paging.Limit + 1, paging.After, cancel);
        else if (await own.OfAsync(caller, cancel) is not { } mine) return GroupDoor.NoSession();
        else rows = [.. mine.Where(one => one.Id.Instance == of && (q is null || one.FullPath.Contains(q, StringComparison.OrdinalIgnoreCase)) && string.CompareOrdinal(one.FullPath, paging.After ?? "") > 0).Take(paging.Limit + 1)];
        return TypedResults.Ok(paging.Page(rows, row => new GroupItem(row.Id.Number, row.FullPath), row => row.FullPath));
    }

    private static async Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> GetAsync(
        long id, ClaimsPrincipal caller, GroupDoor door, ReadGroup read, PreviewGroupMove preview, string? variable, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        Check(variable, errors);
        if (errors.Any) return errors.ToProblem();
        var (group, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        if (no is not null) return no;
        var look = await read.RunAsync(group!, cancel);
        if (variable is null) return TypedResults.Ok(GroupAnswer.Of(look, null));
        return (await preview.RunAsync(group!, variable, await door.CallerAsync(caller, cancel), cancel)).Match<Results<Ok<GroupAnswer>, ProblemHttpResult>>(
            seen => TypedResults.Ok(GroupAnswer.Of(look, seen.Plan)), refusal => Problems.Of(refusal));
    }

    private static async Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> PutAsync(
        long id, GroupBody body, ClaimsPrincipal caller, GroupDoor door, ActingSessions acting, MoveGroup move, ReturnGroup back, ReadGroup read, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        if (body.Target is not ("kubernetes" or "default")) errors.Add("target", "Needed: kubernetes or default.");
        if (body.Target == "kubernetes" && body.Variable is null) errors.Add("variable", "Needed: the variable that the jobs' tags name, such as RUNNER_TAG. GET tells which there are.");
        Check(body.Variable, errors);
        if (body.Reason?.Length > LongestReason) errors.Add("reason", $"At most {LongestReason} characters.");
        if (errors.Any) return errors.ToProblem();
        return await ActAsync(id, caller, door, acting, read, instance, (group, token) => body.Target == "default"
            ? back.RunAsync(group, body.Variable, body.Reason, token, caller.Actor(), cancel)
            : move.RunAsync(group, body.Variable!, body.Reason, token, caller.Actor(), cancel), cancel);
    }

    private static async Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> DeleteAsync(
        long id, ClaimsPrincipal caller, GroupDoor door, ActingSessions acting, ReturnGroup back, ReadGroup read, string? variable, string? reason, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        Check(variable, errors);
        if (reason?.Length > LongestReason) errors.Add("reason", $"At most {LongestReason} characters.");
        if (errors.Any) return errors.ToProblem();
        return await ActAsync(id, caller, door, acting, read, instance, (group, token) => back.RunAsync(group, variable, reason, token, caller.Actor(), cancel), cancel);
    }

    private static async Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> ActAsync(
        long id, ClaimsPrincipal caller, GroupDoor door, ActingSessions acting, ReadGroup read, string? instance, Func<KnownGroup, PersonToken, Task<Outcome<GroupMove>>> act, CancellationToken cancel)
    {
        var (group, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        if (await acting.TokenAsync(caller, cancel) is not { } token) return ConsentNeeded();
        return await act(group!, token) is Outcome<GroupMove>.Refused { Refusal: var refusal } ? Problems.Of(refusal) : TypedResults.Ok(GroupAnswer.Of(await read.RunAsync(group!, cancel), null));
    }

    private static void Check(string? variable, RequestErrors errors)
    {
        if (variable is not null && (variable.Length is 0 or > LongestKey || !variable.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
            errors.Add("variable", $"Letters, digits and _, 1 to {LongestKey}.");
    }

    private static ProblemHttpResult ConsentNeeded() => OwnNameAnswers.ConsentNeeded("A group is changed in its owner's own name", "/my-groups");
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <param name="ActiveDays">Only projects that started a job in so many days, 1 to 400; null: all.</param>
/// <param name="CheckOnly">True: hooks are looked at and left as they are.</param>
public sealed record JobHooksBody(int? ActiveDays, bool? CheckOnly);

/// <param name="Wish"><c>check</c>, <c>install</c> or <c>remove</c>.</param>
/// <param name="Projects">That it concerns.</param>
/// <param name="Visited">Of these.</param>
public sealed record HookWishView(string Wish, int? ActiveDays, string By, DateTimeOffset At, bool Stopped, long Projects, long Visited);

/// <param name="Address">Where hooks point.</param>
/// <param name="Missing">Settings without which nothing can be installed.</param>
/// <param name="States">Projects by the state of their hook.</param>
public sealed record JobHooksView(string? Address, IReadOnlyList<string> Missing, HookWishView? Wish, IReadOnlyDictionary<string, long> States);

/// <param name="State"><c>installed</c>, <c>missing</c>, <c>disabled</c>, <c>elsewhere</c>, <c>refused</c> or <c>removed</c>.</param>
/// <param name="Said">GitLab's own words, or what is wrong.</param>
public sealed record ProjectHookView(long ProjectId, string? Path, long? HookId, string? Url, string State, string? Said, DateTimeOffset At)
{
    internal static ProjectHookView Of(ProjectHook one) => new(one.Project.Number, one.Path, one.Hook, one.Url, one.State!.Value.ToString().ToLowerInvariant(), one.Said, one.At!.Value);
}

/// <summary>The portal's job hook in many projects: installed, checked, removed and listed.</summary>
internal static class JobHookEndpoints
{
    public static void MapJobHooks(this IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/webhooks").WithTags("Hooks");
        hooks.MapGet("", GetAsync).RequireScope(TokenScope.Admin).WithSummary("How far the portal's job hooks are");
        hooks.MapPut("", InstallAsync).RequireScope(TokenScope.Admin).WithSummary("Installs or repairs the job hook in many projects, or only checks it; within the request budget");
        hooks.MapDelete("", RemoveAsync).RequireScope(TokenScope.Admin).WithSummary("Removes the job hook wherever the portal knows of one");
        hooks.MapPost("/stop", StopAsync).RequireScope(TokenScope.Admin).WithSummary("Leaves the remaining projects as they are");
        hooks.MapGet("/projects", ListAsync).RequireScope(TokenScope.Admin).WithSummary("The hook of each project that was visited");
    }

    private static async Task<Results<Ok<JobHooksView>, ProblemHttpResult>> GetAsync(
        InstanceDirectory instances, IJobHookStore store, IJobHookSettings settings, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(await ViewAsync(of, store, settings, cancel));
    }

    private static async Task<Results<Accepted<JobHooksView>, ProblemHttpResult>> InstallAsync(
        JobHooksBody body, ClaimsPrincipal caller, InstanceDirectory instances, WishJobHooks wish, IJobHookStore store, IJobHookSettings settings, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.ActiveDays is < 1 or > 400) errors.Add("activeDays", "Must lie between 1 and 400.");
        if (errors.Any) return errors.ToProblem();
        return await AnswerAsync(await wish.RunAsync(of, body.CheckOnly == true ? HookWishKind.Check : HookWishKind.Install, body.ActiveDays, caller.Actor(), cancel), of, store, settings, cancel);
    }

    private static async Task<Results<Accepted<JobHooksView>, ProblemHttpResult>> RemoveAsync(
        ClaimsPrincipal caller, InstanceDirectory instances, WishJobHooks wish, IJobHookStore store, IJobHookSettings settings, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await AnswerAsync(await wish.RunAsync(of, HookWishKind.Remove, null, caller.Actor(), cancel), of, store, settings, cancel);
    }

    private static async Task<Results<Ok<JobHooksView>, ProblemHttpResult>> StopAsync(
        ClaimsPrincipal caller, InstanceDirectory instances, WishJobHooks wish, IJobHookStore store, IJobHookSettings settings, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        await wish.StopAsync(of, caller.Actor(), cancel);
        return TypedResults.Ok(await ViewAsync(of, store, settings, cancel));
    }

    private static async Task<Results<Ok<PageOf<ProjectHookView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IJobHookStore store, bool? troubled, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = await store.ListAsync(of, troubled == true, paging.Limit + 1, paging.AfterNumber, cancel);
        return TypedResults.Ok(paging.Page(rows, ProjectHookView.Of, row => row.Project.Number.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Accepted<JobHooksView>, ProblemHttpResult>> AnswerAsync(
        Outcome<HookWish> outcome, InstanceId of, IJobHookStore store, IJobHookSettings settings, CancellationToken cancel) =>
        outcome is Outcome<HookWish>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.Accepted("/api/v1/webhooks?instance=" + of.Name, await ViewAsync(of, store, settings, cancel));

    private static async Task<JobHooksView> ViewAsync(InstanceId of, IJobHookStore store, IJobHookSettings settings, CancellationToken cancel)
    {
        var setup = settings.Of(of);
        if (await store.WishAsync(of, cancel) is not { } wish) return new JobHooksView(setup.Address, setup.Missing, null, new Dictionary<string, long>());
        var progress = await store.ProgressAsync(wish, cancel);
        return new JobHooksView(
            setup.Address, setup.Missing,
            new HookWishView(wish.Kind.ToString().ToLowerInvariant(), wish.ActiveDays, wish.Who.ToString(), wish.At, wish.Stopped, progress.Projects, progress.Visited),
            progress.States.ToDictionary(one => one.Key.ToString().ToLowerInvariant(), one => one.Value));
    }
}

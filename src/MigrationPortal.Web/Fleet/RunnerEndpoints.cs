using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="Role"><c>legacy</c>, <c>kubernetes</c>, <c>qa</c> or null.</param>
/// <param name="Managed">Only managed runners are ever changed.</param>
public sealed record RoleBody(string? Role, bool? Managed, string? Reason);

/// <param name="Confirmed">How many proposed roles were confirmed as they stood.</param>
public sealed record RolesConfirmed(int Confirmed);

/// <param name="SeenAt">The snapshot that first showed it.</param>
public sealed record RunnerChangeView(long Id, long RunnerId, DateTimeOffset SeenAt, string Attribute, string? From, string? To)
{
    internal static RunnerChangeView Of(RunnerChangeSeen one) => new(one.Id, one.Runner.Number, one.SeenAt, one.Attribute, one.From, one.To);
}

/// <summary>The fleet as last read, and the admins' word on each runner.</summary>
internal static class RunnerEndpoints
{
    public static void MapRunners(this IEndpointRouteBuilder api)
    {
        var runners = api.MapGroup("/runners").WithTags("Fleet");
        runners.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Runners, by id");
        runners.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("One runner with its managers and drift");
        runners.MapGet("/{id:long}/changes", ChangesAsync).RequireScope(TokenScope.Read).WithSummary("What sweeps saw change on it, whoever changed it");
        runners.MapUnmanaged();
        runners.MapFleetQuestions();
        runners.MapPut("/{id:long}/role", SetRoleAsync).RequireScope(TokenScope.Admin).TakesVersion().WithSummary("Says what a runner is and whether it is managed; that confirms the role");
        runners.MapPost("/roles/confirm", ConfirmAsync).RequireScope(TokenScope.Admin).WithSummary("Confirms every proposed role as it stands");
    }

    private static async Task<Results<Ok<PageOf<RunnerView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IFleetStore fleet, ReadMigration migration, ReadDrift read, string? instance, string? role, bool? managed, string? executor, string? tag,
        string? status, bool? untagged, bool? drift, string? q, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var id = instances.Pick(instance, errors);
        var filter = RunnerQuery.Read(role, managed, executor, tag, status, untagged, q, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();

        var drifted = new Dictionary<RunnerId, DriftedRunner>();
        FleetSnapshot? snapshot;
        if (drift is null)
        {
            snapshot = await fleet.LatestAsync(id, cancel);
        }
        else
        {
            // Drift needs the job classes too, which cost more than the runners.
            var context = await migration.LatestAsync(id, cancel);
            snapshot = context?.Observed;
            if (context is not null) drifted = Drift.Of(context).ToDictionary(one => one.Runner.Id);
        }

        var known = drifted.Count == 0 ? null : await read.RunAsync(id, cancel);

        var rows = (snapshot?.Runners ?? [])
            .Where(runner => filter.Keeps(runner) && (drift is null || drifted.ContainsKey(runner.Id) == drift) && runner.Id.Number > (paging.AfterNumber ?? 0))
            .OrderBy(runner => runner.Id.Number)
            .Take(paging.Limit + 1)
            .ToList();
        return TypedResults.Ok(paging.Page(rows, View, runner => runner.Id.Number.ToString(CultureInfo.InvariantCulture)));

        RunnerView View(FleetRunner runner) => known is not null && drifted.TryGetValue(runner.Id, out var differs) ? RunnerView.Of(runner, differs, known) : RunnerView.Of(runner);
    }

    private static async Task<Results<Ok<RunnerDetail>, ProblemHttpResult>> GetAsync(
        long id, HttpContext http, InstanceDirectory instances, ReadMigration migration, ReadDrift read, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var context = await migration.LatestAsync(of, cancel);
        if (context?.Observed.Runners.FirstOrDefault(one => one.Id.Number == id) is not { } runner) return Problems.NotFound($"runner {id} on {of}");
        http.Response.Headers.ETag = Version(runner);
        var drift = Drift.Of(context).FirstOrDefault(one => one.Runner.Id == runner.Id);
        return TypedResults.Ok(new RunnerDetail(
            drift is null ? RunnerView.Of(runner) : RunnerView.Of(runner, drift, await read.RunAsync(of, cancel)), runner.Observed.MaintenanceNote, runner.Observed.CreatedAt,
            [.. runner.Observed.Managers.Select(ManagerView.Of)], [.. runner.Observed.ProjectIds.Order()], [.. runner.Observed.GroupIds.Order()]));
    }

    private static async Task<Results<Ok<PageOf<RunnerChangeView>>, ProblemHttpResult>> ChangesAsync(
        long id, InstanceDirectory instances, IRunnerHistory history, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = await history.ChangesAsync(of, id, paging.Limit + 1, paging.AfterNumber, cancel);
        return TypedResults.Ok(paging.Page(rows, RunnerChangeView.Of, row => row.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<RunnerView>, ProblemHttpResult>> SetRoleAsync(
        long id, RoleBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IFleetStore fleet, SetRole setRole, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var role = RunnerQuery.ReadRole(body.Role, errors);
        if (body.Managed is null) errors.Add("managed", "Needed: true or false.");
        if (errors.Any) return errors.ToProblem();
        if ((await fleet.LatestAsync(of, cancel))?.Runners.FirstOrDefault(one => one.Id.Number == id) is not { } before) return Problems.NotFound($"runner {id} on {of}");
        if (Etags.Stale(http, Version(before)) is { } stale) return stale;

        var outcome = await setRole.RunAsync(before.Id, role, body.Managed!.Value, caller.Actor(), body.Reason, cancel);
        if (outcome is Outcome<RunnerStanding>.Refused { Refusal: var no }) return Problems.Of(no);
        var after = before with { Standing = ((Outcome<RunnerStanding>.Done)outcome).Result };
        http.Response.Headers.ETag = Version(after);
        return TypedResults.Ok(RunnerView.Of(after));
    }

    private static async Task<Results<Ok<RolesConfirmed>, ProblemHttpResult>> ConfirmAsync(
        ClaimsPrincipal caller, InstanceDirectory instances, ConfirmRoles confirm, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await confirm.RunAsync(of, caller.Actor(), cancel) switch
        {
            Outcome<int>.Refused { Refusal: var no } => Problems.Of(no),
            Outcome<int>.Done { Result: var count } => TypedResults.Ok(new RolesConfirmed(count)),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    private static string Version(FleetRunner runner) =>
        Etags.Of(new { runner.Standing, tags = runner.Attributes.Tags.ToArray(), runner.Attributes.RunUntagged, runner.Attributes.Paused });
}

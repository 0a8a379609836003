using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="Reason">Why: it goes into the audit trail.</param>
public sealed record DrainBody(string? Reason, IReadOnlyList<string>? Overrides);

/// <summary>Draining a runner is pausing it, by a plan like every other change: its jobs end by themselves.</summary>
internal static class DrainEndpoint
{
    public static void MapDrain(this IEndpointRouteBuilder api) =>
        api.MapPost("/runners/{id:long}/drain", DrainAsync).RequireScope(TokenScope.Operate).WithTags("Fleet").WithSummary("Plans and applies the pause of one managed runner");

    private static async Task<Results<Accepted<OperationStarted>, ProblemHttpResult>> DrainAsync(
        long id, DrainBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IFleetStore fleet, PlanPhase plan, ApplyPlan apply, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var reason = errors.Text("reason", body.Reason, 2000);
        if (errors.Any) return errors.ToProblem();
        if (OverrideRight.Lacking(caller, body.Overrides) is { } lacking) return lacking;
        if ((await fleet.LatestAsync(of, cancel))?.Runners.Any(one => one.Id.Number == id) != true) return Problems.NotFound($"runner {id} on {of}");
        var made = await plan.RunAsync(of, new PlanTarget.EditRunners([new RunnerEdit(id, null, null, true)]), caller.Actor(), cancel);
        if (made is not Outcome<Plan>.Done { Result: var planned }) return Problems.Of(((Outcome<Plan>.Refused)made).Refusal);
        return OperationAnswers.Started(http, await apply.RunAsync(new ApplyRequest(planned.Id, caller.Actor(), reason, null, body.Overrides ?? [], null), cancel));
    }
}

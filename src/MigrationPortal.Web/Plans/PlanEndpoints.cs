using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <param name="Target">One of: a phase, <c>evacuate</c>, <c>deleteRunners</c>, a tag's decision, or edits of single <c>runners</c>.</param>
public sealed record PlanBody(JsonElement? Target);

/// <param name="Reason">Why: it goes into the audit trail.</param>
/// <param name="Overrides">Blockers waved through by name, such as <c>no-runner:linux</c>.</param>
/// <param name="Confirm">The plan's <c>confirmation</c>, where it has one.</param>
public sealed record ApplyBody(string? Reason, string? ChangeReference, IReadOnlyList<string>? Overrides, string? Confirm);

public sealed record OperationStarted(long OperationId, OperationState State);

/// <param name="Needed">Approvals that the policy asks for.</param>
public sealed record ApprovalView(long PlanId, int Needed, int Counting, bool Satisfied, string Message);

/// <summary>Every change of a runner begins here.</summary>
internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder api)
    {
        var plans = api.MapGroup("/plans").WithTags("Plans");
        plans.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Plans, newest first");
        plans.MapPost("", MakeAsync).RequireScope(TokenScope.Operate).WithSummary("Computes a plan with its blast radius from the fleet as it is now; changes nothing");
        plans.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("One plan");
        plans.MapGet("/{id:long}.md", SheetAsync).RequireScope(TokenScope.Read).Produces<string>(StatusCodes.Status200OK, "text/markdown").WithSummary("One plan as one page of Markdown, for a change board");
        plans.MapGet("/{id:long}/break-glass", ScriptAsync).RequireScope(TokenScope.Operate).Produces<string>(StatusCodes.Status200OK, "text/x-shellscript").WithSummary("A script that restores what the plan would change, without the portal");
        plans.MapPost("/{id:long}/approve", ApproveAsync).RequireScope(TokenScope.Approve).WithSummary("Approves a plan; it is bound to the plan and ends with it");
        plans.MapPost("/{id:long}/apply", ApplyAsync).RequireScope(TokenScope.Operate).WithSummary("Starts the operation that carries a plan out");
    }

    private static async Task<Results<Ok<PageOf<PlanSummary>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IPlanStore store, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = await store.NewestAsync(of, paging.Limit + 1, paging.AfterNumber, cancel);
        return TypedResults.Ok(paging.Page(rows, PlanSummary.Of, plan => plan.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<PlanView>, ProblemHttpResult>> MakeAsync(
        PlanBody body, ClaimsPrincipal caller, InstanceDirectory instances, PlanPhase plan, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var target = TargetField.Read(body.Target, errors);
        if (errors.Any || target is null) return errors.ToProblem();
        return await plan.RunAsync(of, target, caller.Actor(), cancel) switch
        {
            Outcome<Plan>.Done { Result: var made } => TypedResults.Created($"/api/v1/plans/{made.Id}", PlanView.Of(made)),
            Outcome<Plan>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> GetAsync(long id, IPlanStore store, CancellationToken cancel) =>
        await store.FindAsync(id, cancel) is { } plan ? TypedResults.Ok(PlanView.Of(plan)) : Problems.NotFound($"plan {id}");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> SheetAsync(long id, ClaimsPrincipal caller, ReadPlanSheet read, CancellationToken cancel) =>
        await read.RunAsync(id, caller.Actor(), cancel) is { } sheet ? TypedResults.Text(PlanMarkdown.Of(sheet), PlanMarkdown.Type) : Problems.NotFound($"plan {id}");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ScriptAsync(long id, IPlanStore store, InstanceDirectory instances, CancellationToken cancel) =>
        await store.FindAsync(id, cancel) is { } plan && instances.Find(plan.Instance) is { } instance
            ? TypedResults.Text(BreakGlassScript.For(plan, new Uri(instance.Url)), "text/x-shellscript")
            : Problems.NotFound($"plan {id}");

    private static async Task<Results<Ok<ApprovalView>, ProblemHttpResult>> ApproveAsync(
        long id, ClaimsPrincipal caller, ApprovePlan approve, ApprovalGuard guard, IApprovalStore approvals, CancellationToken cancel)
    {
        if (await approve.RunAsync(id, caller.Actor(), cancel) is not Outcome<Plan>.Done { Result: var plan }) return Problems.NotFound($"plan {id}");
        var policy = await guard.PolicyAsync(plan, cancel) ?? ApprovalPolicy.None;
        var given = policy.Counting(plan, await approvals.OfPlanAsync(id, cancel)).Count;
        return TypedResults.Ok(new ApprovalView(plan.Id, policy.Needed, given, given >= policy.Needed, (policy.Needed, given >= policy.Needed) switch
        {
            (0, _) => "Written into the audit trail. The policy asks for no approval: this plan can be applied as it is.",
            (_, true) => "It has all approvals that the policy asks for.",
            _ => $"It has {given} of {policy.Needed} approvals that count.",
        }));
    }

    private static async Task<Results<Accepted<OperationStarted>, ProblemHttpResult>> ApplyAsync(
        long id, ApplyBody body, HttpContext http, ClaimsPrincipal caller, ApplyPlan apply, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var reason = errors.Note("reason", body.Reason, 2000);
        var reference = errors.Note("changeReference", body.ChangeReference, 200);
        if (errors.Any) return errors.ToProblem();
        if (OverrideRight.Lacking(caller, body.Overrides) is { } no) return no;
        var request = new ApplyRequest(id, caller.Actor(), reason ?? "", reference, body.Overrides ?? [], body.Confirm);
        return OperationAnswers.Started(http, await apply.RunAsync(request, cancel));
    }
}

/// <summary>Reads <c>target</c>; each error keeps its field.</summary>
internal static class TargetField
{
    public static PlanTarget? Read(JsonElement? target, RequestErrors errors)
    {
        if (target is not { } given)
        {
            errors.Add("target", "Needed: an object such as {\"phase\":\"prepare\"} or {\"evacuate\":\"kubernetes\"}.");
            return null;
        }

        if (PlanTargetJson.Read(given) is Outcome<PlanTarget>.Done { Result: var read }) return read;
        foreach (var reason in ((Outcome<PlanTarget>.Refused)PlanTargetJson.Read(given)).Refusal.Reasons)
        {
            var colon = reason.IndexOf(": ", StringComparison.Ordinal);
            errors.Add(colon > 0 ? reason[..colon] : "target", colon > 0 ? reason[(colon + 2)..] : reason);
        }

        return null;
    }
}

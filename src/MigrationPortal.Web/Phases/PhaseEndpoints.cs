using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>The rail: where the migration stands, what each phase wants, and the settings that it rests on.</summary>
internal static class PhaseEndpoints
{
    private static readonly (string Word, FlipMode Value)[] Modes = [("manual", FlipMode.Manual), ("scheduled", FlipMode.Scheduled), ("automatic", FlipMode.Automatic)];

    public static void MapPhases(this IEndpointRouteBuilder api)
    {
        var phases = api.MapGroup("/phases").WithTags("Phases");
        phases.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The six phases in order");
        phases.MapGet("/{key}", GetAsync).RequireScope(TokenScope.Read).WithSummary("One phase: desired state, what it would change, what blocks it");
        phases.MapGet("/{key}/policy", PolicyAsync).RequireScope(TokenScope.Read).WithSummary("What holds for a phase");
        phases.MapPut("/{key}/policy", SetPolicyAsync).RequireScope(TokenScope.Admin).TakesVersion().WithSummary("Sets how the phase's steps are taken and judged; also its tag where it has one");
    }

    private static async Task<Results<Ok<PageOf<PhaseView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IMigrationStore migration, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var state = await migration.StateAsync(of, cancel);
        return TypedResults.Ok(new PageOf<PhaseView>([.. Enum.GetValues<Phase>().Select(phase => View(phase, state))], null));
    }

    private static async Task<Results<Ok<PhaseDetail>, ProblemHttpResult>> GetAsync(
        string key, HttpContext http, InstanceDirectory instances, ReadMigration migration, string? instance, CancellationToken cancel)
    {
        if (PhaseKeys.Parse(key) is not { } phase) return Unknown(key);
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await migration.LatestAsync(of, cancel) is not { } context)
            return Problems.Of(Refusal.Of("no-snapshot", $"{of} has not been read yet: wait for the first fleet sweep."));
        http.Response.Headers.ETag = Etags.Of(context.Settings.Version);
        var desire = DesiredState.Of(new PlanTarget.ToPhase(phase, null, null), context);
        var runners = context.Fleet.Runners.ToDictionary(runner => runner.Id);
        var rows = desire.Runners.Select(one => (one, runner: runners[one.Runner])).OrderBy(row => row.one.Runner.Number).Select(row => new DesiredView(
            row.one.Runner.Number, row.runner.Observed.Description, row.runner.Standing.Role?.ToString().ToLowerInvariant(),
            [.. row.one.Attributes.Tags], row.one.Attributes.RunUntagged, row.one.Attributes.Paused, row.one.Attributes != row.runner.Attributes, row.one.Why)).ToList();
        return TypedResults.Ok(new PhaseDetail(
            View(phase, context.State), rows, rows.Count(row => row.Differs), desire.Warnings, desire.Blockers, PolicyView.Of(phase, context.Settings)));
    }

    private static async Task<Results<Ok<PolicyView>, ProblemHttpResult>> PolicyAsync(
        string key, HttpContext http, InstanceDirectory instances, IMigrationStore migration, string? instance, CancellationToken cancel)
    {
        if (PhaseKeys.Parse(key) is not { } phase) return Unknown(key);
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var settings = await migration.SettingsAsync(of, cancel);
        http.Response.Headers.ETag = Etags.Of(settings.Version);
        return TypedResults.Ok(PolicyView.Of(phase, settings));
    }

    private static async Task<Results<Ok<PolicyView>, ProblemHttpResult>> SetPolicyAsync(
        string key, PolicyBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IMigrationStore migration,
        SetOptInTag optIn, SetFallbackTag fallback, SetPhasePolicy policies, ChangeSettings change, IExternalGateStore external, string? instance, CancellationToken cancel)
    {
        if (PhaseKeys.Parse(key) is not { } phase) return Unknown(key);
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.KeepOptInTag is not null && phase != Phase.RetireOptInTag)
            errors.Add("keepOptInTag", $"Belongs to '{Phase.RetireOptInTag.Key()}'. Leave it out here.");
        if (body.OptInTag is not null && phase != Phase.OptIn)
            errors.Add("optInTag", $"Belongs to '{Phase.OptIn.Key()}', which announces it. Leave it out here.");
        if (body.FallbackTag is not null && phase != Phase.Prepare)
            errors.Add("fallbackTag", $"Belongs to '{Phase.Prepare.Key()}', which gives it. Leave it out here.");
        var mode = errors.OneOf("automation", body.Automation, Modes);
        if (!errors.Any)
        {
            var wish = body.Edit((await migration.SettingsAsync(of, cancel)).PolicyOf(phase), mode);
            var known = body.Gates?.ExternalGates is null ? wish.Gates.External : [.. (await external.ListAsync(of, cancel)).Select(gate => gate.Name)];
            foreach (var nobody in wish.Gates.External.Except(known, StringComparer.Ordinal)) errors.Add("gates.externalGates", $"There is no external gate '{nobody}': add it first.");
            foreach (var (property, sentence) in wish.Gates.Problems()) errors.Add(GatePolicyBody.FieldOf(property), sentence);
            foreach (var (property, sentence) in wish.Approvals.Problems()) errors.Add(property == nameof(ApprovalPolicy.Needed) ? "approvalsNeeded" : char.ToLowerInvariant(property[0]) + property[1..], sentence);
        }

        if (errors.Any) return errors.ToProblem();
        if (Etags.Stale(http, Etags.Of((await migration.SettingsAsync(of, cancel)).Version)) is { } stale) return stale;

        if (body.OptInTag is { } announced && await optIn.RunAsync(of, announced, caller.Actor(), cancel) is Outcome<MigrationSettings>.Refused { Refusal: var not }) return Problems.Of(not);
        if (body.FallbackTag is { } tag && await fallback.RunAsync(of, tag, caller.Actor(), cancel) is Outcome<MigrationSettings>.Refused { Refusal: var no }) return Problems.Of(no);
        if (mode is not null || body is not { GatesBind: null, Gates: null, ApprovalsNeeded: null, Approvers: null, ChangeReference: null, HealDrift: null, AnnounceSteps: null })
        {
            var edited = await policies.RunAsync(of, phase, before => body.Edit(before, mode), caller.Actor(), cancel);
            if (edited is Outcome<MigrationSettings>.Refused { Refusal: var wrong }) return Problems.Of(wrong);
        }

        if (body.KeepOptInTag is { } keep)
            await change.RunAsync(of, caller.Actor(), "settings.keep-opt-in-tag", "settings", before => before with { KeepOptInTag = keep }, one => new { one.KeepOptInTag }, cancel);
        var settings = await migration.SettingsAsync(of, cancel);
        http.Response.Headers.ETag = Etags.Of(settings.Version);
        return TypedResults.Ok(PolicyView.Of(phase, settings));
    }

    private static PhaseView View(Phase phase, PhaseState state) => new(
        phase.Key(), (int)phase, phase.Title(), StateOf(phase, state.Current?.Phase), [.. NextStep.StepsOf(phase).Select(StepView.Of)],
        [.. state.History.Where(one => one.Phase == phase).Select(ReachedView.Of)], []);

    private static string StateOf(Phase phase, Phase? current)
    {
        if (current == phase) return "current";
        if (current > phase) return "done";
        return phase == (current is null ? Phase.Prepare : current + 1) ? "next" : "later";
    }

    private static ProblemHttpResult Unknown(string key) =>
        Problems.NotFound($"phase '{key}'. The phases are {string.Join(", ", Enum.GetValues<Phase>().Select(phase => phase.Key()))}");
}

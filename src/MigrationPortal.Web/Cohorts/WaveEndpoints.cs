using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Enlargements of a cohort: seen before they are sent.</summary>
internal static class WaveEndpoints
{
    public static void MapWaves(this IEndpointRouteBuilder cohorts)
    {
        var waves = cohorts.MapGroup("/{id:long}/waves").RequireScope(TokenScope.Operate);
        waves.MapPost("", PlanAsync).WithSummary("Plans a wave and shows whom it would reach; with dryRun=true it only shows");
        waves.MapPost("/{number:int}/preview", PreviewAsync).WithSummary("Shows whom a planned wave would reach now");
        waves.MapPost("/{number:int}/send", SendAsync).WithSummary("Invites the people of the wave, each once");
        waves.MapPost("/{number:int}/close", CloseAsync).WithSummary("Gives up a wave that is not sent, or ends one that is");
    }

    private static async Task<Results<Created<PlannedWave>, Ok<PlannedWave>, ProblemHttpResult>> PlanAsync(
        long id, WaveBody body, ClaimsPrincipal caller, InstanceDirectory instances, PreviewWave use, string? instance, bool? dryRun, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.Percent is null) errors.Add("percent", "Needed: above 0, at most 100.");
        var start = errors.OneOf("start", body.Start, WaveView.Starts) ?? WaveStart.ByHand;
        var due = errors.Time("dueAt", body.DueAt);
        if (errors.Any) return errors.ToProblem();
        if (dryRun == true)
        {
            var dry = await use.DryAsync(of, id, body.Percent!.Value, cancel);
            return dry is Outcome<WavePreview>.Done { Result: var shown } ? TypedResults.Ok(new PlannedWave(null, WavePreviewView.Of(shown))) : Problems.Of(((Outcome<WavePreview>.Refused)dry).Refusal);
        }

        var planned = await use.PlanAsync(of, id, body.Percent!.Value, start, due, caller.Actor(), cancel);
        if (planned is not Outcome<Wave>.Done { Result: var wave }) return Problems.Of(((Outcome<Wave>.Refused)planned).Refusal);
        // Whoever plans sees the preview in the answer.
        var seen = await use.RunAsync(of, id, wave.Number, caller.Actor(), cancel);
        return seen is Outcome<(Wave Wave, WavePreview Preview)>.Done { Result: var result }
            ? TypedResults.Created($"/api/v1/cohorts/{id}", new PlannedWave(WaveView.Of(result.Wave), WavePreviewView.Of(result.Preview)))
            : Problems.Of(((Outcome<(Wave Wave, WavePreview Preview)>.Refused)seen).Refusal);
    }

    private static async Task<Results<Ok<PlannedWave>, ProblemHttpResult>> PreviewAsync(
        long id, int number, ClaimsPrincipal caller, InstanceDirectory instances, PreviewWave use, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var seen = await use.RunAsync(of, id, number, caller.Actor(), cancel);
        return seen is Outcome<(Wave Wave, WavePreview Preview)>.Done { Result: var result }
            ? TypedResults.Ok(new PlannedWave(WaveView.Of(result.Wave), WavePreviewView.Of(result.Preview)))
            : Problems.Of(((Outcome<(Wave Wave, WavePreview Preview)>.Refused)seen).Refusal);
    }

    private static async Task<Results<Ok<WaveSentView>, ProblemHttpResult>> SendAsync(
        long id, int number, ClaimsPrincipal caller, InstanceDirectory instances, SendWave send, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await send.RunAsync(of, id, number, caller.Actor(), cancel) switch
        {
            Outcome<WaveSent>.Done { Result: var sent } => TypedResults.Ok(new WaveSentView(WaveView.Of(sent.Wave), sent.Invited, sent.People, CohortEndpoints.Numbers(sent.Unreachable))),
            Outcome<WaveSent>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    private static async Task<Results<Ok<WaveView>, ProblemHttpResult>> CloseAsync(
        long id, int number, ReasonBody? body, ClaimsPrincipal caller, InstanceDirectory instances, PreviewWave use, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var reason = errors.Note("reason", body?.Reason, Cohort.LongestReason);
        if (errors.Any) return errors.ToProblem();
        return await use.CloseAsync(of, id, number, reason, caller.Actor(), cancel) switch
        {
            Outcome<Wave>.Done { Result: var closed } => TypedResults.Ok(WaveView.Of(closed)),
            Outcome<Wave>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }
}

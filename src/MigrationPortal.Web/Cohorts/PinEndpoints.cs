using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <param name="Verified">A job ran on docker by the fallback tag, and the newest look at the CI file still finds it. Only then the project is held back.</param>
/// <param name="Why">Why it is not held back; null when it is.</param>
/// <param name="Until">Its end; null: none.</param>
/// <param name="Over">The end has come and the change is still in.</param>
/// <param name="Jobs">That it keeps on docker, as far as they are known.</param>
/// <param name="VerifiedBy">What showed it the last time, such as a job; null: nothing has yet.</param>
/// <param name="Reason">Of its last change, such as another end.</param>
public sealed record PinView(
    long ProjectId, string FullPath, string State, bool Verified, string? Why, DateTimeOffset? Until, bool Over, IReadOnlyList<string> Jobs, string? VerifiedBy, DateTimeOffset? VerifiedAt, string? Reason)
{
    internal static PinView Of(Pin pin, DateTimeOffset now) => new(
        pin.Enrollment.Project.Number, pin.Path, pin.Enrollment.State.Word(), pin.IsVerified, pin.WhyNot, pin.Enrollment.Until, pin.IsOver(now), pin.Jobs, pin.Shown?.Reason, pin.Shown?.At, pin.Enrollment.Reason);
}

/// <param name="Until">The new end, within a year; a time that has passed ends the pin now.</param>
public sealed record PinBody(DateTimeOffset? Until, string? Reason);

/// <summary>Projects that stay on docker while all others move, and when each of them ends.</summary>
internal static class PinEndpoints
{
    public static void MapPins(this IEndpointRouteBuilder api)
    {
        var pins = api.MapGroup("/pins").WithTags("Cohorts");
        pins.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Every project that is or wants to be pinned to docker, with whether it is held back and until when");
        pins.MapPut("/{id:long}", PutAsync).RequireScope(TokenScope.Admin).WithSummary("Gives a project's pin another end: more time, or none any more");
    }

    private static async Task<Results<Ok<IReadOnlyList<PinView>>, ProblemHttpResult>> ListAsync(InstanceDirectory instances, ReadPins read, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return TypedResults.Ok<IReadOnlyList<PinView>>([.. (await read.RunAsync(of, cancel)).Select(pin => PinView.Of(pin, clock.Now(of)))]);
    }

    private static async Task<Results<Ok<PinView>, ProblemHttpResult>> PutAsync(
        long id, PinBody body, ClaimsPrincipal caller, InstanceDirectory instances, ChangePin change, ReadPins read, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.Until is null) errors.Add("until", "Needed: the new end of the pin. A time that has passed ends it now.");
        var reason = errors.Text("reason", body.Reason, Cohort.LongestReason);
        if (errors.Any) return errors.ToProblem();
        if (await change.RunAsync(new ProjectId(of, id), body.Until!.Value, reason, caller.Actor(), cancel) is Outcome<Enrollment>.Refused { Refusal: var no }) return Problems.Of(no);
        return (await read.RunAsync(of, cancel)).FirstOrDefault(pin => pin.Enrollment.Project.Number == id) is { } changed ? TypedResults.Ok(PinView.Of(changed, clock.Now(of))) : Problems.NotFound($"pin of project {id} on {of}");
    }
}

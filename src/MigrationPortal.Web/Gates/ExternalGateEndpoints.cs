using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>Gates outside of the portal: their configuration, for administrators.</summary>
internal static class ExternalGateEndpoints
{
    private static readonly (string, bool)[] Kinds = [("promql", true), ("post", false)];

    public static void MapExternalGates(this IEndpointRouteBuilder gates)
    {
        var external = gates.MapGroup("/external");
        external.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The external gates; a phase's policy names those that judge its steps");
        external.MapPost("", AddAsync).RequireScope(TokenScope.Admin).WithSummary("Adds an external gate; the signing secret of posted answers is in this answer only");
        external.MapPut("/{name}", SaveAsync).RequireScope(TokenScope.Admin).TakesVersion().WithSummary("Changes the query of an external gate; what is left out stays");
        external.MapDelete("/{name}", RemoveAsync).RequireScope(TokenScope.Admin).WithSummary("Removes an external gate; a policy that names it then reads unknown, which holds");
        external.MapPost("/{name}/secret", RotateAsync).RequireScope(TokenScope.Admin).WithSummary("Makes a new signing secret; the old one proves nothing from now on");
        external.MapPost("/{name}/test", TestAsync).RequireScope(TokenScope.Admin).WithSummary("Asks the external gate now, and stores nothing");
    }

    private static async Task<Results<Ok<PageOf<ExternalGateView>>, ProblemHttpResult>> ListAsync(InstanceDirectory instances, IExternalGateStore store, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(new PageOf<ExternalGateView>([.. (await store.ListAsync(of, cancel)).Select(one => ExternalGateView.Of(one))], null));
    }

    private static async Task<Results<Created<ExternalGateView>, ProblemHttpResult>> AddAsync(
        ExternalGateBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, ChangeExternalGates change, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (ExternalGate.NameProblem(body.Name) is { } wrong) errors.Add("name", wrong);
        var asks = errors.OneOf("kind", body.Kind, Kinds);
        if (body.Kind is null) errors.Add("kind", "Needed: promql or post.");
        var query = asks == true ? ExternalWords.Query(body.Url, body.Query, errors.OneOf("passes", body.Passes ?? "", ExternalWords.Comparisons) ?? default, body.Threshold, body.TimeoutSeconds, errors) : null;
        if (asks == false)
            foreach (var (field, given) in new (string, object?)[] { ("url", body.Url), ("query", body.Query), ("passes", body.Passes), ("threshold", body.Threshold), ("timeoutSeconds", body.TimeoutSeconds) })
                if (given is not null) errors.Add(field, "Belongs to kind promql. Leave it out.");
        if (asks is not null && ChangeExternalGates.TokenProblem(body.Token, query) is { } not) errors.Add("token", not);
        if (errors.Any) return errors.ToProblem();
        switch (await change.AddAsync(of, body.Name!, query, body.Token, caller.Actor(), cancel))
        {
            case Outcome<ExternalGateChanged>.Done { Result: var added }:
                http.Response.Headers.CacheControl = "no-store";
                return TypedResults.Created($"/api/v1/gates/external/{added.Gate.Name}", ExternalGateView.Of(added.Gate, added.MadeSecret));
            case Outcome<ExternalGateChanged>.Refused { Refusal: var no }:
                return Problems.Of(no);
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    private static async Task<Results<Ok<ExternalGateView>, ProblemHttpResult>> SaveAsync(
        string name, ExternalGateEdit body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IExternalGateStore store, ChangeExternalGates change, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(of, name, cancel) is not { } before) return Problems.NotFound($"external gate '{name}'");
        if (Etags.Stale(http, Etags.Of(before.Version)) is { } stale) return stale;
        var was = before.Query ?? new PromQuery("https://posted", "posted", default, 0, PromQuery.UsualTimeout);
        var query = ExternalWords.Query(
            body.Url ?? was.Url, body.Query ?? was.Expression, errors.OneOf("passes", body.Passes, ExternalWords.Comparisons) ?? was.Passes, body.Threshold ?? was.Threshold, body.TimeoutSeconds ?? was.Timeout, errors);
        if (ChangeExternalGates.TokenProblem(body.Token, query) is { } not) errors.Add("token", not);
        return errors.Any ? errors.ToProblem() : Answer(http, await change.SaveAsync(of, name, query, body.Token, caller.Actor(), cancel));
    }

    private static async Task<Results<Ok<ExternalGateView>, ProblemHttpResult>> RotateAsync(
        string name, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, ChangeExternalGates change, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        http.Response.Headers.CacheControl = "no-store";
        return Answer(http, await change.RotateAsync(of, name, caller.Actor(), cancel));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string name, ClaimsPrincipal caller, InstanceDirectory instances, ChangeExternalGates change, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await change.RemoveAsync(of, name, caller.Actor(), cancel) is Outcome<string>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ExternalTestView>, ProblemHttpResult>> TestAsync(
        string name, InstanceDirectory instances, IExternalGateStore store, AskExternalGates ask, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(of, name, cancel) is not { } gate) return Problems.NotFound($"external gate '{name}'");
        var (verdict, value, sentence) = ExternalsGate.Of(await ask.OneAsync(gate, cancel), clock.Now(of));
        return TypedResults.Ok(new ExternalTestView(verdict.Word(), value, sentence));
    }

    private static Results<Ok<ExternalGateView>, ProblemHttpResult> Answer(HttpContext http, Outcome<ExternalGateChanged> outcome)
    {
        if (outcome is not Outcome<ExternalGateChanged>.Done { Result: var changed }) return Problems.Of(((Outcome<ExternalGateChanged>.Refused)outcome).Refusal);
        http.Response.Headers.ETag = Etags.Of(changed.Gate.Version);
        return TypedResults.Ok(ExternalGateView.Of(changed.Gate, changed.MadeSecret));
    }
}

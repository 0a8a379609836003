using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <param name="JobsPerDay">That will fail.</param>
/// <param name="Jobs">As its CI file names them.</param>
/// <param name="Rules">That say so.</param>
/// <param name="AskedAt">Null: nobody was asked yet.</param>
/// <param name="Asked">GitLab's numbers of those who were asked last.</param>
/// <param name="Times">How often it was asked.</param>
public sealed record UnansweredView(long ProjectId, string FullPath, double JobsPerDay, IReadOnlyList<string> Jobs, IReadOnlyList<string> Rules, DateTimeOffset? AskedAt, IReadOnlyList<long> Asked, int Times)
{
    internal static UnansweredView Of(UnansweredProject one) =>
        new(one.Project.Number, one.Path, one.JobsPerDay, one.Jobs, one.Rules, one.Last?.At, [.. (one.Last?.People ?? []).Select(person => person.Number)], one.Last?.Times ?? 0);
}

/// <param name="ProjectIds">Null: all that have not answered.</param>
public sealed record OfferBody(IReadOnlyList<long>? ProjectIds);

/// <param name="Projects">Whose people are asked now.</param>
/// <param name="AskedLately">Projects that were asked within a week, and are not asked again.</param>
/// <param name="Left">Projects beyond what is asked at one time: send again.</param>
/// <param name="Unreachable">Projects that have nobody to ask.</param>
public sealed record OffersSentView(int Projects, int People, int AskedLately, int Left, IReadOnlyList<long> Unreachable);

/// <summary>Projects whose jobs will fail at the takeover and whose people have not been heard.</summary>
internal static class UnansweredEndpoints
{
    private const int MostNamed = 1000;

    public static void MapUnanswered(this IEndpointRouteBuilder api)
    {
        var unanswered = api.MapGroup("/readiness/unanswered").WithTags("Readiness");
        unanswered.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Projects with jobs that are predicted to fail and that have neither pinned, acknowledged nor answered; most failing jobs first");
        unanswered.MapPost("/offers", OfferAsync).RequireScope(TokenScope.Admin).WithSummary("Offers their people the remedy or a pin: once a project and week");
    }

    private static async Task<Results<Ok<IReadOnlyList<UnansweredView>>, ProblemHttpResult>> ListAsync(InstanceDirectory instances, ReadUnanswered read, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Ok<IReadOnlyList<UnansweredView>>([.. (await read.RunAsync(of, cancel)).Select(UnansweredView.Of)]);
    }

    private static async Task<Results<Ok<OffersSentView>, ProblemHttpResult>> OfferAsync(OfferBody body, ClaimsPrincipal caller, InstanceDirectory instances, SendOffers send, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.ProjectIds is { Count: 0 or > MostNamed }) errors.Add("projectIds", $"1 to {MostNamed} projects; left out: all that have not answered.");
        if (errors.Any) return errors.ToProblem();
        return await send.RunAsync(of, body.ProjectIds?.Select(one => new ProjectId(of, one)).ToHashSet(), caller.Actor(), cancel) switch
        {
            Outcome<OffersSent>.Done { Result: var sent } => TypedResults.Ok(new OffersSentView(sent.Asked, sent.People, sent.AskedLately, sent.Left, [.. sent.Unreachable.Select(one => one.Number)])),
            Outcome<OffersSent>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }
}

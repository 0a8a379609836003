using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <param name="By">The way that its change came by, and is taken out by.</param>
/// <param name="Jobs">Whose tags change.</param>
/// <param name="WhyNot">A sentence for each job in the way; empty: it can graduate.</param>
/// <param name="SaidNo">Its people closed the merge request, or GitLab refused: asked again when graduation is started anew.</param>
public sealed record GraduatingProject(long ProjectId, string FullPath, string? By, bool CanGraduate, int Jobs, IReadOnlyList<string> WhyNot, bool SaidNo);

/// <param name="Started">An admin has started it; it goes on as long as automation is on.</param>
/// <param name="MostOpen">Merge requests that wait for their people at one time; null: it is not started.</param>
/// <param name="Ready">Of <paramref name="Projects"/>, those that can graduate now.</param>
/// <param name="UnderWay">Projects whose opt-in is being taken out.</param>
/// <param name="Pinned">Projects that stay on docker: their pins end first.</param>
/// <param name="Graduated">Projects in which nothing of the portal's is left.</param>
public sealed record GraduationView(bool Started, DateTimeOffset? StartedAt, string? StartedBy, int? MostOpen, bool Complete, int Ready, int UnderWay, int Pinned, int Graduated, IReadOnlyList<GraduatingProject> Projects)
{
    internal static GraduationView Of(GraduationOutlook outlook) => new(
        outlook.Order is not null, outlook.Order?.At, outlook.Order?.By.ToString(), outlook.Order?.MostOpen, outlook.IsComplete, outlook.Moved.Count(one => one.CanGraduate), outlook.UnderWay.Count, outlook.Pinned, outlook.Graduated,
        [.. outlook.Moved.Select(one => new GraduatingProject(one.Enrollment.Project.Number, one.Path, one.Enrollment.Way?.Word(), one.CanGraduate, one.Jobs, one.WhyNot, one.SaidNo))]);
}

/// <param name="MostOpen">Merge requests open at one time; left out: 20.</param>
public sealed record GraduationBody(int? MostOpen, string? Reason);

/// <summary>Takes the opt-in out of every moved project, from the phase docker fallback on.</summary>
internal static class GraduationEndpoints
{
    internal const int UsuallyOpen = 20;

    public static void MapGraduation(this IEndpointRouteBuilder api)
    {
        var graduation = api.MapGroup("/cohorts/graduation").WithTags("Cohorts");
        graduation.MapGet("", GetAsync).RequireScope(TokenScope.Read).WithSummary("Which moved projects can graduate and how, and what is in the way of the others");
        graduation.MapPost("", StartAsync).RequireScope(TokenScope.Admin).WithSummary("Starts it: a few projects at a time, by the portal's own hand, as long as automation is on");
        graduation.MapDelete("", StopAsync).RequireScope(TokenScope.Admin).WithSummary("Stops it; what is under way goes on");
    }

    private static async Task<Results<Ok<GraduationView>, ProblemHttpResult>> GetAsync(InstanceDirectory instances, ReadGraduation read, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(GraduationView.Of(await read.RunAsync(of, cancel)));
    }

    private static async Task<Results<Ok<GraduationView>, ProblemHttpResult>> StartAsync(
        GraduationBody body, ClaimsPrincipal caller, InstanceDirectory instances, RunGraduation run, ReadGraduation read, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.MostOpen is < 1 or > RunGraduation.MostOpenAtAll) errors.Add("mostOpen", $"Must be 1 to {RunGraduation.MostOpenAtAll}: merge requests that wait for their people at one time.");
        var reason = errors.Text("reason", body.Reason, Cohort.LongestReason);
        if (errors.Any) return errors.ToProblem();
        if (await run.StartAsync(of, body.MostOpen ?? UsuallyOpen, reason, caller.Actor(), cancel) is Outcome<GraduationOrder>.Refused { Refusal: var no }) return Problems.Of(no);
        return TypedResults.Ok(GraduationView.Of(await read.RunAsync(of, cancel)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> StopAsync(ClaimsPrincipal caller, InstanceDirectory instances, RunGraduation run, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await run.StopAsync(of, caller.Actor(), cancel) is Outcome<bool>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.NoContent();
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <param name="Protected">Null: not known, then the answer must hold for both.</param>
/// <param name="ProjectId">Null: a project with GitLab's usual switches.</param>
/// <param name="PlanId">When given, the answer also says who takes the job after that plan.</param>
public sealed record MatchBody(IReadOnlyList<string>? Tags, bool? Protected, long? ProjectId, long? PlanId);

/// <param name="ProjectKnown">False: the portal has not read this project, and GitLab's usual switches were assumed.</param>
/// <param name="ServedNow">Somebody takes it and had contact within five minutes of the snapshot.</param>
public sealed record MatchView(IReadOnlyList<string> Tags, bool? Protected, long? ProjectId, bool ProjectKnown, bool ServedNow, bool ServedAfter, IReadOnlyList<MatchedRunnerView> Runners);

public sealed record MatchedRunnerView(long Id, string Description, RunnerRole? Role, bool Managed, bool Now, bool After, bool InContact);

/// <summary>"Which runners would take such a job?" By GitLab's own matching rules.</summary>
internal static class MatchEndpoint
{
    public static void MapMatch(this IEndpointRouteBuilder api) =>
        api.MapPost("/match", MatchAsync).RequireScope(TokenScope.Read).WithTags("Plans").WithSummary("Which runners would take such a job now, and after a plan");

    private static async Task<Results<Ok<MatchView>, ProblemHttpResult>> MatchAsync(
        MatchBody body, InstanceDirectory instances, IFleetStore fleet, IProjectStore projects, IPlanStore plans, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await fleet.LatestAsync(of, cancel) is not { } snapshot) return Problems.Of(Refusal.Of("no-snapshot", $"{of} has not been read yet: wait for the first fleet sweep."));
        var project = new ProjectId(of, body.ProjectId ?? 0);
        var access = body.ProjectId is null ? null : (await projects.FindAsync(project, cancel))?.Access;
        var plan = body.PlanId is { } id ? await plans.FindAsync(id, cancel) : null;
        if (body.PlanId is not null && plan?.Instance != of) return Problems.NotFound($"plan {body.PlanId} of {of}");

        var needs = new JobNeeds(TagSet.Of(body.Tags ?? []), body.Protected, project);
        var found = JobMatch.Of(snapshot, needs, access, plan);
        return TypedResults.Ok(new MatchView(
            [.. needs.Tags], body.Protected, body.ProjectId, access is not null, found.Any(one => one.Now && one.InContact), found.Any(one => one.After && one.InContact),
            [.. found.OrderBy(one => one.Runner.Id.Number).Select(one => new MatchedRunnerView(
                one.Runner.Id.Number, one.Runner.Observed.Description, one.Runner.Standing.Role, one.Runner.Standing.Managed, one.Now, one.After, one.InContact))]));
    }
}

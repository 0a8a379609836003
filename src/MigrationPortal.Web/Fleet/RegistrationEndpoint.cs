using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="TagList">Left out: the opt-in tag for a Kubernetes runner; other roles need it.</param>
public sealed record NewRunnerBody(string? Description, string? Role, IReadOnlyList<string>? TagList, bool? RunUntagged, string? Reason);

/// <param name="Token">The runner's authentication token: shown in this answer and never again.</param>
/// <param name="Warning">What the portal could not write down about it; null when all is well.</param>
public sealed record NewRunnerView(long Id, string Description, RunnerRole Role, IReadOnlyList<string> TagList, bool RunUntagged, bool Paused, string Token, string? Warning);

/// <summary>A new runner comes paused: it takes no job before a plan unpauses it.</summary>
internal static class RegistrationEndpoint
{
    public static void MapRegistration(this IEndpointRouteBuilder api) =>
        api.MapPost("/runners", CreateAsync).RequireScope(TokenScope.Operate).WithTags("Fleet").WithSummary("Registers a paused instance runner in GitLab; its token is in this answer only");

    private static async Task<Results<Created<NewRunnerView>, ProblemHttpResult>> CreateAsync(
        NewRunnerBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IMigrationStore migration, RegisterRunner register, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var description = errors.Text("description", body.Description, 255);
        if (body.Role is null) errors.Add("role", "Needed: legacy, kubernetes or qa.");
        var role = RunnerQuery.ReadRole(body.Role, errors);
        foreach (var tag in body.TagList ?? [])
            if (string.IsNullOrWhiteSpace(tag) || tag != tag.Trim() || tag.Contains(',') || tag.Length > 255)
                errors.Add("tagList", $"'{tag}' is not one tag: no commas, no spaces around it, 1 to 255 characters.");
        if (errors.Any) return errors.ToProblem();

        var tags = body.TagList is { } given ? TagSet.Of(given)
            : role == RunnerRole.Kubernetes ? TagSet.Of((await migration.SettingsAsync(of, cancel)).OptInTag)
            : TagSet.Empty;
        var wanted = new NewRunner(description, role!.Value, tags, body.RunUntagged ?? false);
        var outcome = await register.RunAsync(of, wanted, caller.Actor(), body.Reason, cancel);
        if (outcome is not Outcome<RegisteredRunner>.Done { Result: var made }) return Problems.Of(((Outcome<RegisteredRunner>.Refused)outcome).Refusal);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/runners/{made.Id.Number}", new NewRunnerView(made.Id.Number, wanted.Description, wanted.Role, [.. tags], wanted.RunUntagged, true, made.Token, made.Warning));
    }
}

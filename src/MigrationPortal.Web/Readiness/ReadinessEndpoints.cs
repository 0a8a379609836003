using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>What was found in projects' CI files, and the rules it was found by.</summary>
internal static class ReadinessEndpoints
{
    public static void MapReadiness(this IEndpointRouteBuilder api)
    {
        var project = api.MapGroup("/projects/{id:long}/readiness").WithTags("Readiness");
        project.MapGet("", GetAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("What was found in the project's CI file; somebody else's project is not found");
        project.MapPost("/scan", ScanAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Looks at the project's CI file now");
        project.MapPost("/acknowledge", AcknowledgeAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Says that a finding is known and all right: it counts no more as a predicted failure");
        project.MapDelete("/acknowledge", TakeBackAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Takes that word back");
        var readiness = api.MapGroup("/readiness").WithTags("Readiness");
        readiness.MapGet("", CountsAsync).RequireScope(TokenScope.Read).WithSummary("How many projects and jobs are ready");
        readiness.MapGet("/projects", ListAsync).RequireScope(TokenScope.Read).WithSummary("Projects with what was found in them, most blocked jobs first; `rule` finds those that it hits");
        readiness.MapGet("/rules", RulesAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("Every rule with what it is about, how much it hits and how often it was right");
        readiness.MapPut("/rules/{rule}", SetRuleAsync).RequireScope(TokenScope.Admin).WithSummary("Turns a rule off or on, or weights it; all projects are looked at again");
    }

    private static async Task<Results<Ok<ProjectReadinessView>, ProblemHttpResult>> GetAsync(long id, ClaimsPrincipal caller, ProjectDoor door, IScanStore scans, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        return no is not null ? no : TypedResults.Ok(ProjectReadinessView.Of(id, project!.Access.FullPath, await scans.FindAsync(project.Id, cancel), await scans.AcknowledgedAsync([project.Id], cancel)));
    }

    private static async Task<Results<Ok<ProjectReadinessView>, ProblemHttpResult>> ScanAsync(long id, ClaimsPrincipal caller, ProjectDoor door, ScanProjects scan, IScanStore scans, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        if (project!.DefaultBranch is not { } branch) return Problems.Of(StatusCodes.Status409Conflict, "no-branch", $"{project.Access.FullPath} has no default branch, so no CI file.");
        var seen = await scan.RunAsync(new ScanSubject(project.Id, branch), cancel);
        return TypedResults.Ok(ProjectReadinessView.Of(id, project.Access.FullPath, seen, await scans.AcknowledgedAsync([project.Id], cancel)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AcknowledgeAsync(
        long id, AcknowledgeBody body, ClaimsPrincipal caller, ProjectDoor door, AcknowledgeFinding acknowledge, string? instance, CancellationToken cancel)
    {
        var errors = Check(body);
        if (errors.Any) return errors.ToProblem();
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        return await acknowledge.RunAsync(project!.Id, body.Rule!, body.Job!, body.Reason, caller.Actor(), cancel) is Outcome<Acknowledgement>.Refused { Refusal: var refused } ? Problems.Of(refused) : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(
        long id, string? rule, string? job, ClaimsPrincipal caller, ProjectDoor door, AcknowledgeFinding acknowledge, string? instance, CancellationToken cancel)
    {
        var errors = Check(new AcknowledgeBody(rule, job, null));
        if (errors.Any) return errors.ToProblem();
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        return await acknowledge.TakeBackAsync(project!.Id, rule!, job!, caller.Actor(), cancel) is Outcome<bool>.Refused { Refusal: var refused } ? Problems.Of(refused) : TypedResults.NoContent();
    }

    private static RequestErrors Check(AcknowledgeBody body)
    {
        var errors = new RequestErrors();
        if (string.IsNullOrWhiteSpace(body.Rule)) errors.Add("rule", "Needed: the rule of the finding, such as R05.");
        if (string.IsNullOrWhiteSpace(body.Job)) errors.Add("job", "Needed: the name of the job.");
        return errors;
    }

    private static async Task<Results<Ok<ReadinessView>, ProblemHttpResult>> CountsAsync(InstanceDirectory instances, IScanStore scans, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var counts = await scans.CountsAsync(of, cancel);
        return TypedResults.Ok(new ReadinessView(counts.Projects, counts.Scanned, counts.Read, counts.Ready, counts.Jobs, counts.BlockedJobs));
    }

    private static async Task<Results<Ok<PageOf<ScannedProjectView>>, ProblemHttpResult>> ListAsync(InstanceDirectory instances, IScanStore scans, string? instance, string? rule, string? q, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var offset = (int)(paging.AfterNumber ?? 0);
        var rows = await scans.ListAsync(of, rule, q, paging.Limit + 1, offset, cancel);
        return TypedResults.Ok(paging.Page(
            rows, one => new ScannedProjectView(one.Project.Number, one.FullPath, one.At, one.State, one.Problem, one.Jobs, one.Blocked, one.Score, one.Rules),
            _ => (offset + paging.Limit).ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<IReadOnlyList<RuleView>>, ProblemHttpResult>> RulesAsync(InstanceDirectory instances, IScanStore scans, ITriedFindings tried, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(RuleView.All(await scans.SettingsAsync(of, cancel), await scans.CountsAsync(of, cancel), RulePrecision.Of(await tried.ReadAsync(of, cancel))));
    }

    private static async Task<Results<Ok<RuleView>, ProblemHttpResult>> SetRuleAsync(
        string rule, RuleBody body, ClaimsPrincipal caller, InstanceDirectory instances, ChangeReadiness change, IScanStore scans, ITriedFindings tried, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.Off is null && body.Counts is null) errors.Add("off", "Say whether the rule is off, or what its findings count as.");
        if (errors.Any) return errors.ToProblem();
        var done = await change.RunAsync(of, settings => settings.With(rule, body.Off, body.Counts), caller.Actor(), cancel);
        if (done is Outcome<ReadinessSettings>.Refused { Refusal: var no }) return Problems.Of(no);
        return TypedResults.Ok(RuleView.All(await scans.SettingsAsync(of, cancel), await scans.CountsAsync(of, cancel), RulePrecision.Of(await tried.ReadAsync(of, cancel))).Single(one => one.Id == rule));
    }
}

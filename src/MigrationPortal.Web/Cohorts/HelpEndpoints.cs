using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.Help;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Threads between a project's people and administrators.</summary>
internal static class HelpEndpoints
{
    private static readonly (string, bool)[] States = [("open", false), ("closed", true)];

    public static void MapHelp(this IEndpointRouteBuilder api)
    {
        var project = api.MapGroup("/projects/{id:long}/help").WithTags("Help");
        project.MapGet("", OfProjectAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("The project's threads, newest first; somebody else's project is not found");
        project.MapPost("", AskAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Asks the administrators, with a failed job attached or without");
        var help = api.MapGroup("/help").WithTags("Help");
        help.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("All threads, newest first; `state` is open (answered ones among them) or closed");
        help.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("A thread with its messages; somebody else's is not found");
        help.MapPost("/{id:long}/messages", SayAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Goes on with a thread; a closed one is open again by it");
        help.MapPut("/{id:long}/state", SetStateAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Closes a thread, or opens it again");
    }

    private static async Task<Results<Ok<PageOf<HelpThreadView>>, ProblemHttpResult>> OfProjectAsync(long id, ClaimsPrincipal caller, ProjectDoor door, IHelpStore threads, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        return no is not null ? no : TypedResults.Ok(new PageOf<HelpThreadView>([.. (await threads.OfAsync([project!.Id], cancel)).Select(HelpThreadView.InList)], null));
    }

    private static async Task<Results<Created<HelpThreadView>, ProblemHttpResult>> AskAsync(long id, HelpBody body, ClaimsPrincipal caller, ProjectDoor door, AskForHelp ask, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        errors.Text("subject", body.Subject, HelpText.LongestSubject);
        errors.Text("text", body.Text, HelpText.LongestMessage);
        if (body.JobId is < 1) errors.Add("jobId", "The number of a failed job, as GitLab shows it; leave it out when it is about none.");
        if (errors.Any) return errors.ToProblem();
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        return (await ask.RunAsync(project!.Id, body.JobId, body.Subject, body.Text, caller.Actor(), cancel)).Match<Results<Created<HelpThreadView>, ProblemHttpResult>>(
            opened => TypedResults.Created($"/api/v1/help/{opened.Id}", HelpThreadView.Of(opened)), refused => Problems.Of(refused));
    }

    private static async Task<Results<Ok<PageOf<HelpThreadView>>, ProblemHttpResult>> ListAsync(InstanceDirectory instances, IHelpStore threads, string? instance, string? state, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var closed = errors.OneOf("state", state, States);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        return TypedResults.Ok(paging.Page(await threads.ListAsync(of, closed, paging.Limit + 1, paging.AfterNumber, cancel), HelpThreadView.InList, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<HelpThreadView>, ProblemHttpResult>> GetAsync(long id, ClaimsPrincipal caller, HelpDoor door, CancellationToken cancel) =>
        await door.OpenAsync(caller, id, TokenScope.Read, cancel) is { } thread ? TypedResults.Ok(HelpThreadView.Of(thread)) : NoThread(id);

    private static async Task<Results<Ok<HelpThreadView>, ProblemHttpResult>> SayAsync(long id, HelpMessageBody body, ClaimsPrincipal caller, HelpDoor door, AnswerHelp answer, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        errors.Text("text", body.Text, HelpText.LongestMessage);
        if (errors.Any) return errors.ToProblem();
        if (await door.OpenAsync(caller, id, TokenScope.Operate, cancel) is not { } thread) return NoThread(id);
        return Told(await answer.RunAsync(thread, body.Text, HelpDoor.Answers(caller, thread), caller.Actor(), cancel));
    }

    private static async Task<Results<Ok<HelpThreadView>, ProblemHttpResult>> SetStateAsync(long id, HelpStateBody body, ClaimsPrincipal caller, HelpDoor door, AnswerHelp answer, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var closed = errors.OneOf("state", body.State ?? "", States);
        if (errors.Any) return errors.ToProblem();
        if (await door.OpenAsync(caller, id, TokenScope.Operate, cancel) is not { } thread) return NoThread(id);
        return Told(await answer.SetClosedAsync(thread, closed!.Value, caller.Actor(), cancel));
    }

    private static Results<Ok<HelpThreadView>, ProblemHttpResult> Told(Outcome<HelpThread> outcome) => outcome.Match<Results<Ok<HelpThreadView>, ProblemHttpResult>>(thread => TypedResults.Ok(HelpThreadView.Of(thread)), refused => Problems.Of(refused));

    private static ProblemHttpResult NoThread(long id) => Problems.NotFound($"thread {id}");
}

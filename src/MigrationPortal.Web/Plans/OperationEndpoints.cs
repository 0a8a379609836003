using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

public sealed record ReasonBody(string? Reason);

/// <summary>Plans on their way: watch, go on, turn round, stop.</summary>
internal static class OperationEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Operations");
        operations.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Operations, newest first");
        operations.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("One operation; waitSeconds (0 to 60) waits for its end or halt");
        operations.MapGet("/{id:long}/break-glass", ScriptAsync).RequireScope(TokenScope.Operate).Produces<string>(StatusCodes.Status200OK, "text/x-shellscript").WithSummary("A script that restores the recorded attributes without the portal");
        operations.MapPost("/{id:long}/resume", ResumeAsync).RequireScope(TokenScope.Operate).TakesVersion().WithSummary("Lets a halted operation go on");
        operations.MapPost("/{id:long}/rollback", RollBackAsync).RequireScope(TokenScope.Operate).TakesVersion().WithSummary("Restores what the operation changed; pre-empts whatever runs");
        operations.MapPost("/{id:long}/abort", AbortAsync).RequireScope(TokenScope.Operate).TakesVersion().WithSummary("Stops it where it is; roll back stays possible");
    }

    private static async Task<Results<Ok<PageOf<OperationSummary>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IOperationStore store, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = await store.NewestAsync(of, paging.Limit + 1, paging.AfterNumber, cancel);
        return TypedResults.Ok(paging.Page(rows, OperationSummary.Of, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<OperationView>, ProblemHttpResult>> GetAsync(
        long id, HttpContext http, IOperationStore store, IBrownoutReader brownouts, IPortalEvents events, IWorldClock clock, TimeProvider time, int? waitSeconds, CancellationToken cancel)
    {
        if (waitSeconds is < 0 or > 60)
        {
            var errors = new RequestErrors();
            errors.Add("waitSeconds", "Must lie between 0 and 60.");
            return errors.ToProblem();
        }

        var operation = await OperationWait.UntilEndAsync(store, events, time, id, TimeSpan.FromSeconds(waitSeconds ?? 0), cancel);
        if (operation is null) return Problems.NotFound($"operation {id}");
        http.Response.Headers.ETag = Etags.Of(operation.Version);
        if (!operation.State.IsEnd()) http.Response.Headers.RetryAfter = OperationAnswers.PollSeconds;
        return TypedResults.Ok(OperationView.Of(operation, await BrownoutView.ReadAsync(operation, brownouts, clock, cancel)));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ScriptAsync(long id, IOperationStore store, InstanceDirectory instances, CancellationToken cancel) =>
        await store.FindAsync(id, cancel) is { } operation && instances.Find(operation.Instance) is { } instance
            ? TypedResults.Text(await store.BreakGlassAsync(id, cancel) ?? BreakGlassScript.For(operation, new Uri(instance.Url)), "text/x-shellscript")
            : Problems.NotFound($"operation {id}");

    private static Task<Results<Accepted<OperationStarted>, ProblemHttpResult>> ResumeAsync(
        long id, ReasonBody? body, HttpContext http, ClaimsPrincipal caller, IOperationStore store, ResumeOperation resume, CancellationToken cancel) =>
        ChangeAsync(id, body, false, http, store, reason => resume.RunAsync(id, caller.Actor(), reason, cancel), cancel);

    private static Task<Results<Accepted<OperationStarted>, ProblemHttpResult>> RollBackAsync(
        long id, ReasonBody? body, HttpContext http, ClaimsPrincipal caller, IOperationStore store, RollBackOperation rollBack, CancellationToken cancel) =>
        ChangeAsync(id, body, true, http, store, reason => rollBack.RunAsync(id, caller.Actor(), reason!, cancel), cancel);

    private static Task<Results<Accepted<OperationStarted>, ProblemHttpResult>> AbortAsync(
        long id, ReasonBody? body, HttpContext http, ClaimsPrincipal caller, IOperationStore store, AbortOperation abort, CancellationToken cancel) =>
        ChangeAsync(id, body, false, http, store, reason => abort.RunAsync(id, caller.Actor(), reason, cancel), cancel);

    private static async Task<Results<Accepted<OperationStarted>, ProblemHttpResult>> ChangeAsync(
        long id, ReasonBody? body, bool reasonNeeded, HttpContext http, IOperationStore store, Func<string?, Task<Outcome<Operation>>> change, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var reason = reasonNeeded ? errors.Text("reason", body?.Reason, 2000) : errors.Note("reason", body?.Reason, 2000);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(id, cancel) is { } known && Etags.Stale(http, Etags.Of(known.Version)) is { } stale) return stale;
        return OperationAnswers.Started(http, await change(reason));
    }
}

/// <summary>Long work: 202, where to look, and when.</summary>
internal static class OperationAnswers
{
    public const string PollSeconds = "1";

    public static Results<Accepted<OperationStarted>, ProblemHttpResult> Started(HttpContext http, Outcome<Operation> outcome)
    {
        if (outcome is not Outcome<Operation>.Done { Result: var operation }) return Problems.Of(((Outcome<Operation>.Refused)outcome).Refusal);
        http.Response.Headers.RetryAfter = PollSeconds;
        return TypedResults.Accepted($"/api/v1/operations/{operation.Id}", new OperationStarted(operation.Id, operation.State));
    }
}

internal static class OperationWait
{
    private static readonly TimeSpan LookAtLeast = TimeSpan.FromSeconds(2);

    /// <summary>Answers at once when it has ended, is halted, or is not there.</summary>
    public static async Task<Operation?> UntilEndAsync(IOperationStore store, IPortalEvents events, TimeProvider time, long id, TimeSpan longest, CancellationToken cancel)
    {
        var operation = await store.FindAsync(id, cancel);
        if (longest <= TimeSpan.Zero || Over(operation)) return operation;
        using var moved = new SemaphoreSlim(0);
        using var subscription = events.Subscribe(happened =>
        {
            if (happened.Topic == PortalTopic.Operations && happened.Id is null || happened.Id == id) moved.Release();
            return Task.CompletedTask;
        });
        var end = time.GetUtcNow() + longest;
        while (time.GetUtcNow() < end)
        {
            // Hints can be lost, so it looks now and then anyway.
            var left = end - time.GetUtcNow();
            await moved.WaitAsync(left < LookAtLeast ? left : LookAtLeast, cancel);
            operation = await store.FindAsync(id, cancel);
            if (Over(operation)) break;
        }

        return operation;
    }

    private static bool Over(Operation? operation) => operation is null || operation.State.IsEnd() || operation.State == OperationState.Halted;
}

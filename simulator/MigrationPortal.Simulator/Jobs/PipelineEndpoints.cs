using System.Text.Json.Nodes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Pipelines: the lists that can be filtered by time, their jobs, and running one.</summary>
internal static class PipelineEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/projects/{id}/pipelines", List);
        api.Get("/projects/{id}/pipelines/{pid}", c => With(c, AccessLevel.Reporter, p => ApiAnswer.Ok(new PipelineDetailsEntity(p, c))));
        api.Get("/projects/{id}/pipelines/{pid}/jobs", Jobs);
        api.Get("/projects/{id}/pipelines/{pid}/bridges", c => With(c, AccessLevel.Reporter, _ => OffsetPage.Of(c).Answer<Job>(c, [], j => j)));
        api.Post("/projects/{id}/pipeline", Run);
        api.Post("/projects/{id}/pipelines/{pid}/retry", c => Change(c, p => new RetryPipeline(p.Project.Id, p.Id, c.Me.Id), 201));
        api.Post("/projects/{id}/pipelines/{pid}/cancel", c => Change(c, p => new CancelPipeline(p.Project.Id, p.Id), 200));
    }

    private static ApiAnswer List(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var keep = Filter(call.Params);
        if (call.FindProject(AccessLevel.Reporter, out var project) is { } no)
        {
            return no;
        }

        if (call.Params.Refusal is { } bad)
        {
            return bad;
        }

        var rows = call.World.Jobs.PipelinesOf(project, keep, 0, int.MaxValue);
        Func<Pipeline, IComparable> key = call.Params.Text("order_by") switch
        {
            "updated_at" => p => p.UpdatedAt,
            "status" => p => p.Status,
            "ref" => p => p.Ref,
            _ => p => p.Id,
        };
        var sorted = call.Params.Text("sort") == "asc" ? rows.OrderBy(key) : rows.OrderByDescending(key);
        return page.Answer(call, [.. sorted], p => new PipelineEntity(p, call.BaseUrl));
    }

    private static Func<Pipeline, bool> Filter(Parameters p)
    {
        var updatedAfter = p.Time("updated_after");
        var updatedBefore = p.Time("updated_before");
        var createdAfter = p.Time("created_after");
        var createdBefore = p.Time("created_before");
        var refName = p.Text("ref");
        var sha = p.Text("sha");
        var status = p.Text("status");
        var source = p.Text("source");
        _ = p.OneOf("order_by", "id", "status", "ref", "updated_at", "user_id");
        _ = p.OneOf("sort", "asc", "desc");
        return pipeline => (updatedAfter is null || pipeline.UpdatedAt > updatedAfter)
            && (updatedBefore is null || pipeline.UpdatedAt < updatedBefore)
            && (createdAfter is null || pipeline.CreatedAt > createdAfter)
            && (createdBefore is null || pipeline.CreatedAt < createdBefore)
            && (refName is null || pipeline.Ref == refName)
            && (sha is null || pipeline.Sha == sha)
            && (status is null || pipeline.Status.Wire() == status)
            && (source is null || pipeline.Source.Wire() == source);
    }

    private static ApiAnswer Jobs(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var statuses = JobEndpoints.Statuses(call, "scope");
        var withRetried = call.Params.Flag("include_retried") ?? false;
        return With(call, AccessLevel.Reporter, pipeline => call.Params.Refusal ?? page.Answer(
            call,
            [.. pipeline.Jobs
                .Where(j => (withRetried || !j.Retried) && (statuses is null || statuses.Contains(j.Status)))
                .OrderByDescending(j => j.Id)],
            j => new JobEntity(j, call)));
    }

    private static ApiAnswer Run(ApiCall call)
    {
        var refName = call.Params.Required("ref");
        if (call.Params.Refusal is { } bad)
        {
            return bad;
        }

        if (call.FindProject(AccessLevel.Developer, out var project) is { } no)
        {
            return no;
        }

        var variables = (call.Params.Node("variables") as JsonArray)?.OfType<JsonObject>()
            .ToDictionary(v => v["key"]?.ToString() ?? "", v => v["value"]?.ToString() ?? "", StringComparer.Ordinal);
        var result = call.Apply(new RunPipeline(project.Id, refName, call.Me.Id, variables));
        return result.Refusal is { } refused
            ? refused.Kind == RefusalKind.BadRequest ? ApiAnswer.Invalid("base", refused.Message) : ApiAnswer.Of(refused)
            : ApiAnswer.Created(new PipelineDetailsEntity(result.Get<Pipeline>(), call));
    }

    private static ApiAnswer With(ApiCall call, AccessLevel least, Func<Pipeline, ApiAnswer> answer)
    {
        if (call.FindProject(least, out var project) is { } no)
        {
            return no;
        }

        return call.World.Jobs.FindPipeline(call.RouteId("pid")) is { } pipeline && pipeline.Project == project
            ? answer(pipeline)
            : ApiAnswer.Message(404, "404 Not found");
    }

    private static ApiAnswer Change(ApiCall call, Func<Pipeline, WorldInput> input, int status) =>
        With(call, AccessLevel.Developer, pipeline => call.Apply<Pipeline>(
            input(pipeline), p => new ApiAnswer(status, new PipelineDetailsEntity(p, call))));
}

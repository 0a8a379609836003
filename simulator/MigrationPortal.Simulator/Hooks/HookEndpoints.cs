using System.Text.Json.Nodes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Project hooks, for maintainers. A secret goes in and never comes out.</summary>
internal static class HookEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/projects/{id}/hooks", List);
        api.Get("/projects/{id}/hooks/{hook_id}", c => With(c, (_, h) => ApiAnswer.Ok(Entity(h))));
        api.Post("/projects/{id}/hooks", Create);
        api.Put("/projects/{id}/hooks/{hook_id}", Update);
        api.Delete("/projects/{id}/hooks/{hook_id}", c => With(c, (p, h) => c.ApplyNoContent(new DeleteHook(p.Id, h.Id))));
        api.Get("/projects/{id}/hooks/{hook_id}/events", c => With(c, (_, h) => OffsetPage.Of(c).Answer(c, c.Instance.HookLog.Of(h.Id), Delivery)));
        api.Post("/projects/{id}/hooks/{hook_id}/test/{trigger}", Test);
    }

    private static ApiAnswer List(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        return call.FindProject(AccessLevel.Maintainer, out var project) ?? call.Params.Refusal ?? page.Answer(call, project.Hooks, Entity);
    }

    private static ApiAnswer Create(ApiCall call)
    {
        var url = call.Params.Required("url");
        var settings = Read(call.Params, new HookSettings(url));
        return call.Params.Refusal
            ?? call.FindProject(AccessLevel.Maintainer, out var project)
            ?? Check(settings)
            ?? call.Apply<ProjectHook>(new CreateHook(project.Id, settings), h => ApiAnswer.Created(Entity(h)));
    }

    private static ApiAnswer Update(ApiCall call) => With(call, (project, hook) =>
    {
        var settings = Read(call.Params, hook.Settings);
        return call.Params.Refusal ?? Check(settings) ?? call.Apply<ProjectHook>(
            new UpdateHook(project.Id, hook.Id, settings), h => ApiAnswer.Ok(Entity(h)));
    });

    // Sends the newest job of the project, whatever became of it.
    private static ApiAnswer Test(ApiCall call) => With(call, (project, hook) =>
    {
        if (call.Route("trigger") != "job_events")
        {
            return ApiAnswer.Error(400, "trigger does not have a valid value");
        }

        if (call.World.Jobs.OfProject(project, null, null, 0, 1) is not [var job])
        {
            return ApiAnswer.Message(422, "Ensure the project has CI jobs.");
        }

        // GitLab asks for an answer first; the simulator takes the wish for the deed.
        hook.AlertStatus = "executable";
        call.Http.RequestServices.GetRequiredService<HookPump>().Send(call.Instance, hook, JobEventPayload.Of(call.World, job, job.Status, call.BaseUrl));
        return ApiAnswer.Created(new { Message = "201 Created" });
    });

    private static HookSettings Read(Parameters p, HookSettings old) => old with
    {
        Url = p.Text("url") ?? old.Url,
        JobEvents = p.Flag("job_events") ?? old.JobEvents,
        PipelineEvents = p.Flag("pipeline_events") ?? old.PipelineEvents,
        PushEvents = p.Flag("push_events") ?? old.PushEvents,
        EnableSslVerification = p.Flag("enable_ssl_verification") ?? old.EnableSslVerification,
        Token = p.Text("token") ?? old.Token,
        SigningToken = p.Text("signing_token") ?? old.SigningToken,
        Name = p.Text("name") ?? old.Name,
        Description = p.Text("description") ?? old.Description,
        CustomHeaders = p.Node("custom_headers") is JsonArray headers
            ? headers.OfType<JsonObject>().ToDictionary(h => h["key"]?.ToString() ?? "", h => h["value"]?.ToString() ?? "", StringComparer.Ordinal)
            : old.CustomHeaders,
    };

    private static ApiAnswer? Check(HookSettings settings) =>
        !Uri.TryCreate(settings.Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            ? ApiAnswer.Message(422, "Invalid url given")
        : settings.CustomHeaders?.Count > 20 ? ApiAnswer.Message(422, "Custom headers limit exceeded")
        : settings.SigningToken is { } key && HookSignature.Key(key) is null ? ApiAnswer.Message(422, "Signing token is invalid")
        : null;

    private static ApiAnswer With(ApiCall call, Func<Project, ProjectHook, ApiAnswer> answer)
    {
        if (call.FindProject(AccessLevel.Maintainer, out var project) is { } no)
        {
            return no;
        }

        return project.Hooks.FirstOrDefault(h => h.Id == call.RouteId("hook_id")) is { } hook
            ? answer(project, hook)
            : ApiAnswer.Message(404, "404 Not found");
    }

    private static object Delivery(HookDelivery d) => new
    {
        d.Id,
        d.Url,
        d.Trigger,
        d.RequestHeaders,
        RequestData = JsonNode.Parse(d.RequestBody),
        ResponseHeaders = new { },
        ResponseBody = "",
        ExecutionDuration = d.Seconds,
        ResponseStatus = d.Status,
        CreatedAt = d.At,
    };

    private static Dictionary<string, object?> Entity(ProjectHook hook)
    {
        var s = hook.Settings;
        var entity = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = hook.Id,
            ["url"] = s.Url,
            ["name"] = s.Name,
            ["description"] = s.Description,
            ["created_at"] = hook.CreatedAt,
            ["push_events"] = s.PushEvents,
            ["pipeline_events"] = s.PipelineEvents,
            ["job_events"] = s.JobEvents,
            ["enable_ssl_verification"] = s.EnableSslVerification,
            ["project_id"] = hook.ProjectId,
            ["push_events_branch_filter"] = null,
            ["branch_filter_strategy"] = "wildcard",
            ["custom_webhook_template"] = null,
            ["alert_status"] = hook.AlertStatus,
            ["disabled_until"] = null,
            ["url_variables"] = Array.Empty<object>(),
            ["custom_headers"] = (s.CustomHeaders?.Keys ?? []).Select(k => new { Key = k }).ToArray(),
        };
        foreach (var name in (string[])
        [
            "tag_push_events", "merge_requests_events", "repository_update_events", "issues_events", "confidential_issues_events",
            "note_events", "confidential_note_events", "wiki_page_events", "deployment_events", "feature_flag_events",
            "releases_events", "emoji_events", "resource_access_token_events",
        ])
        {
            entity[name] = false;
        }

        return entity;
    }
}

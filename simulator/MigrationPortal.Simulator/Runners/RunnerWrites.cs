using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Changing runners: PUT, DELETE, token reset, creation, assignment to projects.</summary>
internal static class RunnerWrites
{
    private static readonly string[] Attributes =
    [
        "description", "active", "paused", "tag_list", "run_untagged", "locked", "access_level", "maximum_timeout",
        "maintenance_note",
    ];

    public static void Map(ApiRoutes api)
    {
        api.Put("/runners/{id}", Update, Scopes.ManageRunner);
        api.Delete("/runners/{id}", Delete, Scopes.ManageRunner);
        api.Post("/runners/{id}/reset_authentication_token", ResetToken, Scopes.ManageRunner);
        api.Post("/user/runners", Create, Scopes.CreateRunner);
        api.Post("/projects/{id}/runners", Assign);
        api.Delete("/projects/{id}/runners/{runner_id}", Unassign);
    }

    private static ApiAnswer Update(ApiCall call)
    {
        var p = call.Params;
        if (!p.HasAny(Attributes))
        {
            p.Problem(string.Join(", ", Attributes) + " are missing, at least one parameter must be provided");
        }

        if (p.Has("active") && p.Has("paused"))
        {
            p.Problem("active, paused are mutually exclusive");
        }

        var active = p.Flag("active");
        var input = new UpdateRunner(
            (int)call.RouteId("id"),
            p.Text("description"),
            p.Flag("paused") ?? (active is { } a ? !a : null),
            p.List("tag_list"),
            p.Flag("run_untagged"),
            p.Flag("locked"),
            Protected(p),
            Timeout(p),
            p.Text("maintenance_note"));
        return p.Refusal
            ?? RunnerRights.Find(call, RunnerRights.MayUpdate, out _)
            ?? call.Apply<Runner>(input, r => ApiAnswer.Ok(new RunnerDetailsEntity(r, call, withProjects: false)));
    }

    private static ApiAnswer Delete(ApiCall call)
    {
        if (RunnerRights.Find(call, RunnerRights.MayUpdate, out var runner) is { } no)
        {
            return no;
        }

        if (!call.IsAdmin && runner.Projects.Count > 1)
        {
            return ApiAnswer.Forbidden("Runner associated with more than one project");
        }

        // GitLab compares with updated_at; the newest thing it tells of a runner is its contact.
        return call.Http.Request.GetTypedHeaders().IfUnmodifiedSince < (runner.ContactedAt(call.Now) ?? runner.CreatedAt)
            ? ApiAnswer.Message(412, "412 Precondition Failed")
            : call.ApplyNoContent(new DeleteRunner(runner.Id));
    }

    private static ApiAnswer ResetToken(ApiCall call) =>
        RunnerRights.Find(call, RunnerRights.MayUpdate, out var runner)
        ?? call.Apply<Runner>(
            new ResetRunnerToken(runner.Id),
            r => ApiAnswer.Created(new { r.Token, TokenExpiresAt = (DateTimeOffset?)null }));

    private static ApiAnswer Create(ApiCall call)
    {
        var p = call.Params;
        _ = p.Required("runner_type");
        var type = p.OneOf("runner_type", "instance_type", "group_type", "project_type");
        var groupId = type == "group_type" ? p.RequiredNumber("group_id") : (int?)null;
        var projectId = type == "project_type" ? p.RequiredNumber("project_id") : (int?)null;
        var input = new CreateRunner(
            type switch { "group_type" => RunnerType.Group, "project_type" => RunnerType.Project, _ => RunnerType.Instance },
            groupId,
            projectId,
            p.Text("description"),
            p.Flag("paused") ?? false,
            p.List("tag_list"),
            p.Flag("run_untagged") ?? true,
            p.Flag("locked") ?? false,
            Protected(p) ?? false,
            Timeout(p),
            p.Text("maintenance_note"),
            call.Me.Id);
        return p.Refusal ?? MayCreate(call, groupId, projectId) ?? call.Apply<Runner>(
            input, r => ApiAnswer.Created(new { r.Id, r.Token, TokenExpiresAt = (DateTimeOffset?)null }));
    }

    private static ApiAnswer? MayCreate(ApiCall call, int? groupId, int? projectId)
    {
        var allowed = groupId is { } g ? call.World.Directory.FindGroup(g) is { } group && call.LevelIn(group) >= AccessLevel.Owner
            : projectId is { } p ? call.World.Directory.FindProject(p) is { } project && call.LevelIn(project) >= AccessLevel.Maintainer
            : call.IsAdmin;
        return allowed ? null : ApiAnswer.Forbidden("Insufficient permissions");
    }

    private static ApiAnswer Assign(ApiCall call)
    {
        var id = call.Params.RequiredNumber("runner_id");
        if (call.FindProject(AccessLevel.Maintainer, out var project) is { } no)
        {
            return no;
        }

        if (call.Params.Refusal is { } bad)
        {
            return bad;
        }

        var runner = call.World.Fleet.Find(id);
        return runner switch
        {
            null => ApiAnswer.NotFound("Runner"),
            { Type: RunnerType.Group } => ApiAnswer.Forbidden("Runner is a group runner"),
            { Locked: true } => ApiAnswer.Forbidden("Runner is locked"),
            _ when runner.Type == RunnerType.Project && !RunnerRights.MayUpdate(call, runner) => ApiAnswer.Forbidden("No access granted"),
            _ when runner.Type == RunnerType.Instance && !call.IsAdmin => ApiAnswer.Forbidden("No access granted"),
            _ => call.Apply<Runner>(
                new AssignRunner(project.Id, id), r => ApiAnswer.Created(new RunnerEntity(r, call.Now, call.BaseUrl))),
        };
    }

    private static ApiAnswer Unassign(ApiCall call)
    {
        if (call.FindProject(AccessLevel.Maintainer, out var project) is { } no)
        {
            return no;
        }

        var runner = project is null ? null : call.World.Fleet.Find((int)call.RouteId("runner_id"));
        return runner is null || !runner.Projects.Contains(project) ? ApiAnswer.NotFound("Runner")
            : runner.Locked && !call.IsAdmin ? ApiAnswer.Forbidden("Runner is locked")
            : runner.Projects[0] == project
                ? ApiAnswer.Forbidden("You cannot unassign a runner from the owner project. Delete the runner instead")
            : call.ApplyNoContent(new UnassignRunner(project!.Id, runner.Id));
    }

    private static bool? Protected(Parameters p) =>
        p.OneOf("access_level", "not_protected", "ref_protected") is { } level ? level == "ref_protected" : null;

    // A null or empty limit takes it away; the world's word for that is 0. A 0 that was sent is below the minimum.
    private static int? Timeout(Parameters p) =>
        !p.Has("maximum_timeout") ? null
        : p.Text("maximum_timeout") is null or "" ? UpdateRunner.NoTimeout
        : p.Number("maximum_timeout") is { } seconds ? Math.Max(seconds, 0) : null;
}

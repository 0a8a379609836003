using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Projects: the list with its filters, one project, and the switches that decide where its jobs may run.</summary>
internal static class ProjectEndpoints
{
    private static readonly string[] Changeable =
        ["shared_runners_enabled", "group_runners_enabled", "ci_config_path", "build_timeout", "topics", "tag_list", "builds_access_level"];

    public static void Map(ApiRoutes api)
    {
        api.GetPublic("/projects", List);
        api.GetPublic("/projects/{id}", c => c.FindProject(AccessLevel.None, out var p) ?? ApiAnswer.Ok(ProjectEntity.Full(p, c)));
        api.Put("/projects/{id}", Update);
        api.Post("/projects/{id}/archive", c => Archive(c, true));
        api.Post("/projects/{id}/unarchive", c => Archive(c, false));
        api.Get("/projects/{id}/members/all", Members);
        api.Get("/projects/{id}/members", Members);
        api.Get("/projects/{id}/members/all/{user_id}", Member);
        api.Get("/projects/{id}/members/{user_id}", Member);
        api.Get("/projects/{id}/protected_branches", c => Protected(c, p => p.ProtectedBranches, Branch));
        api.Get("/projects/{id}/protected_tags", c => Protected(c, p => p.ProtectedTags, Tag));
        api.Get("/projects/{id}/pipeline_schedules", Schedules);
    }

    private static ApiAnswer List(ApiCall call)
    {
        var filter = ProjectFilter.Of(call);
        if (filter.OrderByRefusal is { } order)
        {
            return order;
        }

        return ListOf(call, filter, filter.Apply(call.World.Directory.Projects));
    }

    /// <summary>Pages projects by key or offset.</summary>
    public static ApiAnswer ListOf(ApiCall call, ProjectFilter filter, IReadOnlyList<Project> all)
    {
        object Entity(Project p) => filter.Simple ? ProjectEntity.Simple(p, call) : ProjectEntity.Full(p, call);
        if (KeysetPage.Wanted(call))
        {
            var keyset = KeysetPage.Of(call, ascending: true, out var refusal);
            return refusal ?? call.Params.Refusal ?? keyset!.Answer(
                call,
                [.. (keyset.Descending ? all.OrderByDescending(p => p.Id) : all.OrderBy(p => p.Id))
                    .Where(p => keyset.After is not { } after || (keyset.Descending ? p.Id < after : p.Id > after))
                    .Take(keyset.Size + 1)],
                p => p.Id,
                Entity);
        }

        var page = OffsetPage.Of(call);
        return call.Params.Refusal
            ?? (call.Caller is null ? page.TooDeep("Project") : null)
            ?? page.Answer(call, all, Entity);
    }

    private static ApiAnswer Update(ApiCall call)
    {
        var p = call.Params;
        if (!p.HasAny([.. Changeable, "name", "description", "visibility"]))
        {
            p.Problem(string.Join(", ", Changeable) + " are missing, at least one parameter must be provided");
        }

        var input = new UpdateProject(
            0,
            p.Flag("shared_runners_enabled"),
            p.Flag("group_runners_enabled"),
            p.Has("ci_config_path") ? p.Text("ci_config_path") ?? "" : null,
            p.Number("build_timeout"),
            p.List("topics") ?? p.List("tag_list"),
            p.OneOf("builds_access_level", "disabled", "private", "enabled") is { } level ? level != "disabled" : null);
        return p.Refusal
            ?? call.FindProject(AccessLevel.Maintainer, out var project)
            ?? call.Apply<Project>(input with { ProjectId = project.Id }, x => ApiAnswer.Ok(ProjectEntity.Full(x, call)));
    }

    private static ApiAnswer Archive(ApiCall call, bool archived) =>
        call.FindProject(AccessLevel.Owner, out var project) ?? call.Apply<Project>(
            new UpdateProject(project.Id, Archived: archived), x => ApiAnswer.Created(ProjectEntity.Full(x, call)));

    private static ApiAnswer Members(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var inherited = call.Http.Request.Path.Value!.EndsWith("/all", StringComparison.Ordinal);
        var query = call.Params.Text("query");
        if (call.FindProject(AccessLevel.None, out var project) is { } no)
        {
            return no;
        }

        var members = inherited
            ? call.World.Directory.MembersOf(project)
            : call.World.Directory.Memberships.Where(m => m.Project == project).Select(m => (m.User, m.Level));
        return call.Params.Refusal ?? page.Answer(
            call,
            [.. members.Where(m => query is null || m.User.Name.Contains(query, StringComparison.OrdinalIgnoreCase))],
            m => MemberEntity.Of(m.User, m.Level, call));
    }

    private static ApiAnswer Member(ApiCall call)
    {
        if (call.FindProject(AccessLevel.None, out var project) is { } no)
        {
            return no;
        }

        var user = call.World.Directory.FindUser((int)Math.Min(int.MaxValue, call.RouteId("user_id")));
        var level = user is null ? AccessLevel.None : call.World.Directory.AccessTo(user, project);
        return level == AccessLevel.None ? ApiAnswer.Message(404, "404 Not found") : ApiAnswer.Ok(MemberEntity.Of(user!, level, call));
    }

    private static ApiAnswer Protected(ApiCall call, Func<Project, IReadOnlyList<ProtectedRef>> refs, Func<ProtectedRef, object> entity)
    {
        var page = OffsetPage.Of(call);
        return call.FindProject(AccessLevel.Reporter, out var project)
            ?? call.Params.Refusal
            ?? page.Answer(call, refs(project), entity);
    }

    private static object Branch(ProtectedRef r) => new
    {
        r.Id,
        r.Name,
        PushAccessLevels = new[] { Level(r.Id, r.PushAccess) },
        MergeAccessLevels = new[] { Level(r.Id, r.MergeAccess) },
        AllowForcePush = false,
    };

    private static object Tag(ProtectedRef r) => new { r.Name, CreateAccessLevels = new[] { Level(r.Id, r.PushAccess) } };

    private static object Level(int id, AccessLevel level) => new
    {
        Id = id,
        AccessLevel = (int)level,
        AccessLevelDescription = level switch
        {
            AccessLevel.None => "No one",
            AccessLevel.Maintainer => "Maintainers",
            AccessLevel.Developer => "Developers + Maintainers",
            _ => level.ToString(),
        },
    };

    private static ApiAnswer Schedules(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var scope = call.Params.OneOf("scope", "active", "inactive");
        return call.FindProject(AccessLevel.Reporter, out var project) ?? call.Params.Refusal ?? page.Answer(
            call,
            [.. project.Schedules.Where(s => scope is null || s.Active == (scope == "active"))],
            s => new
            {
                s.Id,
                s.Description,
                // In full, as newer GitLabs tell it.
                Ref = $"refs/heads/{s.Ref}",
                s.Cron,
                CronTimezone = "UTC",
                s.NextRunAt,
                s.Active,
                project.CreatedAt,
                UpdatedAt = s.LastRunAt ?? project.CreatedAt,
                Owner = Entities.UserBasic(s.Owner, call.BaseUrl),
            });
    }
}

internal static class MemberEntity
{
    public static object Of(User user, AccessLevel level, ApiCall call) => new
    {
        user.Id,
        user.Username,
        user.Name,
        State = user.State == UserState.Active ? "active" : "blocked",
        Locked = false,
        AvatarUrl = (string?)null,
        WebUrl = $"{call.BaseUrl}/{user.Username}",
        AccessLevel = (int)level,
        user.CreatedAt,
        ExpiresAt = (string?)null,
        MembershipState = "active",
    };
}

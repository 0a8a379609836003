using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Groups with their projects and members.</summary>
internal static class GroupEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/groups", List);
        api.Get("/groups/{id}", c => c.FindGroup(AccessLevel.None, out var g) ?? ApiAnswer.Ok(Entity(g, c)));
        api.Put("/groups/{id}", Update);
        api.Get("/groups/{id}/subgroups", Subgroups);
        api.Get("/groups/{id}/projects", Projects);
        api.Get("/groups/{id}/members/all", Members);
        api.Get("/groups/{id}/members", Members);
    }

    private static ApiAnswer List(ApiCall call)
    {
        var p = call.Params;
        var page = OffsetPage.Of(call);
        var search = p.Text("search");
        var least = p.Number("min_access_level") ?? 0;
        var owned = p.Flag("owned") is true;
        var top = p.Flag("top_level_only") is true;
        var groups = call.World.Directory.Groups
            .Where(g => string.IsNullOrEmpty(search) || g.FullPath.Contains(search, StringComparison.OrdinalIgnoreCase))
            .Where(g => (int)call.World.Directory.AccessTo(call.Me, g) >= (owned ? 50 : least))
            .Where(g => !top || g.Parent is null);
        var sorted = p.Text("order_by") == "id" ? groups.OrderBy(g => g.Id) : groups.OrderBy(g => g.Name, StringComparer.Ordinal);
        Group[] all = [.. p.Text("sort") == "desc" ? sorted.Reverse() : sorted];
        return p.Refusal ?? page.TooDeep("Group") ?? page.Answer(call, all, g => Entity(g, call));
    }

    private static ApiAnswer Update(ApiCall call)
    {
        var setting = call.Params.OneOf(
            "shared_runners_setting", "enabled", "disabled_and_overridable", "disabled_and_unoverridable", "disabled_with_override");
        if (call.FindGroup(AccessLevel.Owner, out var group) is { } no)
        {
            return no;
        }

        return call.Params.Refusal is { } bad ? bad : setting is null
            ? ApiAnswer.Ok(Entity(group, call))
            : call.Apply<Group>(
                new UpdateGroup(group.Id, setting switch
                {
                    "enabled" => SharedRunnersSetting.Enabled,
                    "disabled_and_unoverridable" => SharedRunnersSetting.DisabledAndUnoverridable,
                    _ => SharedRunnersSetting.DisabledAndOverridable,
                }),
                g => ApiAnswer.Ok(Entity(g, call)));
    }

    private static ApiAnswer Subgroups(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        return call.FindGroup(AccessLevel.None, out var group) ?? call.Params.Refusal ?? page.Answer(
            call, [.. call.World.Directory.Groups.Where(g => g.Parent == group)], g => Entity(g, call));
    }

    private static ApiAnswer Projects(ApiCall call)
    {
        var filter = ProjectFilter.Of(call);
        var below = call.Params.Flag("include_subgroups") is true;
        return call.FindGroup(AccessLevel.None, out var group) ?? filter.OrderByRefusal ?? ProjectEndpoints.ListOf(
            call,
            filter,
            filter.Apply(call.World.Directory.Projects.Where(p =>
                p.Namespace == group || (below && p.Namespace.SelfAndAncestors().Contains(group)))));
    }

    private static ApiAnswer Members(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var inherited = call.Http.Request.Path.Value!.EndsWith("/all", StringComparison.Ordinal);
        if (call.FindGroup(AccessLevel.None, out var group) is { } no)
        {
            return no;
        }

        var members = inherited
            ? call.World.Directory.MembersOf(group)
            : call.World.Directory.Memberships.Where(m => m.Group == group).Select(m => (m.User, m.Level));
        return call.Params.Refusal ?? page.Answer(call, [.. members], m => MemberEntity.Of(m.User, m.Level, call));
    }

    private static object Entity(Group g, ApiCall call) => new
    {
        g.Id,
        WebUrl = $"{call.BaseUrl}/groups/{g.FullPath}",
        g.Name,
        g.Path,
        Description = "",
        Visibility = "internal",
        g.FullName,
        g.FullPath,
        ParentId = g.Parent?.Id,
        g.CreatedAt,
        AvatarUrl = (string?)null,
        SharedRunnersSetting = g.SharedRunners switch
        {
            SharedRunnersSetting.Enabled => "enabled",
            SharedRunnersSetting.DisabledAndOverridable => "disabled_and_overridable",
            _ => "disabled_and_unoverridable",
        },
    };
}

using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Reading runners.</summary>
internal static class RunnerEndpoints
{
    private static readonly string[] StatusScopes = ["active", "paused", "online", "offline", "never_contacted", "stale"];

    private static readonly string[] AllScopes =
        ["specific", "shared", "instance_type", "group_type", "project_type", .. StatusScopes];

    public static void Map(ApiRoutes api)
    {
        api.Get("/runners", c => List(c, c.World.Fleet.Runners.Where(r => RunnerRights.MayManage(c, r)), StatusScopes));
        api.Get("/runners/all", All);
        api.Get("/runners/{id}", Details, Scopes.ManageRunner);
        api.Get("/runners/{id}/managers", Managers, Scopes.ManageRunner);
        api.Get("/runners/{id}/projects", Projects, Scopes.ManageRunner);
        api.Get("/projects/{id}/runners", OfProject);
        api.Get("/groups/{id}/runners", OfGroup);
    }

    private static ApiAnswer All(ApiCall call) =>
        call.IsAdmin ? List(call, call.World.Fleet.Runners, AllScopes) : ApiAnswer.Forbidden();

    private static ApiAnswer OfProject(ApiCall call) =>
        call.FindProject(AccessLevel.Maintainer, out var project)
        ?? List(call, call.World.Fleet.UsableBy(project), AllScopes);

    private static ApiAnswer OfGroup(ApiCall call) =>
        call.FindGroup(AccessLevel.Maintainer, out var group)
        ?? List(call, call.World.Fleet.UsableBy(group), AllScopes);

    private static ApiAnswer List(ApiCall call, IEnumerable<Runner> runners, string[] scopes)
    {
        var page = OffsetPage.Of(call);
        var filter = RunnerFilter.Of(call, scopes);
        return filter.Refusal
            ?? page.Answer(call, filter.Apply(runners), r => new RunnerEntity(r, call.Now, call.BaseUrl));
    }

    private static ApiAnswer Details(ApiCall call)
    {
        var withProjects = call.Params.Flag("include_projects") ?? true;
        return RunnerRights.Find(call, RunnerRights.MayRead, out var runner)
            ?? call.Params.Refusal
            ?? ApiAnswer.Ok(new RunnerDetailsEntity(runner, call, withProjects));
    }

    private static ApiAnswer Managers(ApiCall call) =>
        RunnerRights.Find(call, RunnerRights.MayRead, out var runner)
        ?? ApiAnswer.Ok(runner.Managers.Select(m => RunnerManagerEntity.Of(m, call.Now)).ToArray());

    private static ApiAnswer Projects(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        return RunnerRights.Find(call, RunnerRights.MayRead, out var runner)
            ?? call.Params.Refusal
            ?? page.Answer(
                call,
                [.. runner.Projects.Where(p => call.LevelIn(p) > AccessLevel.None)],
                p => Entities.ProjectBasic(p, call.BaseUrl));
    }
}

using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Merge requests: opened, changed, merged.</summary>
internal static class MergeRequestEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/projects/{id}/merge_requests", List);
        api.Get("/projects/{id}/merge_requests/{iid}", c => With(c, AccessLevel.None, (p, m) => ApiAnswer.Ok(Entity(m, p, c, full: true))));
        api.Post("/projects/{id}/merge_requests", Open);
        api.Put("/projects/{id}/merge_requests/{iid}", Update);
        api.Put("/projects/{id}/merge_requests/{iid}/merge", c => With(c, AccessLevel.Developer, (p, m) => Answer(
            c, p, c.Apply(new AcceptMergeRequest(p.Id, m.Iid, c.Me.Id)), 200)));
    }

    private static ApiAnswer List(ApiCall call)
    {
        var p = call.Params;
        var page = OffsetPage.Of(call);
        var state = p.OneOf("state", "opened", "closed", "merged", "locked", "all") ?? "all";
        var source = p.Text("source_branch");
        var target = p.Text("target_branch");
        return call.FindProject(AccessLevel.None, out var project) ?? p.Refusal ?? page.Answer(
            call,
            [.. project.Repository.MergeRequests
                .Where(m => state == "all" || Word(m.State) == state)
                .Where(m => (source is null || m.SourceBranch == source) && (target is null || m.TargetBranch == target))
                .OrderByDescending(m => m.Id)],
            m => Entity(m, project, call, full: false));
    }

    private static ApiAnswer Open(ApiCall call)
    {
        var p = call.Params;
        var source = p.Required("source_branch");
        var target = p.Required("target_branch");
        var title = p.Required("title");
        var input = new OpenMergeRequest(
            0, source, target, title, call.Me.Id, p.Text("description") ?? "", p.List("labels"), Ids(p, "assignee"), Ids(p, "reviewer"),
            p.Flag("remove_source_branch") ?? false, p.Flag("squash") ?? false);
        return p.Refusal
            ?? call.FindProject(AccessLevel.Developer, out var project)
            ?? Answer(call, project, call.Apply(input with { ProjectId = project.Id }), 201);
    }

    private static ApiAnswer Update(ApiCall call)
    {
        var p = call.Params;
        var change = p.OneOf("state_event", "close", "reopen");
        return p.Refusal ?? With(call, AccessLevel.Developer, (project, m) => Answer(
            call,
            project,
            call.Apply(new UpdateMergeRequest(
                project.Id, m.Iid, p.Text("title"), p.Text("description"), change is null ? null : change == "reopen",
                p.List("labels"), Ids(p, "assignee"), Ids(p, "reviewer"))),
            200));
    }

    private static IReadOnlyList<int>? Ids(Parameters p, string who) =>
        p.Numbers(who + "_ids") ?? (p.Number(who + "_id") is { } one ? [one] : null);

    // Conflicts come as a list of sentences here.
    private static ApiAnswer Answer(ApiCall call, Project project, InputResult result, int status) => result.Refusal switch
    {
        null => new ApiAnswer(status, Entity(result.Get<MergeRequest>(), project, call, full: true)),
        { Kind: RefusalKind.Conflict } no => ApiAnswer.Message(409, new[] { no.Message }),
        var no => ApiAnswer.Of(no),
    };

    private static ApiAnswer With(ApiCall call, AccessLevel least, Func<Project, MergeRequest, ApiAnswer> answer)
    {
        if (call.FindProject(least, out var project) is { } no)
        {
            return no;
        }

        return project.Repository.MergeRequests.FirstOrDefault(m => m.Iid == call.RouteId("iid")) is { } found
            ? answer(project, found)
            : ApiAnswer.Message(404, "404 Not found");
    }

    private static string Word(MergeRequestState state) => state.ToString().ToLowerInvariant();

    private static Dictionary<string, object?> Entity(MergeRequest m, Project project, ApiCall call, bool full)
    {
        object? User(int id) => Entities.UserBasic(call.World.Directory.FindUser(id), call.BaseUrl);
        var entity = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = m.Id,
            ["iid"] = m.Iid,
            ["project_id"] = m.ProjectId,
            ["title"] = m.Title,
            ["description"] = m.Description,
            ["state"] = Word(m.State),
            ["created_at"] = m.CreatedAt,
            ["updated_at"] = m.UpdatedAt,
            ["merged_by"] = Entities.UserBasic(m.MergedBy, call.BaseUrl),
            ["merge_user"] = Entities.UserBasic(m.MergedBy, call.BaseUrl),
            ["merged_at"] = m.MergedAt,
            ["closed_at"] = m.ClosedAt,
            ["target_branch"] = m.TargetBranch,
            ["source_branch"] = m.SourceBranch,
            ["author"] = Entities.UserBasic(m.Author, call.BaseUrl),
            ["assignees"] = m.AssigneeIds.Select(User).ToArray(),
            ["reviewers"] = m.ReviewerIds.Select(User).ToArray(),
            ["source_project_id"] = m.ProjectId,
            ["target_project_id"] = m.ProjectId,
            ["labels"] = m.Labels.ToArray(),
            ["draft"] = m.IsDraft,
            ["work_in_progress"] = m.IsDraft,
            ["merge_status"] = m.State == MergeRequestState.Opened ? "can_be_merged" : "unchecked",
            ["detailed_merge_status"] = m.State != MergeRequestState.Opened ? "not_open" : m.IsDraft ? "draft_status" : "mergeable",
            ["sha"] = m.Sha,
            ["merge_commit_sha"] = m.MergeCommitSha,
            ["squash"] = m.Squash,
            ["should_remove_source_branch"] = m.RemoveSourceBranch,
            ["force_remove_source_branch"] = m.RemoveSourceBranch,
            ["has_conflicts"] = false,
            ["user_notes_count"] = 0,
            ["web_url"] = $"{call.BaseUrl}/{project.FullPath}/-/merge_requests/{m.Iid}",
            ["references"] = new { Short = $"!{m.Iid}", Relative = $"!{m.Iid}", Full = $"{project.FullPath}!{m.Iid}" },
        };
        if (full)
        {
            entity["head_pipeline"] = m.HeadPipeline is { } pipeline ? new PipelineDetailsEntity(pipeline, call) : null;
            entity["merge_error"] = null;
        }

        return entity;
    }
}

using System.Text.Json.Nodes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Branches and commits. One commit call makes a branch and changes any number of files.</summary>
internal static class CommitEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/projects/{id}/repository/branches", Branches, "read_repository");
        api.Get("/projects/{id}/repository/branches/{branch}", Branch, "read_repository");
        api.Post("/projects/{id}/repository/branches", CreateBranch);
        api.Delete("/projects/{id}/repository/branches/{branch}", DeleteBranch);
        api.Get("/projects/{id}/repository/commits", Commits, "read_repository");
        api.Get("/projects/{id}/repository/commits/{sha}", Commit, "read_repository");
        api.Post("/projects/{id}/repository/commits", CreateCommit);
    }

    private static ApiAnswer Branches(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var search = call.Params.Text("search");
        var sort = call.Params.OneOf("sort", "name_asc", "updated_asc", "updated_desc");
        return call.FindProject(AccessLevel.Reporter, out var project) ?? call.Params.Refusal ?? page.Answer(
            call,
            Sorted(project.Repository.Branches.Where(b => search is null || b.Name.Contains(search, StringComparison.OrdinalIgnoreCase)), sort),
            b => Entity(b, project, call));
    }

    // By name, unless asked otherwise.
    private static Branch[] Sorted(IEnumerable<Branch> branches, string? sort) => sort switch
    {
        "updated_desc" => [.. branches.OrderByDescending(b => b.HeadAt)],
        "updated_asc" => [.. branches.OrderBy(b => b.HeadAt)],
        _ => [.. branches],
    };

    private static ApiAnswer Branch(ApiCall call) =>
        call.FindProject(AccessLevel.Reporter, out var project)
        ?? (project.Repository.FindBranch(call.Route("branch")) is { } branch
            ? ApiAnswer.Ok(Entity(branch, project, call))
            : ApiAnswer.NotFound("Branch"));

    private static ApiAnswer CreateBranch(ApiCall call)
    {
        var name = call.Params.Required("branch");
        var from = call.Params.Required("ref");
        return call.Params.Refusal
            ?? call.FindProject(AccessLevel.Developer, out var project)
            ?? call.Apply<Branch>(new CreateBranch(project.Id, name, from, call.Me.Id), b => ApiAnswer.Created(Entity(b, project, call)));
    }

    private static ApiAnswer DeleteBranch(ApiCall call) =>
        call.FindProject(AccessLevel.Developer, out var project)
        ?? call.ApplyNoContent(new DeleteBranch(project.Id, call.Route("branch"), call.Me.Id));

    private static ApiAnswer Commits(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var since = call.Params.Time("since");
        if (call.FindProject(AccessLevel.Reporter, out var project) is { } no)
        {
            return no;
        }

        // The way back from the ref's head, along first parents.
        var commits = new List<Commit>();
        var sha = call.World.Code.Resolve(project, call.Params.Text("ref_name"))?.HeadSha;
        while (sha is not null && call.World.Code.FindCommit(project, sha) is { } commit && commits.Count < 10_000)
        {
            if (since is null || commit.At >= since)
            {
                commits.Add(commit);
            }

            sha = commit.ParentSha;
        }

        return call.Params.Refusal ?? page.Answer(
            call,
            [.. commits.Skip(page.Skip).Take(page.Size).Select(c => Entities.Commit(c, project, call.BaseUrl))],
            commits.Count > page.Skip + page.Size,
            null);
    }

    private static ApiAnswer Commit(ApiCall call)
    {
        if (call.FindProject(AccessLevel.Reporter, out var project) is { } no)
        {
            return no;
        }

        var sha = call.World.Code.Resolve(project, call.Route("sha"))?.HeadSha ?? call.Route("sha");
        return call.World.Code.FindCommit(project, sha) is { } commit
            ? ApiAnswer.Ok(Entities.Commit(commit, project, call.BaseUrl))
            : ApiAnswer.NotFound("Commit");
    }

    private static ApiAnswer CreateCommit(ApiCall call)
    {
        var p = call.Params;
        var branch = p.Required("branch");
        var message = p.Required("commit_message");
        var actions = (p.Node("actions") as JsonArray)?.OfType<JsonObject>().Select(a => Action(a, p)).ToArray() ?? [];
        if (actions.Length == 0)
        {
            p.Problem("actions is missing");
        }

        return p.Refusal ?? call.FindProject(AccessLevel.Developer, out var project) ?? call.Apply<Commit>(
            new CreateCommit(
                project.Id, branch, message, actions, call.Me.Id, p.Text("start_branch"), p.Text("start_sha"),
                p.Flag("force") ?? false, p.Text("author_name"), p.Text("author_email")),
            c => ApiAnswer.Created(Entities.Commit(c, project, call.BaseUrl)));
    }

    private static FileAction Action(JsonObject action, Parameters p)
    {
        var kind = action["action"]?.ToString() switch
        {
            "create" => FileActionKind.Create,
            "update" => FileActionKind.Update,
            "delete" => FileActionKind.Delete,
            "move" => FileActionKind.Move,
            "chmod" => FileActionKind.Chmod,
            _ => (FileActionKind?)null,
        };
        if (kind is null)
        {
            p.Problem("actions[0][action] does not have a valid value");
        }

        var content = action["content"]?.ToString() is { } text ? FileContent.Decode(text, action["encoding"]?.ToString()) : null;
        return new FileAction(
            kind ?? FileActionKind.Update,
            action["file_path"]?.ToString() ?? "",
            content,
            action["previous_path"]?.ToString(),
            action["last_commit_id"]?.ToString(),
            action["execute_filemode"]?.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.True => true,
                System.Text.Json.JsonValueKind.False => false,
                _ => null,
            });
    }

    private static object Entity(Branch branch, Project project, ApiCall call) => new
    {
        branch.Name,
        Merged = false,
        Protected = project.IsProtected(branch.Name, isTag: false),
        Default = branch.Name == project.DefaultBranch,
        DevelopersCanPush = false,
        DevelopersCanMerge = false,
        CanPush = call.LevelIn(project) >= AccessLevel.Developer && !project.IsProtected(branch.Name, isTag: false),
        WebUrl = $"{call.BaseUrl}/{project.FullPath}/-/tree/{branch.Name}",
        Commit = call.World.Code.FindCommit(project, branch.HeadSha) is { } commit ? Entities.Commit(commit, project, call.BaseUrl) : null,
    };
}

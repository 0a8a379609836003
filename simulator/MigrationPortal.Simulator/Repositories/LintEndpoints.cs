using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>CI lint of what a project has, or of content in its place. 200 also for an invalid file.</summary>
internal static class LintEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/projects/{id}/ci/lint", Project);
        api.Post("/projects/{id}/ci/lint", Content);
    }

    private static ApiAnswer Project(ApiCall call)
    {
        var p = call.Params;
        var dryRun = p.Flag("dry_run") ?? false;
        var refName = p.Text("content_ref") ?? p.Text("sha") ?? (dryRun ? p.Text("dry_run_ref") ?? p.Text("ref") : null);
        var withJobs = p.Flag("include_jobs") ?? false;
        if (call.FindProject(AccessLevel.Guest, out var project) is { } no)
        {
            return no;
        }

        return p.Refusal is { } bad ? bad : project.Repository.Branches.Count == 0 ? ApiAnswer.NotFound("Repository")
            : call.World.Code.Resolve(project, refName) is null ? ApiAnswer.NotFound("Commit")
            : ApiAnswer.Ok(Entity(call.World.Code.Lint(project, null, refName, dryRun), project, call, withJobs));
    }

    private static ApiAnswer Content(ApiCall call)
    {
        var p = call.Params;
        var content = p.Required("content");
        var dryRun = p.Flag("dry_run") ?? false;
        var withJobs = p.Flag("include_jobs") ?? false;
        return p.Refusal ?? call.FindProject(AccessLevel.Developer, out var project) ?? ApiAnswer.Ok(
            Entity(call.World.Code.Lint(project, content, p.Text("ref"), dryRun), project, call, withJobs));
    }

    private static Dictionary<string, object?> Entity(LintResult lint, Project project, ApiCall call, bool withJobs)
    {
        var entity = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["valid"] = lint.Valid,
            ["errors"] = lint.Errors,
            ["warnings"] = lint.Warnings,
            ["merged_yaml"] = lint.MergedYaml,
            ["includes"] = lint.Includes.Select(i => Include(i, project, call)).ToArray(),
        };
        if (withJobs)
        {
            entity["jobs"] = lint.Jobs.Select(Job).ToArray();
        }

        return entity;
    }

    private static object Include(LintInclude include, Project project, ApiCall call)
    {
        var home = include.IncludedProject ?? project.FullPath;
        return new
        {
            include.Type,
            include.Location,
            Blob = $"{call.BaseUrl}/{home}/-/blob/{include.ContextSha}/{include.Location}",
            Raw = $"{call.BaseUrl}/{home}/-/raw/{include.ContextSha}/{include.Location}",
            Extra = include.IncludedProject is { } p ? new Dictionary<string, object?> { ["project"] = p, ["ref"] = null } : [],
            include.ContextProject,
            include.ContextSha,
        };
    }

    private static object Job(LintJob job) => new
    {
        job.Name,
        job.Stage,
        job.BeforeScript,
        job.Script,
        job.AfterScript,
        job.TagList,
        job.Environment,
        job.When,
        job.AllowFailure,
        job.Needs,
        Only = (object?)null,
        Except = (object?)null,
    };
}

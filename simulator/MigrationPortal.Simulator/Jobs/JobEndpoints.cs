using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Jobs of a project, and what can be done with one.</summary>
internal static class JobEndpoints
{
    private static readonly string[] Words =
    [
        "created", "waiting_for_resource", "preparing", "waiting_for_callback", "pending", "running", "success", "failed",
        "canceling", "canceled", "skipped", "manual", "scheduled",
    ];

    public static void Map(ApiRoutes api)
    {
        api.Get("/projects/{id}/jobs", OfProject);
        api.Get("/projects/{id}/jobs/{job_id}", c => WithJob(c, AccessLevel.Reporter, j => ApiAnswer.Ok(new JobEntity(j, c))));
        api.Get("/projects/{id}/jobs/{job_id}/trace", c => WithJob(c, AccessLevel.Reporter, j => ApiAnswer.Text(c.World.Truth.Trace(j))));
        api.Post("/projects/{id}/jobs/{job_id}/retry", c => Change(c, j => new RetryJob(j.Id, c.Me.Id), 201));
        api.Post("/projects/{id}/jobs/{job_id}/cancel", c => Change(c, j => new CancelJob(j.Id), 201));
        api.Post("/projects/{id}/jobs/{job_id}/play", c => Change(c, j => new PlayJob(j.Id, c.Me.Id), 200));
        api.Post("/projects/{id}/jobs/{job_id}/erase", c => Change(c, j => new EraseJob(j.Id), 201));
        api.Get("/runners/{id}/jobs", OfRunner, Scopes.ManageRunner);
    }

    /// <summary>The statuses asked for by <c>scope</c> or <c>status</c>; null for all. A status this world never has finds nothing.</summary>
    public static IReadOnlyCollection<JobStatus>? Statuses(ApiCall call, string parameter)
    {
        if (call.Params.List(parameter) is not { Count: > 0 } words)
        {
            return null;
        }

        if (words.Except(Words, StringComparer.Ordinal).Any())
        {
            call.Params.Problem($"{parameter} does not have a valid value");
        }

        return [.. words.Select(JobWords.ParseStatus).OfType<JobStatus>().DefaultIfEmpty((JobStatus)31)];
    }

    // Newest first, retried ones included, never counted.
    private static ApiAnswer OfProject(ApiCall call)
    {
        var statuses = Statuses(call, "scope");
        if (call.FindProject(AccessLevel.None, out var project) is { } no)
        {
            return no;
        }

        if (!MayReadBuilds(call, project))
        {
            return ApiAnswer.Forbidden();
        }

        if (KeysetPage.Wanted(call))
        {
            return KeysetPage.Of(call, ascending: false, out var refusal) is { } keyset && call.Params.Refusal is null
                ? keyset.Answer(
                    call,
                    keyset.Descending
                        ? call.World.Jobs.OfProject(project, statuses, keyset.After, 0, keyset.Size + 1)
                        : Ascending(call, project, statuses, keyset),
                    j => j.Id,
                    j => new JobEntity(j, call))
                : refusal ?? call.Params.Refusal!;
        }

        var page = OffsetPage.Of(call);
        if ((call.Params.Refusal ?? page.TooDeep("Ci::Build")) is { } bad)
        {
            return bad;
        }

        var rows = call.World.Jobs.OfProject(project, statuses, null, page.Skip, page.Size + 1);
        return page.Answer(call, [.. rows.Take(page.Size).Select(j => new JobEntity(j, call))], rows.Count > page.Size, null);
    }

    // The store reads a project newest first; nobody pages a project's jobs upwards often enough for an order of its own.
    private static IReadOnlyList<Job> Ascending(
        ApiCall call, Project project, IReadOnlyCollection<JobStatus>? statuses, KeysetPage page) =>
        [.. call.World.Jobs.OfProject(project, statuses, null, 0, int.MaxValue)
            .Where(j => page.After is not { } after || j.Id > after).Reverse().Take(page.Size + 1)];

    private static ApiAnswer OfRunner(ApiCall call)
    {
        var statuses = Statuses(call, "status");
        var systemId = call.Params.Text("system_id");
        // Without order_by the oldest come first, whatever sort says.
        var sort = call.Params.OneOf("sort", "asc", "desc");
        var descending = call.Params.OneOf("order_by", "id") is not null && sort != "asc";
        if (RunnerRights.Find(call, RunnerRights.MayReadJobs, out var runner) is { } no)
        {
            return no;
        }

        var jobs = call.World.Jobs;
        if (KeysetPage.Wanted(call))
        {
            var keyset = KeysetPage.Of(call, ascending: false, out var refusal);
            return refusal ?? call.Params.Refusal ?? keyset!.Answer(
                call,
                Rows(call, (skip, limit) => jobs.OfRunner(runner, statuses, systemId, keyset.Descending, keyset.After, skip, limit), 0, keyset.Size + 1),
                j => j.Id,
                j => new JobOfRunnerEntity(j, call));
        }

        var page = OffsetPage.Of(call);
        if ((call.Params.Refusal ?? page.TooDeep("Ci::Build")) is { } bad)
        {
            return bad;
        }

        var rows = Rows(
            call, (skip, limit) => jobs.OfRunner(runner, statuses, systemId, descending, null, skip, limit), page.Skip, page.Size + 1);
        var total = systemId is null ? jobs.CountOfRunner(runner, statuses, OffsetPage.CountLimit + 1) : (int?)null;
        return page.Answer(
            call,
            [.. rows.Take(page.Size).Select(j => new JobOfRunnerEntity(j, call))],
            rows.Count > page.Size,
            total);
    }

    // Administrators see all; others only jobs of projects they report on, so for them the list is cut after looking.
    private static IReadOnlyList<Job> Rows(ApiCall call, Func<int, int, IReadOnlyList<Job>> read, int skip, int limit) =>
        call.IsAdmin
            ? read(skip, limit)
            : [.. read(0, int.MaxValue).Where(j => call.LevelIn(j.Project) >= AccessLevel.Reporter).Skip(skip).Take(limit)];

    private static bool MayReadBuilds(ApiCall call, Project project) =>
        project.Visibility == Visibility.Public || call.LevelIn(project) >= AccessLevel.Reporter;

    private static ApiAnswer WithJob(ApiCall call, AccessLevel least, Func<Job, ApiAnswer> answer)
    {
        if (call.FindProject(AccessLevel.None, out var project) is { } no)
        {
            return no;
        }

        if (call.LevelIn(project) < least && !(least == AccessLevel.Reporter && MayReadBuilds(call, project)))
        {
            return ApiAnswer.Forbidden();
        }

        return call.BadId("job_id") ?? (call.World.Jobs.Find(call.RouteId("job_id")) is { } job && job.Project == project
            ? answer(job)
            : ApiAnswer.Message(404, "404 Not Found"));
    }

    private static ApiAnswer Change(ApiCall call, Func<Job, WorldInput> input, int status) =>
        WithJob(call, AccessLevel.Developer, job => call.Apply<Job>(input(job), j => new ApiAnswer(status, new JobEntity(j, call))));
}

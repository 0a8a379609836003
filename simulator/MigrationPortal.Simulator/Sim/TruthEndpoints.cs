using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary><c>/_sim/truth</c>: what really happened, for tests to compare with.</summary>
internal static class TruthEndpoints
{
    private const int MostJobs = 5000;

    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/truth", (HttpContext http, DateTimeOffset? from, DateTimeOffset? to) => http.Instance().Do(w => Truth(w, from, to)));
        sim.MapGet("/truth/jobs", (HttpContext http, long? after, int? limit) =>
            http.Instance().Do(w => Jobs(w, after ?? 0, Math.Clamp(limit ?? 1000, 1, MostJobs))));
        sim.MapGet("/truth/runners", (HttpContext http) => http.Instance().Do(Runners));
    }

    private static object Truth(GitLabWorld world, DateTimeOffset? from, DateTimeOffset? to)
    {
        var begin = from ?? world.Options.Now.AddDays(-world.Options.HistoryDays);
        var end = to ?? world.Now.AddMilliseconds(1);
        var hours = world.Truth.Counts(begin, end);
        var classes = world.Truth.Classes();
        return new
        {
            now = world.Now,
            from = begin,
            to = end,
            totals = new
            {
                jobs = world.Jobs.Count,
                finished = hours.Sum(h => h.Jobs),
                failed = Failed(hours),
                pending = world.Jobs.CountOf(JobStatus.Pending),
                running = world.Jobs.CountOf(JobStatus.Running),
                unservedSeconds = Math.Round(classes.Sum(c => c.UnservedSeconds), 3),
            },
            executors = hours.GroupBy(h => h.Executor).Select(g => new
            {
                executor = g.Key?.Wire(),
                finished = g.Sum(h => h.Jobs),
                failed = Failed(g),
            }).ToArray(),
            reasons = hours.Where(h => h.Status == JobStatus.Failed).GroupBy(h => (h.Executor, h.Reason, h.Cause)).Select(g => new
            {
                executor = g.Key.Executor?.Wire(),
                reason = g.Key.Reason.Wire(),
                cause = Cause(g.Key.Cause),
                jobs = g.Sum(h => h.Jobs),
            }).ToArray(),
            hours = hours.Select(h => new
            {
                hour = h.Hour,
                executor = h.Executor?.Wire(),
                status = h.Status.Wire(),
                reason = h.Status == JobStatus.Failed ? h.Reason.Wire() : null,
                cause = Cause(h.Cause),
                jobs = h.Jobs,
            }).ToArray(),
            classes = classes.Select(c => new
            {
                tags = c.Tags.Tags,
                @protected = c.Protected,
                projectId = c.ProjectId,
                servedNow = c.ServedNow,
                pendingNow = c.PendingNow,
                jobs = c.Jobs,
                unservedSeconds = Math.Round(c.UnservedSeconds, 3),
            }).ToArray(),
            runners = Runners(world),
        };
    }

    private static int Failed(IEnumerable<HourCount> hours) => hours.Where(h => h.Status == JobStatus.Failed).Sum(h => h.Jobs);

    private static object Jobs(GitLabWorld world, long after, int limit)
    {
        var items = new List<object>();
        var id = after;
        while (items.Count < limit && world.Jobs.Find(id + 1) is { } job)
        {
            id = job.Id;
            items.Add(One(world, job));
        }

        return new { items, next = id < world.Jobs.Count ? (long?)id : null };
    }

    private static object One(GitLabWorld world, Job job)
    {
        var truth = world.Truth.Of(job);
        return new
        {
            id = job.Id,
            projectId = job.Project.Id,
            project = job.Project.FullPath,
            name = job.Name,
            status = job.Status.Wire(),
            executor = truth.Executor?.Wire(),
            runnerId = job.Runner?.Id,
            managerId = job.Manager?.Id,
            untagged = truth.Untagged,
            tags = job.Tags,
            @protected = job.Protected,
            failureReason = job.Status == JobStatus.Failed ? truth.Reason.Wire() : null,
            cause = Cause(truth.Cause),
            createdAt = job.CreatedAt,
            queuedAt = job.QueuedAt,
            startedAt = job.StartedAt,
            finishedAt = job.FinishedAt,
            unservedSeconds = Math.Round(truth.UnservedSeconds, 3),
        };
    }

    private static object[] Runners(GitLabWorld world) => [.. world.Fleet.Runners.Select(r => new
    {
        id = r.Id,
        description = r.Description,
        runnerType = r.Type.Of(),
        executors = r.Managers.Select(m => m.Executor.Wire()).Distinct().ToArray(),
        clusters = r.Managers.Select(m => m.Cluster).OfType<string>().Distinct().ToArray(),
        tagList = r.TagList,
        runUntagged = r.RunUntagged,
        paused = r.Paused,
        refProtected = r.RefProtected,
        slots = r.Managers.Sum(m => m.Slots),
        polling = r.Managers.Any(m => m.IsPolling),
        runningJobs = r.RunningJobs,
        contactedAt = r.ContactedAt(world.Now),
    })];

    private static string? Cause(Cause cause) =>
        cause == World.Cause.None ? null : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(cause.ToString());
}

using GraphQL;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Where queries begin.</summary>
internal static class QueryFields
{
    public static void Add(GraphFieldTable fields)
    {
        fields.On<object?>("Query", t => t
            .Add("metadata", (_, call) => call.Api.World.Options)
            .Add("currentUser", (_, call) => call.Api.Caller)
            .Add("queryComplexity", (_, call) => call)
            .Add("runner", (_, context, call) => FindRunner(call, context.Raw("id")) is { } r && RunnerRights.MayRead(call.Api, r) ? r : null)
            .Add("runners", (_, context, call) => Runners(context, call))
            .Add("jobs", (_, context, call) => Jobs(context, call))
            .Add("project", (_, context, call) =>
                call.Api.World.Directory.FindProject(context.Text("fullPath") ?? "") is { } p && call.Api.CanSee(p) ? p : null));
        fields.On<WorldOptions>("InstanceMetadata", t => t
            .Add("version", o => o.GitLabVersion)
            .Add("revision", _ => InstanceEndpoints.Revision)
            .Add("enterprise", _ => false));
        fields.On<GraphCall>("QueryComplexity", t => t.Add("limit", c => c.Limit).Add("score", c => c.Score));
    }

    public static Runner? FindRunner(GraphCall call, object? gid) =>
        GlobalId.Parse("Ci::Runner", gid) is { } id ? call.Api.World.Fleet.Find((int)Math.Min(id, int.MaxValue)) : null;

    private static Connection Runners(IResolveFieldContext context, GraphCall call)
    {
        var now = call.Now;
        var runners = call.Api.World.Fleet.Runners.Where(r => RunnerRights.MayManage(call.Api, r));
        if (context.Raw("paused") is bool paused)
        {
            runners = runners.Where(r => r.Paused == paused);
        }

        if (context.Raw("status") is string status)
        {
            runners = runners.Where(r => HasStatus(r, status, now));
        }

        if (context.Raw("type") is string type)
        {
            runners = runners.Where(r => r.Type.Of().Equals(type, StringComparison.OrdinalIgnoreCase));
        }

        if (context.Texts("tagList") is { Count: > 0 } tags)
        {
            runners = runners.Where(r => tags.All(t => r.TagList.Contains(t, StringComparer.Ordinal)));
        }

        if (context.Text("search") is { Length: > 0 } search)
        {
            runners = runners.Where(r => r.Token == search
                || (r.Description?.Contains(search, StringComparison.OrdinalIgnoreCase) ?? false));
        }

        if (context.Text("versionPrefix") is { Length: > 0 } prefix)
        {
            runners = runners.Where(r => r.Managers.Any(m => m.Version.StartsWith(prefix, StringComparison.Ordinal)));
        }

        if (GlobalId.Parse("User", context.Raw("creatorId")) is { } creator)
        {
            runners = runners.Where(r => r.CreatedBy?.Id == creator);
        }

        if (context.Text("creatorUsername") is { } username)
        {
            runners = runners.Where(r => r.CreatedBy?.Username == username);
        }

        return Connection.Of(context, [.. Sorted(runners, context.Raw("sort") as string, now)], r => r.Id);
    }

    private static IEnumerable<Runner> Sorted(IEnumerable<Runner> runners, string? sort, DateTimeOffset now) => sort switch
    {
        "CONTACTED_ASC" => runners.OrderBy(r => r.ContactedAt(now)).ThenBy(r => r.Id),
        "CONTACTED_DESC" => runners.OrderByDescending(r => r.ContactedAt(now)).ThenByDescending(r => r.Id),
        "CREATED_ASC" => runners.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id),
        "CREATED_DESC" => runners.OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id),
        _ => runners.OrderByDescending(r => r.Id),
    };

    private static bool HasStatus(Runner runner, string status, DateTimeOffset now) => status switch
    {
        "ACTIVE" => !runner.Paused,
        "PAUSED" => runner.Paused,
        "OFFLINE" => runner.ContactedAt(now) is not null && runner.Status(now) != ContactStatus.Online,
        "NEVER_CONTACTED" => runner.ContactedAt(now) is null,
        _ => runner.Status(now).Of().Equals(status, StringComparison.OrdinalIgnoreCase),
    };

    // Administrators only; everybody else gets an empty list, and no error.
    private static Connection Jobs(IResolveFieldContext context, GraphCall call)
    {
        if (!call.Api.IsAdmin)
        {
            return JobFields.Page([], 0, false, _ => 0);
        }

        var store = call.Api.World.Jobs;
        var statuses = JobFields.Statuses(context);
        var compatible = FindRunner(call, context.Raw("compatibleRunnerId"));
        if (context.Raw("compatibleRunnerId") is not null && (compatible is null || statuses is not { Count: 1 } || statuses.First() != JobStatus.Pending))
        {
            throw new ExecutionError("compatibleRunnerId can only be used with statuses: PENDING");
        }

        var types = context.Texts("runnerTypes")?.Select(ParseType).Distinct().ToArray() ?? [];
        var size = Connection.Size(context);
        var after = Connection.After(context);
        return JobFields.Page(Rows(after, size + 1), size, after is not null, limit => types.Length == 0 && compatible is null
            ? (int)Math.Min(limit, statuses is null ? store.Count : statuses.Sum(s => (long)store.CountOf(s)))
            : Rows(null, limit).Count);

        IReadOnlyList<Job> Rows(long? before, int limit) => types.Length == 0
            ? store.Newest(statuses, before, limit, compatible)
            : [.. types.SelectMany(t => store.Newest(statuses, before, limit, compatible, t)).OrderByDescending(j => j.Id).Take(limit)];
    }

    private static RunnerType ParseType(string word) => word switch
    {
        "INSTANCE_TYPE" => RunnerType.Instance,
        "GROUP_TYPE" => RunnerType.Group,
        _ => RunnerType.Project,
    };
}

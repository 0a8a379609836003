namespace MigrationPortal.Infrastructure.GitLab;

internal sealed record GraphQlQuery(string Query, GraphQlVariables Variables);

/// <summary>Every variable of every query; those not used are left out of the request.</summary>
internal sealed record GraphQlVariables(string? After = null, IReadOnlyList<string>? Statuses = null, int? First = null);

/// <summary>HTTP 200 also with <paramref name="Errors"/> (gitlab-api.md 4).</summary>
internal sealed record GraphQlReply<T>(T? Data, IReadOnlyList<GraphQlError>? Errors)
    where T : class;

internal sealed record GraphQlError(string? Message);

internal sealed record PageInfo(bool HasNextPage, string? EndCursor);

internal sealed record Connection<T>(IReadOnlyList<T?>? Nodes, PageInfo? PageInfo, int? Count);

internal sealed record FleetData(Connection<RunnerNode>? Runners);

internal sealed record RunnerNode(
    string Id,
    string? Description,
    string? RunnerType,
    string? Status,
    bool Paused,
    bool? Locked,
    bool RunUntagged,
    IReadOnlyList<string>? TagList,
    string? AccessLevel,
    string? MaintenanceNote,
    DateTimeOffset? ContactedAt,
    DateTimeOffset? CreatedAt,
    int? ProjectCount,
    Connection<IdNode>? Projects,
    Connection<IdNode>? Groups,
    Connection<ManagerNode>? Managers);

internal sealed record ManagerNode(
    string SystemId,
    string? ExecutorName,
    string? Version,
    string? Status,
    DateTimeOffset? ContactedAt);

internal sealed record JobsData(Connection<JobNode>? Jobs);

/// <param name="Id">Null for what GitLab does not let one see.</param>
internal sealed record JobNode(
    string? Id,
    string? Name,
    string? Status,
    IReadOnlyList<string>? Tags,
    string? RefName,
    bool? AllowFailure,
    bool? Retried,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? Source,
    IdNode? Runner,
    JobManagerNode? RunnerManager,
    IdNode? Project,
    IdNode? Pipeline,
    StageNode? Stage);

internal sealed record IdNode(string? Id);

internal sealed record JobManagerNode(string? SystemId, string? ExecutorName);

internal sealed record StageNode(string? Name);

/// <summary><c>gid://gitlab/Ci::Runner/12</c> and its like.</summary>
internal static class GlobalId
{
    public static long? Number(string? gid)
    {
        var slash = gid?.LastIndexOf('/') ?? -1;
        return slash >= 0 && long.TryParse(gid.AsSpan(slash + 1), out var number) ? number : null;
    }
}

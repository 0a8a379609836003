using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// All runners with their managers and owners by GraphQL, 100 a page: some 85 points of the 250 that a request may cost
/// (gitlab-api.md 4). What a page cannot hold, the projects of a runner with more than a hundred, <see cref="RunnerScopes"/> reads.
/// </summary>
internal sealed class GitLabFleetReader(GitLabClients clients, RunnerScopes scopes, WorldClock clock) : IFleetReader
{
    private const string Query = """
        query($after:String){ runners(first:100, after:$after){ pageInfo{hasNextPage endCursor} nodes{
          id description runnerType status paused locked runUntagged tagList accessLevel maintenanceNote contactedAt createdAt projectCount
          projects(first:100){ pageInfo{hasNextPage} nodes{id} } groups(first:1){ nodes{id} }
          managers(first:20){ nodes{ systemId executorName version status contactedAt } } } } }
        """;

    public async Task<(DateTimeOffset TakenAt, IReadOnlyList<ObservedRunner> Runners)> ReadAsync(InstanceId instance, RequestLane lane, CancellationToken cancel)
    {
        var api = clients.For(instance, lane.Reading());
        var purpose = lane == RequestLane.Operations ? Purposes.Operation : Purposes.Fleet;
        var nodes = new List<RunnerNode>();
        DateTimeOffset? takenAt = null;
        PageInfo? page = null;
        do
        {
            // The first page's time: a contact seen later than that is fresh all the more.
            var followed = takenAt is null && clock.Followed.Contains(instance) ? await clock.RefreshAsync(instance, cancel).ConfigureAwait(false) : (DateTimeOffset?)null;
            var response = await api.FleetAsync(new GraphQlQuery(Query, new GraphQlVariables(After: page?.EndCursor)), purpose, cancel).ConfigureAwait(false);
            var runners = response.Data(instance).Runners
                ?? throw new GitLabUnavailableException(instance, "shows no runners: the read token needs an administrator's read_api");
            takenAt ??= followed ?? response.Headers?.Date ?? clock.Now(instance);
            nodes.AddRange((runners.Nodes ?? []).OfType<RunnerNode>());
            page = runners.PageInfo;
        }
        while (page is { HasNextPage: true });

        // A runner that is registered or removed between two pages can be seen twice.
        var unique = nodes.DistinctBy(node => node.Id).ToList();
        var owners = await scopes.OfAsync(instance, lane, unique, cancel).ConfigureAwait(false);
        return (takenAt.Value, [.. unique.Select(node => Observed(instance, node, owners))]);
    }

    private static ObservedRunner Observed(InstanceId instance, RunnerNode node, IReadOnlyDictionary<long, RunnerScope> owners)
    {
        var number = GlobalId.Number(node.Id) ?? throw new GitLabUnavailableException(instance, $"names a runner '{node.Id}'");
        var scope = owners.GetValueOrDefault(number, RunnerScope.None);
        return new ObservedRunner(
            new RunnerId(instance, number),
            node.Description ?? "",
            GitLabWords.Type(node.RunnerType),
            node.Attributes(),
            node.Locked ?? false,
            GitLabWords.Contact(node.Status),
            node.ContactedAt,
            node.CreatedAt,
            node.MaintenanceNote,
            [.. (node.Managers?.Nodes ?? []).OfType<ManagerNode>().Select(Manager)],
            scope.Projects,
            scope.Groups);
    }

    private static RunnerManager Manager(ManagerNode node) =>
        new(node.SystemId, GitLabWords.Executor(node.ExecutorName), node.Version, GitLabWords.Contact(node.Status), node.ContactedAt);
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>The projects or groups that may use a project or group runner.</summary>
internal sealed record RunnerScope(IReadOnlySet<long> Projects, IReadOnlySet<long> Groups)
{
    public static readonly RunnerScope None = new(FrozenSet<long>.Empty, FrozenSet<long>.Empty);
}

/// <summary>
/// Which projects and groups own which runner. The fleet's own pages say it for all but those with more than a hundred
/// projects: they cost one REST call each, and are read again when the count of their projects changes or after an hour. Nobody
/// waits long for them: what budget or time leave out comes with the next sweep; until then the last snapshot's scope
/// counts, and a runner without one serves nobody.
/// </summary>
internal sealed class RunnerScopes(GitLabClients clients, IFleetStore stored, TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromHours(1);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<RunnerId, Known> _known = new();

    private readonly ConcurrentDictionary<InstanceId, bool> _remembered = new();

    public async Task<IReadOnlyDictionary<long, RunnerScope>> OfAsync(InstanceId instance, RequestLane lane, IReadOnlyCollection<RunnerNode> nodes, CancellationToken cancel)
    {
        await RememberAsync(instance, cancel).ConfigureAwait(false);
        var answer = new Dictionary<long, RunnerScope>();
        var putOff = false;
        var began = time.GetTimestamp();
        foreach (var node in nodes)
        {
            var type = GitLabWords.Type(node.RunnerType);
            if (type == RunnerType.Instance || GlobalId.Number(node.Id) is not { } number) continue;
            if (Shown(type, node) is { } shown)
            {
                answer[number] = shown;
                continue;
            }
            var id = new RunnerId(instance, number);
            var known = _known.GetValueOrDefault(id);
            putOff |= time.GetElapsedTime(began) > Longest;
            if (!putOff && !StillTrue(known, node)) (known, putOff) = await ReadAsync(id, lane, node, known, cancel).ConfigureAwait(false);
            if (known is not null) answer[number] = known.Scope;
        }
        return answer;
    }

    // After a restart: what was read before is better than nothing, and is read again like anything old.
    private async Task RememberAsync(InstanceId instance, CancellationToken cancel)
    {
        if (_remembered.ContainsKey(instance)) return;
        foreach (var runner in (await stored.LatestAsync(instance, cancel).ConfigureAwait(false))?.Runners.Select(one => one.Observed) ?? [])
            if (runner.ProjectIds.Count + runner.GroupIds.Count > 0)
                _known.TryAdd(runner.Id, new Known(new RunnerScope(runner.ProjectIds, runner.GroupIds), null, null));
        _remembered[instance] = true;
    }

    // Null when the page does not hold all of it.
    private static RunnerScope? Shown(RunnerType type, RunnerNode node) => type == RunnerType.Group
        ? node.Groups is { Nodes: { Count: > 0 } groups } ? new RunnerScope(FrozenSet<long>.Empty, Ids(groups)) : null
        : node.Projects is { Nodes: { } projects, PageInfo.HasNextPage: false } ? new RunnerScope(Ids(projects), FrozenSet<long>.Empty) : null;

    private bool StillTrue(Known? known, RunnerNode node) =>
        known is not null && known.ProjectCount == node.ProjectCount && known.ReadAt is { } at && time.GetElapsedTime(at) < Trusted;

    private async Task<(Known? Known, bool PutOff)> ReadAsync(RunnerId id, RequestLane lane, RunnerNode node, Known? before, CancellationToken cancel)
    {
        try
        {
            var purpose = lane == RequestLane.Operations ? Purposes.Operation : Purposes.Fleet;
            var response = await clients.For(id.Instance, lane.Reading()).RunnerWithScopeAsync(id.Number, purpose, cancel).ConfigureAwait(false);
            if (response.OrMissing(id.Instance) is not { } runner) return (before, false);
            var scope = new RunnerScope(Ids(runner.Projects), Ids(runner.Groups));
            return (_known[id] = new Known(scope, node.ProjectCount, time.GetTimestamp()), false);
        }
        catch (BudgetSpentException)
        {
            return (before, true);
        }
    }

    private static FrozenSet<long> Ids(IReadOnlyList<IdNode?> nodes) => nodes.Select(node => GlobalId.Number(node?.Id)).OfType<long>().ToFrozenSet();

    private static FrozenSet<long> Ids(IReadOnlyList<IdDto>? items) => (items ?? []).Select(item => item.Id).ToFrozenSet();

    private sealed record Known(RunnerScope Scope, int? ProjectCount, long? ReadAt);
}

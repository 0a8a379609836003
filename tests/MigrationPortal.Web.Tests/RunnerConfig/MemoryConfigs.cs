using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.RunnerConfig;

/// <summary>Configurations in memory.</summary>
internal sealed class MemoryConfigs : IConfigStore
{
    private readonly List<(StoredConfiguration Head, List<ConfigRevision> All)> _configs = [];

    public StoredConfiguration Newest => _configs[^1].Head;

    public Task<IReadOnlyList<StoredConfiguration>> ListAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<StoredConfiguration>>([.. _configs.Select(one => one.Head)]);

    public Task<StoredConfiguration?> FindAsync(long id, CancellationToken cancel) => Task.FromResult<StoredConfiguration?>(_configs.Find(one => one.Head.Id == id).Head);

    public Task<ConfigRevision?> RevisionAsync(long id, int number, CancellationToken cancel) => Task.FromResult(_configs.Find(one => one.Head.Id == id).All?.Find(one => one.Number == number));

    public Task<IReadOnlyList<ConfigRevision>> RevisionsAsync(long id, int limit, int? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConfigRevision>>([.. _configs.Find(one => one.Head.Id == id).All.Where(one => before is null || one.Number < before).OrderByDescending(one => one.Number).Take(limit)]);

    public async Task<IReadOnlyList<RevisionHeader>> HeadersAsync(long id, int limit, int? before, CancellationToken cancel) => [.. (await RevisionsAsync(id, limit, before, cancel)).Select(RevisionHeader.Of)];

    public Task<StoredConfiguration?> AddAsync(InstanceId instance, string name, ConfigRevision first, CancellationToken cancel)
    {
        var made = new StoredConfiguration(_configs.Count + 1, instance, name, first);
        _configs.Add((made, [first]));
        return Task.FromResult<StoredConfiguration?>(made);
    }

    public Task<bool> AppendAsync(long id, string name, ConfigRevision next, CancellationToken cancel)
    {
        var at = _configs.FindIndex(one => one.Head.Id == id);
        if (next.Number != _configs[at].Head.Current.Number + 1) return Task.FromResult(false);
        _configs[at].All.Add(next);
        _configs[at] = (_configs[at].Head with { Name = name, Current = next }, _configs[at].All);
        return Task.FromResult(true);
    }
}

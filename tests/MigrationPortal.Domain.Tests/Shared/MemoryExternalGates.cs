using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

public sealed class MemoryExternalGates : IExternalGateStore
{
    private readonly List<(ExternalGate Gate, string? Secret)> _rows = [];
    private readonly Dictionary<long, List<ExternalAnswer>> _answers = [];

    public Task<IReadOnlyList<ExternalGate>> ListAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ExternalGate>>([.. _rows.Select(row => row.Gate).Where(gate => gate.Instance == instance)]);

    public Task<ExternalGate?> FindAsync(InstanceId instance, string name, CancellationToken cancel) => Task.FromResult(_rows.Select(row => row.Gate).FirstOrDefault(gate => gate.Instance == instance && gate.Name == name));

    public Task<string?> SecretAsync(long id, CancellationToken cancel) => Task.FromResult(_rows.Find(row => row.Gate.Id == id).Secret);

    public Task<ExternalGate?> AddAsync(ExternalGate gate, string? secret, CancellationToken cancel)
    {
        if (_rows.Exists(row => row.Gate.Instance == gate.Instance && row.Gate.Name == gate.Name)) return Task.FromResult<ExternalGate?>(null);
        _rows.Add((gate with { Id = _rows.Count + 1, HasSecret = secret is not null, Version = 1 }, secret));
        return Task.FromResult<ExternalGate?>(_rows[^1].Gate);
    }

    public Task<ExternalGate?> SaveAsync(ExternalGate gate, string? secret, CancellationToken cancel)
    {
        var at = _rows.FindIndex(row => row.Gate.Id == gate.Id && row.Gate.Version == gate.Version);
        if (at < 0) return Task.FromResult<ExternalGate?>(null);
        var kept = secret is null ? _rows[at].Secret : secret.Length == 0 ? null : secret;
        _rows[at] = (gate with { HasSecret = kept is not null, Version = gate.Version + 1 }, kept);
        return Task.FromResult<ExternalGate?>(_rows[at].Gate);
    }

    public Task<bool> RemoveAsync(long id, CancellationToken cancel) => Task.FromResult(_rows.RemoveAll(row => row.Gate.Id == id) > 0);

    public Task<bool> AnswerAsync(ExternalGate gate, ExternalAnswer answer, CancellationToken cancel)
    {
        if (!_answers.TryGetValue(gate.Id, out var known)) _answers[gate.Id] = known = [];
        if (known.Exists(one => one.Message == answer.Message)) return Task.FromResult(false);
        known.Add(answer);
        return Task.FromResult(true);
    }

    public Task<ExternalAnswer?> LastAnswerAsync(long id, CancellationToken cancel) => Task.FromResult(_answers.TryGetValue(id, out var known) ? known.MaxBy(one => one.SentAt) : null);
}

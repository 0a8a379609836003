using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>What external gates answer now: queries are asked, of posted answers the last one is read.</summary>
public sealed class AskExternalGates(IExternalGateStore store, IPrometheus prometheus)
{
    /// <summary>All at the same time: one that does not answer keeps nobody waiting longer than its own limit.</summary>
    public async Task<IReadOnlyList<ExternalFacts>> RunAsync(InstanceId instance, IReadOnlyList<string> names, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0) return [];
        var known = (await store.ListAsync(instance, cancel)).ToDictionary(gate => gate.Name, StringComparer.Ordinal);
        return await Task.WhenAll(names.Select(name => known.TryGetValue(name, out var gate) ? OneAsync(gate, cancel) : Task.FromResult(new ExternalFacts(name))));
    }

    /// <summary>Of these, the posted ones whose last answer lasts no longer. Asks nobody.</summary>
    /// <param name="now">The instance's time.</param>
    public async Task<IReadOnlyList<(string Name, DateTimeOffset ExpiredAt)>> ExpiredAsync(InstanceId instance, IReadOnlyList<string> names, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(names);
        var expired = new List<(string, DateTimeOffset)>();
        if (names.Count == 0) return expired;
        foreach (var gate in (await store.ListAsync(instance, cancel)).Where(gate => gate.Query is null && names.Contains(gate.Name, StringComparer.Ordinal)))
            if (await store.LastAnswerAsync(gate.Id, cancel) is { ExpiresAt: var ended } && ended <= now) expired.Add((gate.Name, ended));
        return expired;
    }

    public async Task<ExternalFacts> OneAsync(ExternalGate gate, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(gate);
        if (gate.Query is not { } query)
        {
            var last = await store.LastAnswerAsync(gate.Id, cancel);
            return new ExternalFacts(gate.Name) { Post = new PostFacts(last?.Verdict, last?.Sentence ?? "", last?.At, last?.ExpiresAt) };
        }

        try
        {
            return new ExternalFacts(gate.Name) { Query = await prometheus.AskAsync(query, gate.HasSecret ? await store.SecretAsync(gate.Id, cancel) : null, cancel) };
        }
        catch (SecretLostException lost)
        {
            return new ExternalFacts(gate.Name) { Query = new PromFacts(query.Passes, query.Threshold, 0, null, lost.Message) };
        }
    }
}

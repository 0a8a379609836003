using System.Collections.Concurrent;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>
/// Tokens on their way into a cluster that does not answer just now, in this process's memory and nowhere else: asking GitLab
/// for another one each time would end the one that may have arrived.
/// </summary>
public sealed class HeldTokens
{
    private readonly ConcurrentDictionary<long, string> _tokens = new();

    internal void Hold(long registration, string token) => _tokens[registration] = token;

    internal string? Find(long registration) => _tokens.GetValueOrDefault(registration);

    internal void Drop(long registration) => _tokens.TryRemove(registration, out _);
}

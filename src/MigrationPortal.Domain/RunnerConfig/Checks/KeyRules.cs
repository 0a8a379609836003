using System.Collections.Concurrent;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Finds the rule of a key in a short table, once for each path of the schema.</summary>
internal sealed class KeyRules<T>(IReadOnlyList<(string Pattern, T Rule)> rules) where T : class
{
    private readonly List<(KeyPattern Pattern, T Rule)> _rules = [.. rules.Select(one => (new KeyPattern(one.Pattern), one.Rule))];
    private readonly ConcurrentDictionary<ConfigKey, T?> _found = [];

    /// <returns>The first whose pattern matches; null: none.</returns>
    public T? Of(ConfigKey key) => _found.GetOrAdd(key, static (one, rules) => rules.Find(rule => rule.Pattern.Matches(one.Path)).Rule, _rules);
}

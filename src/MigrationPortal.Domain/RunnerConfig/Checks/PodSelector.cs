namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Which pods a network policy is about. Nothing set: all of its namespace.</summary>
/// <param name="Name">Of the policy, for the reader.</param>
public sealed record PodSelector(string Name, IReadOnlyDictionary<string, string> MatchLabels, IReadOnlyList<LabelRequirement> MatchExpressions)
{
    /// <param name="labels">Values that are not known beforehand, such as a project's, are null: they exist and match any value.</param>
    public bool Selects(IReadOnlyDictionary<string, string?> labels) =>
        MatchLabels.All(wanted => labels.TryGetValue(wanted.Key, out var value) && (value is null || value == wanted.Value))
        && MatchExpressions.All(wanted => wanted.IsMetBy(labels));
}

/// <param name="Operator">Kubernetes' word: <c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</param>
public sealed record LabelRequirement(string Key, string Operator, IReadOnlyList<string> Values)
{
    /// <inheritdoc cref="PodSelector.Selects"/>
    public bool IsMetBy(IReadOnlyDictionary<string, string?> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            "In" => has && (value is null || Values.Contains(value, StringComparer.Ordinal)),
            "NotIn" => !has || value is null || !Values.Contains(value, StringComparer.Ordinal),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}

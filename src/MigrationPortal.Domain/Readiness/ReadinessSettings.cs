using System.Globalization;

namespace MigrationPortal.Domain.Readiness;

/// <summary>How an instance looks at CI files: which rules, how heavy, and which runner jobs will meet.</summary>
/// <param name="Off">Rules that are not asked.</param>
/// <param name="Weights">What a rule's findings count as instead.</param>
/// <param name="Profile">The Kubernetes runner that jobs will meet.</param>
/// <param name="Version">Rises with each change; 0: nothing was ever set.</param>
public sealed record ReadinessSettings(IReadOnlyList<string> Off, IReadOnlyDictionary<string, Severity> Weights, RunnerProfile Profile, int Version)
{
    /// <summary>Rises when rules find something else in the same file, so that all projects are looked at again.</summary>
    private const int Rules = 1;

    public static readonly ReadinessSettings Default = new([], new Dictionary<string, Severity>(), RunnerProfile.Default, 0);

    /// <summary>Equal marks give equal findings of the same file.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"{Rules}.{Version}");

    /// <param name="off">Null: as it is.</param>
    /// <param name="counts">What its findings count as; null: as it is, and the rule's own word takes a weight away.</param>
    public ReadinessSettings With(string rule, bool? off, Severity? counts) => this with
    {
        Off = off switch { true => [.. Off.Append(rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], false => [.. Off.Where(one => one != rule)], null => Off },
        Weights = counts is not { } severity ? Weights : Weights.Where(one => one.Key != rule)
            .Concat(ReadinessRules.All.Any(one => one.Id == rule && one.Usual == severity) ? [] : [KeyValuePair.Create(rule, severity)]).ToDictionary(StringComparer.Ordinal),
    };

    public ReadinessScanner Scanner() => new([.. ReadinessRules.All.Where(rule => !Off.Contains(rule.Id, StringComparer.Ordinal))], Weights);
}

using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Findings one below the other: line, key, reason, remedy.</summary>
public sealed partial class ConfigFindingRows
{
    private const int Step = 50;

    private static readonly FrozenDictionary<string, string> Meanings = CheckCodes.All.ToFrozenDictionary(code => code.Code, code => code.Means, StringComparer.Ordinal);

    private int shown = Step;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ConfigFinding> Findings { get; set; }

    private IReadOnlyList<ConfigFinding> Shown => [.. Findings.Take(shown)];

    private static string? MeaningOf(string code) => Meanings.GetValueOrDefault(code);
}

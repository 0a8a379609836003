using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>The old configuration with a mark beside each line that did not come along as it was.</summary>
public sealed partial class ConvertedSource
{
    private const int Most = 2_000;

    private IReadOnlyList<string> lines = [];
    private Dictionary<int, KeyMapping> worst = [];

    [Parameter, EditorRequired]
    public required string Source { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ConvertedKey> Keys { get; set; }

    private IEnumerable<(int Number, string Text)> Shown => lines.Take(Most).Select((text, index) => (index + 1, text));

    protected override void OnParametersSet()
    {
        lines = MaskedSource.Lines(Source);
        worst = Keys.GroupBy(key => key.Line).ToDictionary(group => group.Key, group => group.Max(key => key.Mapping));
    }

    private KeyMapping? Worst(int line) => worst.TryGetValue(line, out var mapping) ? mapping : null;
}

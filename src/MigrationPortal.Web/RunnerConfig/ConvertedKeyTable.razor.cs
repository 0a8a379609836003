using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What became of each key; of which kind are seen lives in the URL.</summary>
public sealed partial class ConvertedKeyTable
{
    private const int Step = 100;

    private const int MostParts = 60;

    private int shown = Step;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ConvertedKey> Keys { get; set; }

    private List<ConvertedKey> Shown => [.. Keys.Where(key => Url["mapping"] is not { } wanted || MappingLook.Word(key.Mapping) == wanted)];

    private List<TabLink> Choices =>
    [
        new($"All {Words.Count(Keys.Count)}", Url.With("mapping", null), Url["mapping"] is null),
        .. new[] { KeyMapping.Impossible, KeyMapping.Approximate, KeyMapping.Direct }.Select(mapping => new TabLink($"{MappingLook.Word(mapping)} {Words.Count(Keys.Count(key => key.Mapping == mapping))}", Url.With("mapping", MappingLook.Word(mapping)), Url["mapping"] == MappingLook.Word(mapping))),
    ];
}

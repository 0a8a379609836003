using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>The whole text. It is taken over when the field is left.</summary>
public sealed partial class ConfigTextPart
{
    internal const string Field = "config-toml";

    /// <summary>Characters.</summary>
    private const int Longest = 2_000_000;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    public async Task TakeAsync()
    {
        var typed = (await Browser.TextOfAsync(Field, Longest + 1)).ReplaceLineEndings("\n");
        if (typed == Draft.Toml) return;
        Draft.Take(typed);
        await OnChanged.InvokeAsync();
    }
}

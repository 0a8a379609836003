using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>One key of the draft as a field of its type. Empty is unset, which is not false and not 0.</summary>
public sealed partial class ConfigFieldInput
{
    private ConfigKey? key;
    private IReadOnlyList<string> words = [];
    private string? typed;
    private string? problem;

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    /// <summary>In a table.</summary>
    [Parameter]
    public bool Small { get; set; }

    private string Name => Path.Replace("runners[0].", "", StringComparison.Ordinal);

    // What was typed stays until it is right.
    private string shown => typed ?? (Draft.Document is { } document ? ConfigField.Text(ConfigPath.Get(document.Root, Path)) : "");

    private int Rows => Math.Clamp(shown.Count(letter => letter == '\n') + 1, key!.Name.EndsWith("_script", StringComparison.Ordinal) || key.Name == "patch" ? 3 : 1, 16);

    private string? Hint => Small ? null : key!.IsMap ? "name = value, one a line" : key.Type.EndsWith("[]", StringComparison.Ordinal) ? "one a line" : key.Type == "duration-string" ? "such as 15m" : null;

    protected override void OnParametersSet()
    {
        if (key is null || ConfigPath.KeyOf(Path) != key) (typed, problem) = (null, null);
        key = ConfigPath.KeyOf(Path);
        words = key is null ? [] : ConfigFields.Words(key);
    }

    private async Task SetAsync(ChangeEventArgs change)
    {
        var text = change.Value as string ?? "";
        var (node, wrong) = ConfigField.Read(key!, text);
        (typed, problem) = wrong is null ? (null, (string?)null) : (text, wrong);
        if (wrong is not null) return;
        Draft.Change(document => ConfigPath.Set(document.Root, Path, node));
        await OnChanged.InvokeAsync();
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A part of the draft as TOML: one section with all below it, or all that the form does not hold. Its keys are held against their types before they are taken over.</summary>
public sealed partial class ConfigTomlPart
{
    private string? typed;
    private string? problem;

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Note { get; set; }

    /// <summary>Of a section, such as <c>runners[0].kubernetes.affinity</c>; null: all that the form does not hold.</summary>
    [Parameter]
    public string? Path { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    private string shown => typed ?? (Draft.Document is { } document ? Path is null ? ConfigRest.Of(document).Render() : ConfigPath.Get(document.Root, Path) is ConfigTable table ? new ConfigDocument((ConfigTable)table.Copy()).Render() : "" : "");

    private async Task SetAsync(ChangeEventArgs change)
    {
        var text = change.Value as string ?? "";
        var (document, wrong) = Read(text);
        (typed, problem) = wrong is null ? (null, (string?)null) : (text, wrong);
        if (document is null || wrong is not null) return;
        Draft.Change(whole =>
        {
            if (Path is null) ConfigRest.Replace(whole, document);
            else ConfigPath.Set(whole.Root, Path, document.Root.IsEmpty ? null : document.Root);
        });
        await OnChanged.InvokeAsync();
    }

    private (ConfigDocument? Document, string? Problem) Read(string text)
    {
        if (ConfigDocument.Read(text).Document is not { } document) return (null, Say(ValidateConfig.Of(text)[0]));
        var whole = document;
        if (Path is not null) ConfigPath.Set((whole = new ConfigDocument(new ConfigTable())).Root, Path, document.Root.Copy());
        var found = ValidateConfig.Of(whole, Draft.Target).FirstOrDefault(one => one.Code == CheckCodes.WrongType);
        return (document, found is null ? null : Say(found));
    }

    private static string Say(ConfigFinding found) => string.Create(CultureInfo.InvariantCulture, $"Line {found.Line}: {found.Message} {found.Remedy}");
}

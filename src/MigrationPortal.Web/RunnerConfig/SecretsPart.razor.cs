using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Secrets;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Asks which files jobs need, says which form the runner has for them, and writes it.</summary>
public sealed partial class SecretsPart
{
    private string directory = "/credentials";
    private string files = "";
    private bool apart;
    private bool follows;
    private bool isWritten;
    private SecretPlan? plan;
    private IReadOnlyList<string> problems = [];

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    private SecretWish? Wish
    {
        get
        {
            var read = files.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            problems = [.. read.Where(parts => parts.Length is < 2 or > 3).Select(parts => $"'{string.Join(' ', parts)}' needs a Secret, a key and a path, such as: docker-config config.json docker/config.json.")];
            return problems.Count > 0 ? null : new(directory.Trim(), [.. read.Select(parts => new SecretFile(parts[0], parts[1], parts.Length == 3 ? parts[2] : parts[1]))], apart, follows);
        }
    }

    private static string Title(SecretForm form) => form switch
    {
        SecretForm.OneVolume => "One Secret as one volume, with its items.",
        SecretForm.VolumeEach => "A volume for each Secret, each in a directory of its own.",
        SecretForm.FileEach => "A volume for each Secret, one file of each in the common directory.",
        _ => "A projected volume, by a patch of the job pod.",
    };

    private void Choose()
    {
        (plan, isWritten) = (null, false);
        if (Wish is not { } wish || Draft.Document is not { Runners.Count: > 0 } document) return;
        if (SecretMounts.Choose(document.Runners[0], wish).TryGet(out var found, out var no)) plan = found;
        else problems = no.Reasons;
    }

    private async Task WriteAsync()
    {
        Choose();
        if (plan is not { } chosen || Wish is not { } wish) return;
        Draft.Change(document => SecretMounts.Write(document.Runners[0], wish, chosen.Form));
        (plan, isWritten) = (null, true);
        await OnChanged.InvokeAsync();
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters;

/// <summary>What to do with a configuration that is managed elsewhere: a folder, a merge request, and waiting.</summary>
public sealed partial class ExportPart
{
    private string project = "";
    private string branch = "main";
    private string folder = "";
    private string reason = "";
    private string? refused;
    private bool busy;

    [Parameter, EditorRequired]
    public required ApplyPreview Of { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Inject]
    private ExportRevision Hand { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private string Folder => $"api/v1/runner-configs/{Of.Rendering.Configuration}/export.zip?cluster={Of.Cluster}&revision={Of.Rendering.Revision}";

    private bool HasProject => !string.IsNullOrWhiteSpace(project);

    private string? WhyNot => string.IsNullOrWhiteSpace(reason) ? "Say why." : HasProject && Number is null ? "The project's id is a number." : null;

    private long? Number => long.TryParse(project.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task BeginAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            var wish = new ExportWish(Of.Cluster, Of.Rendering.Configuration, Of.Rendering.Revision, ApplyWords.Usual, Number is { } number ? (number, branch, folder) : null, ExportWish.UsualPatience, reason);
            if ((await Hand.RunAsync(wish, (await SignedIn).User.Actor(), CancellationToken.None)).TryGet(out var begun, out var no)) Navigation.NavigateTo($"clusters/{begun.Cluster}/applications/{begun.Id}");
            else refused = string.Join(' ', no.Reasons);
        }
        finally
        {
            busy = false;
        }
    }
}

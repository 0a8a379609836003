using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Identity;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Each container of a job pod with its user and group, and the key that decides; above them what gitlab-runner warns of.</summary>
public sealed partial class IdentityTable
{
    [Parameter, EditorRequired]
    public required PodIdentity Identity { get; set; }

    /// <summary>Which runner, where there are several.</summary>
    [Parameter]
    public string? Note { get; set; }

    private static string Said(long? id) => id switch
    {
        null => "as the image says",
        0 => "0 (root)",
        { } known => known.ToString(CultureInfo.InvariantCulture),
    };

    private static string From(string from) => from switch
    {
        ContainerIdentity.Job => "the job asks for it, and may",
        ContainerIdentity.Image => "nobody else says it",
        // The runner stands above the table.
        _ => from[(from.IndexOf(".kubernetes.", StringComparison.Ordinal) is >= 0 and var at ? at + ".kubernetes.".Length : 0)..],
    };
}

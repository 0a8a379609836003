using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>Projects that were looked at, in rows; each opens what was found in it.</summary>
public sealed partial class ScannedProjectTable
{
    private const int Most = 5;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ScannedProject> Items { get; set; }

    private string Link(ScannedProject item) => Url.OfInstance(string.Create(CultureInfo.InvariantCulture, $"readiness/projects/{item.Project.Number}"));
}

using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Plans;

/// <summary>Who serves a job class.</summary>
public sealed partial class ServedByChips
{
    [Parameter, EditorRequired]
    public required ServedBy By { get; set; }
}

using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Web.Fleet;

/// <summary>The managers behind one runner: the executor is theirs.</summary>
public sealed partial class ManagerTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<RunnerManager> Managers { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset TakenAt { get; set; }
}

using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Gates;

/// <summary>What is wrong with one field, right below it.</summary>
public sealed partial class FieldProblems
{
    /// <summary>A sentence each, with its remedy.</summary>
    [Parameter, EditorRequired]
    public required IEnumerable<string> Problems { get; set; }
}

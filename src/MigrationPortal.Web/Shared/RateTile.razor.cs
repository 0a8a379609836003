using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>A failure rate with its denominator. Without any finished job it is not known, never zero.</summary>
public sealed partial class RateTile
{
    [Parameter, EditorRequired]
    public required string Executor { get; set; }

    [Parameter, EditorRequired]
    public required long Failed { get; set; }

    [Parameter, EditorRequired]
    public required long Finished { get; set; }

    /// <summary>"in 60 min".</summary>
    [Parameter, EditorRequired]
    public required string Window { get; set; }

    /// <summary>A roll-back rule has fired on it: only then the number is red.</summary>
    [Parameter]
    public bool RuleFired { get; set; }
}

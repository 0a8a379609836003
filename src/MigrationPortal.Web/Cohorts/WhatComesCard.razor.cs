using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Cohorts;

/// <summary>The way that lies before everybody, in a row.</summary>
public sealed partial class WhatComesCard
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ComingStep> Steps { get; set; }
}

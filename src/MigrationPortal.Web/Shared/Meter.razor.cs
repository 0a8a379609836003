using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Amounts beside each other in one bar. The words under it belong to the page.</summary>
public sealed partial class Meter
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<MeterPart> Parts { get; set; }

    /// <summary>What the whole bar stands for; by default the sum of the parts. A smaller total is a full bar.</summary>
    [Parameter]
    public double? Total { get; set; }

    private string Width(MeterPart part)
    {
        var sum = Parts.Sum(each => each.Amount);
        return (part.Amount / Math.Max(Total ?? sum, sum)).ToString("0.##%", CultureInfo.InvariantCulture);
    }
}

/// <summary>A part of a bar: how much, the token of its colour (<c>k8s docker other fail text-2 line-strong</c>), and its words for screen readers.</summary>
public sealed record MeterPart(double Amount, string Token, string Label);

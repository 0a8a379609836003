using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>The course of a number in 64 by 18 px, from zero up. The number itself stands beside it.</summary>
public sealed partial class Sparkline
{
    /// <summary>Evenly spaced; null is a gap.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<double?> Values { get; set; }

    [Parameter, EditorRequired]
    public required string? Executor { get; set; }

    /// <summary>"jobs an hour, last 24 h".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private string Path => PathOf(Values);

    /// <summary>The path alone, for tests.</summary>
    public static string PathOf(IReadOnlyList<double?> values)
    {
        var top = values.Max() is > 0 and var most ? most : 1;
        var (x, y) = (new LinearScale(0, Math.Max(1, values.Count - 1), 1, 63), new LinearScale(0, top, 16, 2));
        return SvgPaths.Line([.. values.Select((value, index) => (x.At(index), value is { } number ? (double?)y.At(number) : null))]);
    }
}

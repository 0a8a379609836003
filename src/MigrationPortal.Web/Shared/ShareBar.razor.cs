using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>How much of something runs on docker and on Kubernetes, as fractions of all; the rest is left empty.</summary>
public sealed partial class ShareBar
{
    [Parameter, EditorRequired]
    public required double DockerShare { get; set; }

    [Parameter, EditorRequired]
    public required double KubernetesShare { get; set; }

    private static string Grow(double share) => Math.Max(0, share).ToString("0.####", CultureInfo.InvariantCulture);
}

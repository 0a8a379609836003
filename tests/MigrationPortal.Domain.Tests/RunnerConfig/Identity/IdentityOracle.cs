using System.Numerics;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Identity;

/// <summary>Who an id is, written from the facts' own steps (kubernetes-executor.md 2) and sharing nothing with the room.</summary>
internal static partial class IdentityOracle
{
    /// <param name="context">run_as_ID of the container's context.</param>
    /// <param name="pod">run_as_ID of the pod's context.</param>
    /// <param name="part">Of the job; null: this container never hears of the job.</param>
    public static (long? Id, string From) Resolve(long? context, long? pod, string? part, string[]? allowed)
    {
        if (context is not null) return (context, "context");
        if (pod is not null) return (pod, "pod");
        if (part is null or "" || !Number().IsMatch(part)) return (null, "image");
        var asked = BigInteger.Parse(part.TrimStart('+'), System.Globalization.CultureInfo.InvariantCulture);
        if (asked < 0 || asked > long.MaxValue) return (null, "image");
        var listed = (allowed ?? []).Any(entry => Number().IsMatch(entry) && BigInteger.Parse(entry.TrimStart('+'), System.Globalization.CultureInfo.InvariantCulture) == asked);
        if (asked == 0 ? !listed : allowed is { Length: > 0 } && !listed) return (null, "image");
        return ((long)asked, "job");
    }

    /// <summary>A wish that comes to nothing is always told: either with "not allowed: … is set to", or with "Error parsing".</summary>
    public static bool IsTold(long? context, long? pod, string? part, string[]? allowed) =>
        part is { Length: > 0 } && (context is not null || pod is not null || Resolve(null, null, part, allowed).From == "image");

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Number();
}

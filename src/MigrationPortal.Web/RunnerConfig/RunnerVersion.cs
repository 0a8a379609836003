using System.Globalization;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A version of gitlab-runner as people write it: <c>18</c>, <c>18.9</c>, <c>v18.9.0</c>, <c>18.9.0~pre</c>.</summary>
internal static class RunnerVersion
{
    /// <returns>With its patch level, 0 where none is said; null with an error when it is no version, null without one when nothing is given.</returns>
    public static Version? Read(string field, string? text, RequestErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var bare = text.Trim().TrimStart('v').Split('-', '~')[0];
        if (Version.TryParse(bare, out var version) && version.Revision < 0) return new(version.Major, version.Minor, Math.Max(0, version.Build));
        if (int.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var major)) return new(major, 0, 0);
        errors.Add(field, "Must be a version of gitlab-runner, such as 18.9.");
        return null;
    }
}

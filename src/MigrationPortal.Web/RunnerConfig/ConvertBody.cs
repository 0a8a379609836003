using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <param name="Toml">A whole config.toml of docker runners, or a part of one.</param>
/// <param name="TargetVersion">The gitlab-runner that will read the result, such as <c>18.9</c>: newer keys are reported and not written; null: the newest that is known.</param>
/// <param name="Namespace">Of the job pods; null: left to the chart.</param>
/// <param name="Image">For runners that name none; null: none.</param>
/// <param name="Privileges">How much of docker's privilege is carried over; null: as the source.</param>
/// <param name="ProposeCache">Writes an object store to be filled in where a runner has none.</param>
/// <param name="Peaks">What jobs were seen to use; null: requests are proposed from the limits.</param>
public sealed record ConvertBody(string? Toml, string? TargetVersion, string? Namespace, string? Image, PrivilegeProfile? Privileges, bool? ProposeCache, PeaksBody? Peaks)
{
    private const int LongestName = 63;

    private const int LongestImage = 1_000;

    internal ConversionOptions Options(RequestErrors errors) => Read(errors, TargetVersion, Namespace, Image, Privileges, ProposeCache, Peaks);

    internal static ConversionOptions Read(RequestErrors errors, string? targetVersion, string? space, string? image, PrivilegeProfile? privileges, bool? proposeCache, PeaksBody? peaks)
    {
        var trimmed = string.IsNullOrWhiteSpace(space) ? null : space.Trim();
        if (trimmed is not null && (trimmed.Length > LongestName || !trimmed.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || trimmed.StartsWith('-') || trimmed.EndsWith('-')))
            errors.Add("namespace", $"Must be a name of Kubernetes: at most {LongestName} small letters, digits and dashes, such as ci-jobs.");
        if (image?.Length > LongestImage || image?.Any(char.IsControl) == true) errors.Add("image", $"Must be an image, of at most {LongestImage} characters.");
        if (peaks?.CpuCores is <= 0 or > 10_000) errors.Add("peaks.cpuCores", "Must be above 0 and at most 10000.");
        if (peaks?.MemoryBytes is <= 0) errors.Add("peaks.memoryBytes", "Must be above 0.");
        return new ConversionOptions
        {
            TargetVersion = RunnerVersion.Read("targetVersion", targetVersion, errors),
            Namespace = trimmed,
            DefaultImage = string.IsNullOrWhiteSpace(image) ? null : image.Trim(),
            Privileges = privileges ?? PrivilegeProfile.AsSource,
            ProposeCache = proposeCache ?? false,
            Peaks = peaks is null ? null : new ObservedPeaks(peaks.CpuCores, peaks.MemoryBytes),
        };
    }
}

/// <summary>Peaks of one job, such as the 95th percentile.</summary>
public sealed record PeaksBody(double? CpuCores, long? MemoryBytes);

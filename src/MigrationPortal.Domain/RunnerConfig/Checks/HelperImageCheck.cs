using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>A helper image that is pinned must be of the manager's own release: both speak to each other (kubernetes-executor.md 9).</summary>
public sealed partial class HelperImageCheck : KubernetesCheck
{
    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        const string Remedy = "Take helper_image out, so that the manager takes its own, or write the tag with ${CI_RUNNER_VERSION}.";
        if (runner.Text("helper_image") is not { Length: > 0 } image || image.Contains('$', StringComparison.Ordinal)) yield break;
        var tag = image[(image.LastIndexOf('/') + 1)..].Split('@')[0] is var last && last.IndexOf(':') is > 0 and var colon ? last[(colon + 1)..] : "";
        if (Release().Match(tag) is { Success: true } match && Version.TryParse(match.Groups["version"].Value, out var pinned))
        {
            if (config.Target is { } target && (pinned.Major, pinned.Minor) != (target.Major, target.Minor))
                yield return Found(runner, CheckCodes.HelperSkew, "helper_image", CheckSeverity.Warning, $"The helper image is of release {pinned}, and the manager of {target}: the two must be of one release.", Remedy);
            else if (config.Target is { Build: >= 0 } exact && pinned.Build >= 0 && pinned.Build != exact.Build)
                yield return Found(runner, CheckCodes.HelperSkew, "helper_image", CheckSeverity.Info, $"The helper image is of release {pinned}, and the manager of {exact}.", Remedy);
        }
        else if (tag.EndsWith("latest", StringComparison.Ordinal) || (tag.Length == 0 && !image.Contains('@', StringComparison.Ordinal)))
            yield return Found(runner, CheckCodes.HelperSkew, "helper_image", CheckSeverity.Warning, "The helper image is whichever is the newest, not the one of the manager's release.", Remedy);
    }

    [GeneratedRegex(@"(^|-)v(?<version>[0-9]{1,4}\.[0-9]{1,4}(\.[0-9]{1,4})?)($|-)", RegexOptions.ExplicitCapture)]
    private static partial Regex Release();
}

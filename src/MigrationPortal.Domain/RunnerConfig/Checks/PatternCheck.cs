namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Regular expressions that decide what a job may choose: <c>…_overwrite_allowed</c>. They match anywhere in a value unless they are anchored.</summary>
public sealed class PatternCheck : ConfigCheck
{
    // Whose values lead out of the pod's own namespace and rights.
    private static readonly string[] Strong = ["namespace_overwrite_allowed", "service_account_overwrite_allowed"];

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
        {
            if (use.Key is not { LastRelease: null } key) continue;
            var isOverwrite = key.Name.EndsWith("_overwrite_allowed", StringComparison.Ordinal) && key.Type == "string";
            var isImages = key.Path is "runners[].virtualbox.allowed_images" or "runners[].parallels.allowed_images" or "runners[].instance.allowed_images";
            if (!isOverwrite && !isImages) continue;
            foreach (var pattern in Texts(use.Node).Where(text => text.Length > 0))
                if (Judge(use, key, pattern, isOverwrite) is { } found) yield return found;
        }
    }

    private static IEnumerable<string> Texts(ConfigNode node) => node switch
    {
        ConfigScalar { Value: string text } => [text],
        ConfigList list => list.Items.OfType<ConfigScalar>().Select(item => item.Value).OfType<string>(),
        _ => [],
    };

    private static ConfigFinding? Judge(KeyUse use, ConfigKey key, string pattern, bool isOverwrite)
    {
        if (!GoPattern.Compiles(pattern))
            return Found(CheckCodes.BadPattern, CheckSeverity.Error, use, $"{key.Name} is no regular expression of Go: a job that uses it fails.", "Write a plain one, such as ^team-[a-z0-9-]+$; looking ahead or behind and references back are not known there.");
        if (!isOverwrite) return null;
        if (GoPattern.IsOpen(pattern))
            return Strong.Contains(key.Name)
                ? Found(CheckCodes.OpenOverwrite, CheckSeverity.Warning, use, $"{key.Name} lets a job choose any {(key.Name.StartsWith("namespace", StringComparison.Ordinal) ? "namespace that the manager reaches" : "service account of the namespace")}.", "Name what is allowed: ^ci-[a-z0-9-]+$.")
                : Found(CheckCodes.OpenOverwrite, CheckSeverity.Info, use, $"{key.Name} lets a job choose any value.", "Name what is allowed, if not everything is.");
        return GoPattern.IsAnchored(pattern) ? null
            : Found(CheckCodes.UnanchoredPattern, CheckSeverity.Warning, use, $"{key.Name} matches anywhere in a value: \"{Short(pattern)}\" lets through more than it names.", $"Write it from end to end: ^{(pattern.Contains('|', StringComparison.Ordinal) ? $"({Bare(pattern)})" : Bare(pattern))}$.");
    }

    private static string Bare(string pattern) => Short(pattern).TrimStart('^').TrimEnd('$');

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Braces that Helm takes for its own when the text stands in <c>runners.config</c> of the chart.</summary>
public sealed class HelmCheck : ConfigCheck
{
    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
            if (Texts(use.Node).Any(text => text.Contains("{{", StringComparison.Ordinal)))
                yield return Found(CheckCodes.HelmTemplate, CheckSeverity.Info, use, "It holds {{: where this text is given to the Helm chart (runners.config), Helm reads the braces as its own.", "Write {{ \"{{\" }} for braces that are meant for gitlab-runner.");
    }

    private static IEnumerable<string> Texts(ConfigNode node) => node switch
    {
        ConfigScalar { Value: string text } => [text],
        ConfigList list => list.Items.OfType<ConfigScalar>().Select(item => item.Value).OfType<string>(),
        _ => [],
    };
}

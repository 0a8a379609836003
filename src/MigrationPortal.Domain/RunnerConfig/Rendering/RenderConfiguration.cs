using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>Writes a configuration in the forms that the runner, its chart and its Operator really read. The same configuration gives the same text.</summary>
public static class RenderConfiguration
{
    /// <returns>Refuses <c>invalid-configuration</c>: TOML that cannot be read, or without a runner.</returns>
    public static Outcome<Rendered> Run(RunnerConfiguration configuration, RenderForm form)
    {
        if (!Read(configuration).TryGet(out var input, out var no)) return no;
        var rendered = form switch
        {
            RenderForm.Toml => TomlForm.Render(input),
            RenderForm.Helm => HelmForm.Render(input),
            RenderForm.Operator => OperatorForm.Render(input),
            RenderForm.Manifests => ManifestForm.Render(input),
            RenderForm.NetworkPolicy => NetworkPolicyForm.Render(input),
            RenderForm.Rbac => RbacForm.Render(input),
            RenderForm.Quota => QuotaForm.Render(input),
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
        if (form is not (RenderForm.NetworkPolicy or RenderForm.Rbac or RenderForm.Quota) && input.CommentsLost > 0) rendered = rendered with { Notes = [.. rendered.Notes, ConfigComments.Lost(input.CommentsLost)] };
        return rendered with { Notes = [.. rendered.Notes, .. Others(input, form)] };
    }

    /// <summary>What the checks say of it in the namespace that its own forms make: with its Pod Security level and its network policy.</summary>
    public static IReadOnlyList<ConfigFinding> Judge(RunnerConfiguration configuration)
    {
        var facts = new JobNamespaceFacts { PodSecurity = configuration.Deployment.PodSecurity };
        // A namespace for each job has no policy of its own.
        if (Read(configuration).TryGet(out var input, out _)) facts = facts with { NetworkPolicies = input.Kubernetes.NamespacePerJob == true ? [] : [NetworkPolicyForm.Selector(input)] };
        return ValidateConfig.Of(configuration.Toml, configuration.Target, facts);
    }

    internal static Outcome<RenderInput> Read(RunnerConfiguration configuration)
    {
        var reading = ConfigDocument.Read(configuration.Toml);
        if (reading.Document is not { } document)
            return Refusal.Of("invalid-configuration", Syntax(ValidateConfig.Of(configuration.Toml)[0]));
        if (document.Runners.Count == 0) return Refusal.Of("invalid-configuration", "The config.toml has no [[runners]]: add one.");
        // Of what is stored nothing is left to take out; of what somebody is just typing there may be.
        var clean = ConfigSecrets.TakeOut(configuration.Toml);
        if (clean.Taken.Count > 0) document = ConfigDocument.Read(clean.Toml).Document!;
        var lost = ConfigComments.Keep(document).Count;
        var settings = ManagerSettings.Of(document);
        var runner = document.Runners[0];
        return new RenderInput(configuration, document, runner, settings, ConfigLens.Read<RunnerSettings>(runner)) { CommentsLost = lost };
    }

    // The parser's own words may quote a token; those of the check do not.
    private static string Syntax(ConfigFinding finding) => string.Create(CultureInfo.InvariantCulture, $"config.toml, line {finding.Line}: {finding.Message}");

    private static IEnumerable<string> Others(RenderInput input, RenderForm form)
    {
        if (form == RenderForm.Toml || input.Document.Runners.Count == 1) yield break;
        yield return $"Only the first of {input.Document.Runners.Count} [[runners]] is in this form: a chart, an Operator's Runner and a Deployment are one runner each. Make a configuration of each of the others.";
    }
}

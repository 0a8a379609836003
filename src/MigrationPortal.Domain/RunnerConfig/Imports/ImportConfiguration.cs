using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>Takes in what somebody has: a <c>config.toml</c>, values of the chart, or the Operator's objects. No key is lost without a word, and no secret is kept.</summary>
public static class ImportConfiguration
{
    /// <param name="over">What holds where the text says nothing.</param>
    /// <returns>Refuses <c>invalid-configuration</c>, with what is wrong in each way of reading it.</returns>
    public static Outcome<Imported> Read(string text, RunnerConfiguration over)
    {
        if (ConfigDocument.Read(text).Document is { } document) return document.Runners.Count > 0 || !document.Root.IsEmpty ? Toml(text, over) : Refusal.Of("invalid-configuration", "The text is empty: paste a config.toml, chart values or the Operator's objects.");
        var (documents, fault) = YamlImport.ReadAll(text);
        if (documents.FirstOrDefault(one => OperatorImport.IsRunner(one)) is { } runner) return OperatorImport.Read(runner, documents, over);
        if (documents is [var values] && ChartKeys.All.Any(key => values[key] is not null)) return HelmImport.Read(values, over);
        var syntax = ValidateConfig.Of(text)[0];
        return Refusal.Of("invalid-configuration",
            string.Create(CultureInfo.InvariantCulture, $"As a config.toml: line {syntax.Line}: {syntax.Message}"),
            fault is null ? "As YAML: it holds neither values of the chart gitlab-runner nor a Runner of the Operator." : "As YAML: it cannot be read either.");
    }

    private static Outcome<Imported> Toml(string text, RunnerConfiguration over)
    {
        var document = ConfigDocument.Read(text).Document!;
        var url = (document.Runners is [var first, ..] ? first.Text("url") : null);
        return new Imported("config.toml", over with { Toml = text, Deployment = url is { Length: > 0 } ? over.Deployment with { GitLabUrl = url } : over.Deployment }, []);
    }
}

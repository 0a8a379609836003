using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>Takes in what somebody has: a <c>config.toml</c>, values of the chart, or the Operator's objects. No key is lost without a word, and no secret is kept.</summary>
public static class ImportConfiguration
{
    private const int MostRemarks = 100;
    private const int LongestRemark = 1_000;

    /// <param name="over">What holds where the text says nothing.</param>
    /// <returns>Refuses <c>invalid-configuration</c>, with what is wrong in each way of reading it.</returns>
    public static Outcome<Imported> Read(string text, RunnerConfiguration over)
    {
        text = text.TrimStart('\ufeff');
        if (ConfigDocument.Read(text).Document is { } document) return document.Runners.Count > 0 || !document.Root.IsEmpty ? Toml(text, over) : Refusal.Of("invalid-configuration", "The text is empty: paste a config.toml, chart values or the Operator's objects.");
        var (read, fault) = YamlImport.ReadAll(text);
        var documents = Objects(read);
        if (documents.FirstOrDefault(one => OperatorImport.IsRunner(one)) is { } runner) return OperatorImport.Read(runner, documents, over).Match<Outcome<Imported>>(done => done with { Remarks = Short(done.Remarks) }, no => no);
        if (documents is [var values] && ChartKeys.Top.Any(key => values[key] is not null)) return HelmImport.Read(values, over).Match<Outcome<Imported>>(done => done with { Remarks = Short(done.Remarks) }, no => no);
        if (documents.Count > 1 && documents.Any(one => one["kind"] is null && ChartKeys.Top.Any(key => one[key] is not null)))
            return Refusal.Of("invalid-configuration", $"The text holds {documents.Count} YAML documents: values of the chart are one. Paste each alone.");
        var syntax = ValidateConfig.Of(text)[0];
        return Refusal.Of("invalid-configuration",
            string.Create(CultureInfo.InvariantCulture, $"As a config.toml: line {syntax.Line}: {syntax.Message}"),
            fault is null ? "As YAML: it holds neither values of the chart gitlab-runner nor a Runner of the Operator." : "As YAML: it cannot be read either.");
    }

    private static Outcome<Imported> Toml(string text, RunnerConfiguration over)
    {
        var document = ConfigDocument.Read(text).Document!;
        var url = document.Runners is [var first, ..] && first.Text("url") is { Length: > 0 } given ? given : null;
        var known = url is not null && IsAddress(url);
        IReadOnlyList<string> remarks = url is null || known ? [] : [$"url of the first runner is {(url.StartsWith('$') ? "a variable" : "no address")}: the deployment's address of GitLab stays {over.Deployment.GitLabUrl}. Set it under Deployment."];
        return new Imported("config.toml", over with { Toml = text, Deployment = known ? over.Deployment with { GitLabUrl = url! } : over.Deployment }, remarks);
    }

    /// <summary>Whether it can be the deployment's address of GitLab; <c>$CI_SERVER_URL</c> is expanded by the runner alone.</summary>
    internal static bool IsAddress(string text) => !text.Contains('$', StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");

    // kubectl get writes several objects as one of the kind List.
    private static IReadOnlyList<YamlFields> Objects(IReadOnlyList<YamlFields> documents) =>
        [.. documents.SelectMany(one => one.Text("kind") is "List" or "RunnerList" && one["items"] is YamlItems items ? items.Items.Select(item => item.Item).OfType<YamlFields>() : [one])];

    private static IReadOnlyList<string> Short(IReadOnlyList<string> remarks)
    {
        IEnumerable<string> cut = remarks.Select(remark => remark.Length <= LongestRemark ? remark : remark[..LongestRemark] + "…");
        return remarks.Count <= MostRemarks ? [.. cut] : [.. cut.Take(MostRemarks), $"And {remarks.Count - MostRemarks} more of this kind."];
    }
}

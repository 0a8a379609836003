using System.Globalization;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>
/// Turns the docker, docker+machine and docker-autoscaler runners of a <c>config.toml</c> into Kubernetes runners and says of every key
/// what became of it. Secrets are never written again. Source of the rules: gitlab-runner at 19.4 and docker's own parsers.
/// </summary>
public static partial class ConvertConfig
{
    /// <returns>Refused with <c>no-docker-runner</c> when there is nothing to convert.</returns>
    public static Outcome<ConversionResult> Of(ConfigDocument document, ConversionOptions options)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        var runners = document.Runners.Select(runner => new SourceRunner(runner)).ToList();
        if (!runners.Exists(runner => runner.IsConverted)) return NothingToConvert(runners);

        var target = new ConfigTable();
        var whole = new Draft(document.Root, target, "", options);
        var drafts = runners.Select(runner => runner.Stays ? null : new Draft(runner.Table, new ConfigTable(), KeyRules.Runner, options)).ToList();
        for (var i = 0; i < runners.Count; i++)
            if (runners[i].IsConverted) drafts[i]!.Put("executor", "kubernetes");

        var uses = KeyWalk.Of(document).Where(use => !IsPlainSection(use)).ToList();
        var keys = new ConvertedKey[uses.Count];
        var maps = new Dictionary<string, ConvertedKey>(StringComparer.Ordinal);
        // What a runner says for Kubernetes already stands before anything of docker.
        foreach (var (place, use) in uses.Index().OrderBy(one => !one.Item.SchemaPath.StartsWith(KeyRules.Runner + "kubernetes.", StringComparison.OrdinalIgnoreCase)))
        {
            var (runner, draft) = RunnerOf(use) is { } index ? (runners[index], drafts[index]) : (null, whole);
            keys[place] = Convert(use, runner, draft, maps);
            if (use.Key is { IsMap: true }) maps[use.Path] = keys[place];
        }

        var finished = new List<ConfigTable>();
        for (var i = 0; i < runners.Count; i++)
        {
            if (drafts[i] is not { } draft) continue;
            if (runners[i].IsConverted) Proposals.AddTo(draft);
            finished.Add(RunnerOrder.Of(draft));
        }

        if (finished.Count > 0) target.Set("runners", ConfigList.Of(finished));
        whole.Comments.Insert(0, "Converted from docker for the Kubernetes executor. Read the report beside it before it is used.");
        HeadComment(target, whole.Comments);
        var notes = ConversionNotes.Of(runners, [whole, .. drafts.OfType<Draft>()]);
        return new ConversionResult(new ConfigDocument(target), Plain(keys, document), notes, [.. drafts.OfType<Draft>().SelectMany(draft => draft.Worksheet)]);
    }

    private static ConvertedKey Convert(KeyUse use, SourceRunner? runner, Draft? draft, Dictionary<string, ConvertedKey> maps)
    {
        ConvertedKey Line(KeyMapping mapping, IReadOnlyList<string> targets, string remedy, IReadOnlyList<ConvertedPart> parts) => new(use.Path, use.SchemaPath, use.Line, mapping, targets, remedy) { Parts = parts };

        if (draft is null) return Line(KeyMapping.Impossible, [], runner!.WhyItStays, []);
        if (use.Map is not null)
        {
            var map = maps[use.MapPath!];
            var part = map.Part(use.NameInMap!);
            return part is null ? Line(map.Mapping, map.Targets, map.Mapping == KeyMapping.Direct ? "" : $"As {map.SchemaPath[(map.SchemaPath.LastIndexOf('.') + 1)..]} as a whole.", [])
                : Line(part.Mapping, part.Target.Length > 0 ? [part.Target] : [], part.Remedy, []);
        }

        if (use.Key is { IsSection: true } && use.IsBlank()) return Line(KeyMapping.Direct, [], "An empty section: nothing to write.", []);
        if (runner is { IsKubernetes: true } && KeyRules.IsOfDocker(use)) return Line(KeyMapping.Impossible, [], "The runner's executor is kubernetes, which does not read it: left out.", []);
        if (KeyShape.Fault(use) is { } fault) return Line(KeyMapping.Impossible, [], fault, []);
        var (mapped, targets) = draft.Ask(KeyRules.Of(use), use);
        return Line(mapped.Mapping, targets, mapped.Remedy, mapped.Parts);
    }

    // Sections have no line of their own: their keys have.
    private static bool IsPlainSection(KeyUse use) => use is { Key.IsSection: true, Map: null } && use.Node is ConfigTable { IsEmpty: false } or ConfigList { IsOfTables: true };

    private static int? RunnerOf(KeyUse use)
    {
        if (!use.SchemaPath.StartsWith(KeyRules.Runner, StringComparison.OrdinalIgnoreCase)) return null;
        return Position().Match(use.Path) is { Success: true } position && position.Index < use.Path.IndexOf('.', StringComparison.Ordinal) ? int.Parse(position.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    // A position among one says nothing: runners.docker.image, but runners[1].docker.image.
    private static List<ConvertedKey> Plain(IEnumerable<ConvertedKey> keys, ConfigDocument document)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var use in KeyWalk.Of(document))
            if (use.Node is ConfigList { IsOfTables: true } list) counts[use.Path] = list.Items.Count;
        return [.. keys.Select(key => key with { Key = Position().Replace(key.Key, match => counts.GetValueOrDefault(key.Key[..match.Index]) == 1 ? "" : match.Value) })];
    }

    private static void HeadComment(ConfigTable target, IReadOnlyList<string> comments)
    {
        if (target.Entries.Count == 0) return;
        var first = target.Entries.FirstOrDefault(entry => entry.Value is not ConfigTable and not ConfigList { IsOfTables: true });
        var node = first.Value ?? (target.Entries[0].Value is ConfigList list ? list.Items[0] : target.Entries[0].Value);
        node.Comment = string.Join('\n', node.Comment is null ? comments : [.. comments, .. node.Comment.Split('\n')]);
    }

    private static Refusal NothingToConvert(List<SourceRunner> runners)
    {
        if (runners.Count == 0) return Refusal.Of("no-docker-runner", "There is no runner in this file: it needs a [[runners]] section with the executor docker, docker+machine or docker-autoscaler.");
        return Refusal.Of("no-docker-runner", [.. runners.Select(runner => $"{runner.Label}: {runner.WhyItStays}")]);
    }

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Position();
}

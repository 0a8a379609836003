using System.Text.Json;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Reads one target and collects every error.</summary>
internal sealed class PlanTargetReader(JsonElement target)
{
    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["phase"] = ["kubernetesUntaggedPercent", "legacyUntaggedPercent"],
        ["evacuate"] = [],
        ["brownout"] = [],
        ["deleteRunners"] = [],
        ["tag"] = ["decision", "was"],
        ["runners"] = [],
    };

    private static readonly string[] Changes = ["tagList", "runUntagged", "paused"];

    public List<string> Errors { get; } = [];

    /// <summary>The one field that says what is meant; null (with an error) when there is none, several, or one unknown.</summary>
    public string? Kind()
    {
        var names = target.EnumerateObject().Select(field => field.Name).ToList();
        foreach (var later in names.Where(name => name == "uninstall"))
            Errors.Add($"target.{later}: this portal cannot plan that yet.");
        if (Errors.Count > 0) return null;

        var kinds = names.Where(Fields.ContainsKey).ToList();
        if (kinds.Count != 1)
        {
            Errors.Add(kinds.Count == 0
                ? $"target: names none of {string.Join(", ", Fields.Keys)}. Give one."
                : $"target: {string.Join(" and ", kinds)} cannot go together. Make one plan each.");
            return null;
        }
        foreach (var name in names.Where(name => name != kinds[0] && !Fields[kinds[0]].Contains(name)))
            Errors.Add($"target.{name}: does not belong to a target with '{kinds[0]}'. Leave it out.");
        return kinds[0];
    }

    public PlanTarget? Phase()
    {
        var key = Text(target, "phase", "target");
        var phase = PhaseKeys.Parse(key);
        if (key is not null && phase is null)
            Errors.Add($"target.phase: '{key}' is not a phase. Use one of {string.Join(", ", Enum.GetValues<Phase>().Select(one => one.Key()))}.");
        int? kubernetes = Percent("kubernetesUntaggedPercent"), legacy = Percent("legacyUntaggedPercent");
        if (phase is not null && phase != Phases.Phase.UntaggedTakeover && (kubernetes ?? legacy) is not null)
            Errors.Add($"target.phase: only '{Phases.Phase.UntaggedTakeover.Key()}' has percentages. Leave them out for '{key}'.");
        return phase is { } known ? new PlanTarget.ToPhase(known, kubernetes, legacy) : null;
    }

    public PlanTarget? Evacuate()
    {
        if (Text(target, "evacuate", "target") is not { } what) return null;
        if (what != "kubernetes") Errors.Add("target.evacuate: only 'kubernetes' can be evacuated.");
        return new PlanTarget.Evacuate();
    }

    public PlanTarget? Brownout()
    {
        var wish = target.GetProperty("brownout");
        if (wish.ValueKind != JsonValueKind.Object)
        {
            Errors.Add("target.brownout: must be an object with tag and durationSeconds.");
            return null;
        }
        foreach (var field in wish.EnumerateObject().Where(field => field.Name is not ("tag" or "durationSeconds")))
            Errors.Add($"target.brownout.{field.Name}: does not belong to a brownout. Leave it out.");
        var tag = Text(wish, "tag", "target.brownout");
        if (tag is not null && Tags.Problem(tag) is { } problem) Errors.Add($"target.brownout.tag: {problem}");
        var seconds = wish.TryGetProperty("durationSeconds", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) ? whole : (int?)null;
        if (seconds is not { } known || known < BrownoutRules.Shortest.TotalSeconds || known > BrownoutRules.Longest.TotalSeconds)
        {
            Errors.Add($"target.brownout.durationSeconds: {BrownoutRules.DurationWords}");
            return null;
        }
        return tag is null ? null : new PlanTarget.Brownout(tag, TimeSpan.FromSeconds(known));
    }

    public PlanTarget? DeleteRunners()
    {
        var list = target.GetProperty("deleteRunners");
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Errors.Add("target.deleteRunners: must be a list with at least one runner id.");
            return null;
        }
        var ids = list.EnumerateArray().Select((item, at) => Id(item, $"target.deleteRunners[{at}]")).OfType<long>().Distinct().ToList();
        return new PlanTarget.DeleteRunners(ids);
    }

    public PlanTarget? DecideTag()
    {
        var tag = Text(target, "tag", "target");
        var word = Text(target, "decision", "target");
        var decision = PlanTargetJson.ParseDecision(word);
        if (word is not null && decision is null) Errors.Add($"target.decision: '{word}' is not a decision. Use adopt, keep or retire.");
        if (tag is not null && Tags.Problem(tag) is { } problem) Errors.Add($"target.tag: {problem}");
        return tag is not null && decision is { } known ? new PlanTarget.DecideTag(tag, known) : null;
    }

    public PlanTarget? EditRunners()
    {
        var list = target.GetProperty("runners");
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Errors.Add("target.runners: must be a list with at least one runner.");
            return null;
        }
        var edits = list.EnumerateArray().Select((item, at) => Edit(item, $"target.runners[{at}]")).OfType<RunnerEdit>().ToList();
        foreach (var twice in edits.GroupBy(edit => edit.Id).Where(group => group.Count() > 1))
            Errors.Add($"target.runners: runner {twice.Key} is named twice. Name it once.");
        return new PlanTarget.EditRunners(edits);
    }

    private RunnerEdit? Edit(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            Errors.Add($"{path}: must be an object with id and tagList, runUntagged or paused.");
            return null;
        }
        foreach (var field in item.EnumerateObject().Where(field => field.Name is not ("id" or "tagList" or "runUntagged" or "paused")))
            Errors.Add($"{path}.{field.Name}: the portal does not change that. Leave it out.");
        if (!item.TryGetProperty("id", out var id))
        {
            Errors.Add($"{path}.id: is missing.");
            return null;
        }
        var edit = new RunnerEdit(Id(id, $"{path}.id") ?? 0, TagList(item, path), Bool(item, "runUntagged", path), Bool(item, "paused", path));
        if (!Changes.Any(name => item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)) Errors.Add($"{path}: changes nothing. Give tagList, runUntagged or paused.");
        return edit;
    }

    // As GitLab takes it: an array, or one string with commas.
    private TagSet? TagList(JsonElement item, string path)
    {
        if (!item.TryGetProperty("tagList", out var list) || list.ValueKind == JsonValueKind.Null) return null;
        var tags = list.ValueKind switch
        {
            JsonValueKind.String => list.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array when list.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String) => [.. list.EnumerateArray().Select(tag => tag.GetString()!)],
            _ => null,
        };
        if (tags is null)
        {
            Errors.Add($"{path}.tagList: must be a list of strings.");
            return null;
        }
        foreach (var tag in tags)
            if (Tags.Problem(tag) is { } problem) Errors.Add($"{path}.tagList: {problem}");
        return TagSet.Of(tags);
    }

    private int? Percent(string name)
    {
        if (!target.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var percent) && percent is >= 0 and <= 100) return percent;
        Errors.Add($"target.{name}: must be a whole number from 0 to 100 (percent of runners; 1 means one runner).");
        return null;
    }

    private long? Id(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) && id > 0) return id;
        Errors.Add($"{path}: must be a runner's id, a positive whole number.");
        return null;
    }

    private bool? Bool(JsonElement item, string name, string path)
    {
        if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Errors.Add($"{path}.{name}: must be true or false.");
        return null;
    }

    private string? Text(JsonElement item, string name, string path)
    {
        if (item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text) return text;
        Errors.Add($"{path}.{name}: must be a text.");
        return null;
    }
}

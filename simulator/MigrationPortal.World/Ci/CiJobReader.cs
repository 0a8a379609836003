using System.Globalization;

namespace MigrationPortal.World;

/// <summary>Reads the jobs of a merged configuration, applying <c>default</c> and <c>inherit</c>.</summary>
internal sealed class CiJobReader(CiMap all, IReadOnlyList<string> stages, List<string> errors, List<string> warnings)
{
    private const int TagLimit = 50;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "after_script", "allow_failure", "artifacts", "before_script", "cache", "coverage", "dast_configuration",
        "dependencies", "environment", "except", "hooks", "id_tokens", "identity", "image", "inherit", "interruptible",
        "manual_confirmation", "needs", "only", "pages", "parallel", "publish", "release", "resource_group", "retry",
        "rules", "run", "script", "secrets", "services", "stage", "start_in", "tags", "timeout", "trigger", "variables", "when",
    };

    private static readonly string[] DefaultKeys =
        ["after_script", "before_script", "image", "services", "tags", "retry", "timeout", "cache", "artifacts", "interruptible", "hooks", "id_tokens"];

    public IEnumerable<CiJob> Read(string name, CiMap written)
    {
        var before = errors.Count;
        var map = WithDefaults(written);
        Check(name, map);
        if (errors.Count > before)
        {
            yield break;
        }

        var parallel = map["parallel"] is string p && int.TryParse(p, CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, 200) : 1;
        for (var i = 1; i <= parallel; i++)
        {
            yield return Build(parallel == 1 ? name : $"{name} {i}/{parallel}", map, parallel);
        }
    }

    public static Dictionary<string, string> Variables(object? value)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is CiMap map)
        {
            foreach (var key in map.Keys)
            {
                variables[key] = map[key] switch
                {
                    string text => text,
                    CiMap detail => detail["value"] as string ?? "",
                    _ => "",
                };
            }
        }

        return variables;
    }

    public static List<CiRule> Rules(object? value) => value is not List<object?> list ? [] :
        [.. list.SelectMany(Flatten).Select(rule => new CiRule(
            rule["if"] is string text ? CiCondition.Parse(text) : null,
            rule["when"] as string,
            rule.Has("allow_failure") ? CiYaml.IsTrue(rule["allow_failure"]) : null,
            Variables(rule["variables"])))];

    private static IEnumerable<CiMap> Flatten(object? item) => item switch
    {
        CiMap map => [map],
        List<object?> nested => nested.SelectMany(Flatten),
        _ => [],
    };

    private CiMap WithDefaults(CiMap written)
    {
        var map = written.Copy();
        var inherit = written["inherit"] as CiMap;
        var defaults = all["default"] as CiMap;
        foreach (var key in DefaultKeys)
        {
            if (!map.Has(key) && Inherits(inherit?["default"], key) && (defaults?[key] ?? Legacy(key)) is { } value)
            {
                map[key] = value;
            }
        }

        return map;
    }

    private object? Legacy(string key) =>
        key is "image" or "services" or "before_script" or "after_script" or "cache" ? all[key] : null;

    private static bool Inherits(object? rule, string key) => rule switch
    {
        null => true,
        List<object?> list => CiYaml.Strings(list).Contains(key),
        _ => CiYaml.IsTrue(rule),
    };

    private void Check(string name, CiMap map)
    {
        var unknown = map.Keys.Where(k => !Known.Contains(k)).ToList();
        if (unknown.Count > 0)
        {
            errors.Add($"jobs:{name} config contains unknown keys: {string.Join(", ", unknown)}");
        }

        if (!map.Has("script") && !map.Has("trigger") && !map.Has("run"))
        {
            errors.Add($"jobs:{name} config should implement the script:, run:, or trigger: keyword");
        }
        else if (map.Has("script") && CiYaml.Strings(map["script"]).Count == 0)
        {
            errors.Add($"jobs:{name}:script config should be a string or a nested array of strings up to 10 levels deep");
        }

        if (CiYaml.Strings(map["tags"]).Count >= TagLimit)
        {
            errors.Add($"jobs:{name}:tags config must be less than the limit of {TagLimit} tags");
        }

        if (map["tags"] is not null and not List<object?>)
        {
            errors.Add($"jobs:{name}:tags config should be an array of strings");
        }

        var stage = map["stage"] as string ?? "test";
        if (!stages.Contains(stage))
        {
            errors.Add($"{name} job: chosen stage {stage} does not exist; available stages are {string.Join(", ", stages)}");
        }

        if (map.Has("rules") && (map.Has("only") || map.Has("except")))
        {
            errors.Add($"jobs:{name} config key may not be used with `rules`: {(map.Has("only") ? "only" : "except")}");
        }

        if (map["rules"] is List<object?> rules && rules.OfType<CiMap>().LastOrDefault() is { } last
            && !last.Has("if") && last["when"] as string is not ("never" or "manual"))
        {
            warnings.Add($"jobs:{name} may allow multiple pipelines to run for a single action due to `rules:when` clause with no `workflow:rules` - read more: https://docs.gitlab.com/ci/jobs/job_rules/#avoid-duplicate-pipelines");
        }
    }

    private CiJob Build(string name, CiMap map, int parallel)
    {
        var variables = (map["inherit"] as CiMap)?["variables"] is "false" ? [] : Variables(all["variables"]);
        foreach (var (key, value) in Variables(map["variables"]))
        {
            variables[key] = value;
        }

        var before = CiYaml.Strings(map["before_script"]);
        var script = CiYaml.Strings(map["script"]);
        var after = CiYaml.Strings(map["after_script"]);
        var image = map["image"] as string ?? (map["image"] as CiMap)?["name"] as string;
        return new CiJob
        {
            Name = name,
            Stage = map["stage"] as string ?? "test",
            Tags = CiYaml.Strings(map["tags"]),
            Variables = variables,
            BeforeScript = before,
            Script = script,
            AfterScript = after,
            Image = image,
            Services = Services(map["services"]),
            Rules = map.Has("rules") ? Rules(map["rules"]) : null,
            Only = RefPolicy(map["only"]),
            Except = RefPolicy(map["except"]),
            When = map["when"] as string ?? "on_success",
            AllowFailure = map.Has("allow_failure") ? map["allow_failure"] is CiMap || CiYaml.IsTrue(map["allow_failure"]) : null,
            Needs = map.Has("needs") ? NeedNames(map["needs"]) : null,
            Environment = map["environment"] as string ?? (map["environment"] as CiMap)?["name"] as string,
            Retry = int.TryParse(map["retry"] as string ?? (map["retry"] as CiMap)?["max"] as string, CultureInfo.InvariantCulture, out var r) ? Math.Clamp(r, 0, 2) : 0,
            Timeout = CiDuration.Seconds(map["timeout"] as string),
            Parallel = parallel,
            Workload = WorkloadReader.Read(name, map, variables, [.. before, .. script, .. after]),
            IsBridge = map.Has("trigger"),
        };
    }

    private static List<JobService> Services(object? value) => value is not List<object?> list ? [] :
        [.. list.Select(item => item is CiMap map ? new JobService(map["name"] as string ?? "", map["alias"] as string) : new JobService(item as string ?? "", null))];

    private static List<string> NeedNames(object? value) => value is not List<object?> list ? [] :
        [.. list.Select(n => n as string ?? (n as CiMap)?["job"] as string).OfType<string>()];

    private static CiRefPolicy? RefPolicy(object? value) => value switch
    {
        null => null,
        CiMap map => new CiRefPolicy(CiYaml.Strings(map["refs"]), [.. CiYaml.Strings(map["variables"]).Select(CiCondition.Parse)]),
        _ => new CiRefPolicy(CiYaml.Strings(value), []),
    };
}

/// <summary><c>timeout: 2h 30m</c> and the like.</summary>
internal static class CiDuration
{
    public static int? Seconds(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var total = 0;
        var number = 0;
        foreach (var c in text.Replace(" ", "", StringComparison.Ordinal))
        {
            if (char.IsAsciiDigit(c))
            {
                number = (number * 10) + (c - '0');
                continue;
            }

            total += c switch { 'w' => number * 604800, 'd' => number * 86400, 'h' => number * 3600, 'm' => number * 60, 's' => number, _ => 0 };
            number = char.IsLetter(c) && c is 'w' or 'd' or 'h' or 'm' or 's' ? 0 : number;
        }

        return total + number is 0 ? null : total == 0 ? number : total;
    }
}

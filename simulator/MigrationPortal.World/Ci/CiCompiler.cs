namespace MigrationPortal.World;

/// <summary>From CI text to a checked configuration: includes, extends, default, jobs. Errors read as GitLab's.</summary>
internal sealed class CiCompiler(Directory directory)
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "default", "include", "stages", "variables", "workflow", "image", "services", "before_script", "after_script",
        "cache", "spec", "pages_options",
    };

    public (CiConfig? Config, IReadOnlyList<string> Errors) Compile(string text, Project project, string? refName)
    {
        try
        {
            var includes = new CiIncludes(directory);
            var merged = includes.Resolve(CiYaml.Parse(text), project, refName);
            return Check(CiExtends.Resolve(merged), includes.Seen);
        }
        catch (CiError error)
        {
            return (null, [error.Message]);
        }
    }

    private static (CiConfig?, IReadOnlyList<string>) Check(CiMap merged, IReadOnlyList<LintInclude> includes)
    {
        var stages = Stages(merged);
        var errors = new List<string>();
        var warnings = new List<string>();
        var jobs = new List<CiJob>();
        var reader = new CiJobReader(merged, stages, errors, warnings);
        foreach (var name in merged.Keys.Where(k => !Reserved.Contains(k) && !k.StartsWith('.')))
        {
            if (merged[name] is CiMap map)
            {
                jobs.AddRange(reader.Read(name, map));
            }
            else
            {
                errors.Add($"jobs:{name} config should be a hash");
            }
        }

        if (jobs.Count == 0 && errors.Count == 0)
        {
            errors.Add("jobs config should contain at least one visible job");
        }

        var names = jobs.Select(j => j.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            errors.AddRange((job.Needs ?? []).Where(n => !names.Contains(n) && !names.Contains($"{n} 1/2"))
                .Select(n => $"'{job.Name}' job needs '{n}' job, but '{n}' is not in any previous stage"));
        }

        return errors.Count > 0
            ? (null, errors)
            : (new CiConfig
            {
                Merged = merged,
                Stages = stages,
                Variables = CiJobReader.Variables(merged["variables"]),
                WorkflowRules = (merged["workflow"] as CiMap)?["rules"] is { } rules ? CiJobReader.Rules(rules) : null,
                Jobs = jobs,
                Includes = includes,
                Warnings = warnings,
            }, []);
    }

    private static List<string> Stages(CiMap merged)
    {
        var stages = CiYaml.Strings(merged["stages"]);
        if (stages.Count == 0)
        {
            stages = ["build", "test", "deploy"];
        }

        stages.Remove(".pre");
        stages.Remove(".post");
        return [".pre", .. stages, ".post"];
    }
}

/// <summary>Resolves <c>extends</c> and <c>!reference</c>.</summary>
internal static class CiExtends
{
    private const int MaxDepth = 11;

    public static CiMap Resolve(CiMap all)
    {
        var resolved = all.Copy();
        foreach (var name in all.Keys)
        {
            if (all[name] is CiMap map && map.Has("extends"))
            {
                resolved[name] = Extend(all, name, map, 0);
            }
        }

        foreach (var name in resolved.Keys.ToList())
        {
            resolved[name] = Dereference(resolved, resolved[name], 0);
        }

        return resolved;
    }

    private static CiMap Extend(CiMap all, string name, CiMap map, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new CiError($"{name}: nesting too deep in `extends`");
        }

        var merged = new CiMap();
        foreach (var parent in CiYaml.Strings(map["extends"]))
        {
            var from = all[parent] as CiMap
                ?? throw new CiError($"{name}: unknown keys in `extends` ({parent})");
            if (parent == name)
            {
                throw new CiError($"{name}: circular dependency detected in `extends`");
            }

            merged = CiMap.Merge(merged, Extend(all, parent, from, depth + 1));
        }

        var own = map.Copy();
        own.Remove("extends");
        return CiMap.Merge(merged, own);
    }

    private static object? Dereference(CiMap all, object? value, int depth)
    {
        switch (value)
        {
            case CiReference reference when depth < 10:
                object? at = all;
                foreach (var step in reference.Path)
                {
                    at = (at as CiMap)?[step] ?? throw new CiError(
                        $"!reference [{string.Join(", ", reference.Path.Select(p => $"\"{p}\""))}] could not be found");
                }

                return Dereference(all, at, depth + 1);
            case CiMap map:
                var copy = new CiMap();
                foreach (var key in map.Keys)
                {
                    copy[key] = Dereference(all, map[key], depth);
                }

                return copy;
            case List<object?> list:
                return list.Select(item => Dereference(all, item, depth)).ToList();
            default:
                return value;
        }
    }
}

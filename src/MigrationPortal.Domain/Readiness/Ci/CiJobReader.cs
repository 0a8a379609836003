namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>Reads one job with what <c>default</c>, the top level and its parents give it.</summary>
internal sealed class CiJobReader
{
    private readonly CiMap _root;
    private readonly CiResolver _resolver;
    private readonly CiBudget _budget;
    private readonly CiMap? _default;
    private readonly IReadOnlyList<CiVariable> _variables;
    private readonly IReadOnlyList<CiVariable> _ofWorkflow;
    private readonly int _charactersOfVariables;
    private CiVariables? _shared;

    public CiJobReader(CiMap root, CiResolver resolver, CiBudget budget)
    {
        (_root, _resolver, _budget) = (root, resolver, budget);
        _default = root["default"] as CiMap;
        _variables = CiVariableReader.Read(root["variables"], resolver, "variables");
        _ofWorkflow = [.. CiVariableReader.OfRules((root["workflow"] as CiMap)?["rules"], resolver, "workflow")];
        _charactersOfVariables = _variables.Concat(_ofWorkflow).Sum(variable => variable.Value.Length + 16);
    }

    /// <returns>Null for a trigger job: it needs no runner.</returns>
    public CiJob? Read(CiEntry entry)
    {
        var map = _resolver.Extend(entry.Key, (CiMap)entry.Value);
        if (map.Find("trigger") is not null) return null;
        var values = new CiValues(map, _resolver, entry.Key);
        var inherit = new CiInherit(values.Map("inherit"));
        var script = new CiScriptReader(_resolver, _budget, entry.Key);
        var tags = Given(values, inherit, "tags");
        var timeout = Given(values, inherit, "timeout");
        return new CiJob(
            entry.Key,
            entry.Line,
            CiImageReader.Read(Given(values, inherit, "image"), _resolver, entry.Key),
            Services(entry, Given(values, inherit, "services")),
            Variables(entry, map, inherit),
            [.. CiValues.Texts(tags, _resolver, entry.Key)],
            tags?.Line ?? 0,
            [
                .. script.Read(CiScriptPart.Hook, (Given(values, inherit, "hooks") as CiMap)?["pre_get_sources_script"]),
                .. script.Read(CiScriptPart.Before, Given(values, inherit, "before_script")),
                .. script.Read(CiScriptPart.Main, values["script"]),
                .. script.Read(CiScriptPart.Main, Steps(values["run"], entry.Key)),
                .. script.Read(CiScriptPart.After, Given(values, inherit, "after_script")),
            ],
            [.. Caches(Given(values, inherit, "cache"), entry.Key)],
            CiDuration.Read((timeout as CiScalar)?.Text),
            timeout?.Line ?? 0,
            (Given(values, inherit, "interruptible") as CiScalar)?.Text switch { "true" => true, "false" => false, _ => null },
            values["resource_group"]?.Line ?? 0,
            values["environment"] is { } environment && Deploys(environment) ? environment.Line : 0,
            (values["stage"] as CiScalar)?.Text ?? "test");
    }

    /// <summary>The job's own, else what <c>default</c> says, else the top level's old form.</summary>
    private CiNode? Given(CiValues values, CiInherit inherit, string key)
    {
        if (values.Has(key)) return values[key];
        if (!inherit.Default(key)) return null;
        return _resolver.Follow(_default?[key] ?? (CiInherit.AtTopLevel(key) ? _root[key] : null), values.Job);
    }

    private IReadOnlyList<CiService> Services(CiEntry job, CiNode? node)
    {
        var services = CiImageReader.Services(node, _resolver, job.Key);
        if (services.Count > _budget.Limits.Services) throw new CiLimitException(job.Line, $"{job.Key} has more than {_budget.Limits.Services:#,##0} services.");
        return services;
    }

    /// <summary>Most jobs set none of their own: they share what the file gives.</summary>
    private CiVariables Variables(CiEntry job, CiMap map, CiInherit inherit)
    {
        _budget.TakeText(_charactersOfVariables, job.Line);
        if (map["inherit"] is null && map["variables"] is null && map["rules"] is null && map["parallel"] is null) return _shared ??= CiVariableReader.OfJob(map, _variables, _ofWorkflow, _resolver, job.Key);
        return CiVariableReader.OfJob(map, inherit.Variables(_variables), inherit.Variables(_ofWorkflow), _resolver, job.Key);
    }

    /// <summary>Scripts of <c>run:</c>, GitLab's steps.</summary>
    private CiList? Steps(CiNode? run, string job) => run is null ? null
        : new CiList(run.Line, [.. _resolver.Leaves(run, job).OfType<CiMap>().Select(step => step["script"]).OfType<CiNode>()]);

    private static bool Deploys(CiNode environment) => environment is not CiMap map || map["action"] is not CiScalar { Text: not "start" };

    private IEnumerable<int> Caches(CiNode? node, string job) => _resolver.Leaves(node, job).OfType<CiMap>()
        .Where(map => map["paths"] is CiList { Items.Count: > 0 } or CiReference || map["untracked"] is CiScalar { Text: "true" })
        .Select(map => map.Line);
}

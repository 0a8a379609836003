namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>Reads one job with what <c>default</c>, the top level and its parents give it.</summary>
internal sealed class CiJobReader
{
    private readonly CiMap _root;
    private readonly CiResolver _resolver;
    private readonly CiBudget _budget;
    private readonly CiMap? _default;
    private readonly IReadOnlyList<CiVariable> _variables;

    public CiJobReader(CiMap root, CiResolver resolver, CiBudget budget)
    {
        (_root, _resolver, _budget) = (root, resolver, budget);
        _default = root["default"] as CiMap;
        _variables = CiVariableReader.Read(root["variables"], resolver, "variables");
    }

    /// <returns>Null for a trigger job: it needs no runner.</returns>
    public CiJob? Read(CiEntry entry)
    {
        var map = _resolver.Extend(entry.Key, (CiMap)entry.Value);
        if (map.Find("trigger") is not null) return null;
        var values = new CiValues(map, _resolver, entry.Key);
        var inherit = new CiInherit(values.Map("inherit"));
        var script = new CiScriptReader(_resolver, _budget.Limits, entry.Key);
        var tags = Given(values, inherit, "tags");
        var timeout = Given(values, inherit, "timeout");
        return new CiJob(
            entry.Key,
            entry.Line,
            CiImageReader.Read(Given(values, inherit, "image"), _resolver, entry.Key),
            CiImageReader.Services(Given(values, inherit, "services"), _resolver, entry.Key),
            CiVariableReader.OfJob(map, inherit.Variables(_variables), _resolver, entry.Key),
            [.. CiValues.Texts(tags, _resolver, entry.Key)],
            tags?.Line ?? 0,
            [
                .. script.Read(CiScriptPart.Hook, (Given(values, inherit, "hooks") as CiMap)?["pre_get_sources_script"]),
                .. script.Read(CiScriptPart.Before, Given(values, inherit, "before_script")),
                .. script.Read(CiScriptPart.Main, values["script"]),
                .. script.Read(CiScriptPart.After, Given(values, inherit, "after_script")),
            ],
            [.. Caches(Given(values, inherit, "cache"), entry.Key)],
            CiDuration.Read((timeout as CiScalar)?.Text),
            timeout?.Line ?? 0,
            (Given(values, inherit, "interruptible") as CiScalar)?.Text switch { "true" => true, "false" => false, _ => null },
            values["resource_group"]?.Line ?? 0,
            values["environment"]?.Line ?? 0);
    }

    /// <summary>The job's own, else what <c>default</c> says, else the top level's old form.</summary>
    private CiNode? Given(CiValues values, CiInherit inherit, string key)
    {
        if (values.Has(key)) return values[key];
        if (!inherit.Default(key)) return null;
        return _resolver.Follow(_default?[key] ?? (CiInherit.AtTopLevel(key) ? _root[key] : null), values.Job);
    }

    private IEnumerable<int> Caches(CiNode? node, string job) => _resolver.Leaves(node, job).OfType<CiMap>()
        .Where(map => map["paths"] is CiList { Items.Count: > 0 } or CiReference || map["untracked"] is CiScalar { Text: "true" })
        .Select(map => map.Line);
}

namespace MigrationPortal.Domain.Readiness.Ci;

internal static class CiVariableReader
{
    /// <summary>Both forms: a value, or a mapping with <c>value</c>.</summary>
    public static IReadOnlyList<CiVariable> Read(CiNode? node, CiResolver resolver, string job) =>
        resolver.Follow(node, job) is not CiMap map ? [] : [.. map.Entries.SelectMany(entry => One(entry, resolver, job))];

    /// <param name="ofWorkflow">Those that a rule of <c>workflow</c> may give to every job.</param>
    public static CiVariables OfJob(CiMap job, IEnumerable<CiVariable> inherited, IEnumerable<CiVariable> ofWorkflow, CiResolver resolver, string name)
    {
        var own = Read(job["variables"], resolver, name);
        var others = OfRules(job["rules"], resolver, name).Concat(ofWorkflow).Concat(Matrix(job["parallel"], resolver, name)).ToList();
        var set = inherited.Concat(own).ToList();
        return set.Count == 0 && others.Count == 0 ? CiVariables.None : new CiVariables(set, others);
    }

    public static IEnumerable<CiVariable> OfRules(CiNode? rules, CiResolver resolver, string name) =>
        resolver.Leaves(rules, name).OfType<CiMap>().SelectMany(rule => Read(rule["variables"], resolver, name));

    private static IEnumerable<CiVariable> One(CiEntry entry, CiResolver resolver, string job) => resolver.Follow(entry.Value, job) switch
    {
        CiScalar { IsNull: false } one => [new CiVariable(entry.Key, one.Text, one.FirstLine)],
        CiMap map when map["value"] is CiScalar value => [new CiVariable(entry.Key, value.Text, value.FirstLine)],
        CiScalar => [new CiVariable(entry.Key, "", entry.Line)],
        _ => [],
    };

    private static IEnumerable<CiVariable> Matrix(CiNode? parallel, CiResolver resolver, string job) =>
        from row in resolver.Leaves((resolver.Follow(parallel, job) as CiMap)?["matrix"], job).OfType<CiMap>()
        from entry in row.Entries
        from value in CiValues.Texts(entry.Value, resolver, job)
        select new CiVariable(entry.Key, value, entry.Line);
}

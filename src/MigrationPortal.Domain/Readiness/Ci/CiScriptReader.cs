namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>Lays scripts flat: one text, a list, lists inside it by anchor or reference.</summary>
internal sealed class CiScriptReader(CiResolver resolver, CiBudget budget, string job)
{
    private int _lines;

    public IEnumerable<CiScriptLine> Read(CiScriptPart part, CiNode? node) => resolver.Leaves(node, job).SelectMany(leaf => leaf switch
    {
        CiScalar { IsNull: false } text => [Counted(part, text.Text, text.FirstLine)],
        // "echo: done" without quotes is a mapping to YAML; GitLab refuses it, and its words are still a hint.
        CiMap map => map.Entries.Where(entry => entry.Value is CiScalar).Select(entry => Counted(part, $"{entry.Key}: {((CiScalar)entry.Value).Text}", entry.Line)),
        _ => (IEnumerable<CiScriptLine>)[],
    });

    private CiScriptLine Counted(CiScriptPart part, string text, int line)
    {
        if (++_lines > budget.Limits.ScriptLines) throw new CiLimitException(line, $"The script of {job} has more than {budget.Limits.ScriptLines:#,##0} lines.");
        budget.TakeText(text.Length, line);
        return new CiScriptLine(part, text, line);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MigrationPortal.Domain.Readiness.Ci;

/// <param name="Line">Where it is set.</param>
public sealed record CiVariable(string Name, string Value, int Line);

/// <summary>
/// What a job's variables may hold: the job's own over the file's, and beside them each value that a rule or
/// <c>parallel: matrix</c> may give. Variables of project, group and instance are not known to a file.
/// </summary>
public sealed class CiVariables
{
    public static readonly CiVariables None = new([], []);

    /// <summary>Values that one text may have, and how often a value may name a variable again.</summary>
    private const int MostTexts = 64;
    private const int MostSteps = 4;

    private readonly Dictionary<string, CiVariable> _set;
    private readonly ILookup<string, CiVariable> _others;

    internal CiVariables(IEnumerable<CiVariable> set, IEnumerable<CiVariable> others)
    {
        _set = [];
        foreach (var one in set) _set[one.Name] = one;
        _others = others.ToLookup(one => one.Name, StringComparer.Ordinal);
        All = [.. _set.Values, .. _others.SelectMany(group => group)];
        foreach (var one in All) Characters += one.Value.Length;
    }

    /// <summary>Each with each value that it may have.</summary>
    public IReadOnlyList<CiVariable> All { get; }

    /// <summary>Of all values together.</summary>
    public long Characters { get; }

    public bool Any => All.Count > 0;

    /// <summary>All that it may be; none when the file does not set it.</summary>
    public IEnumerable<CiVariable> Of(string name)
    {
        if (_set.TryGetValue(name, out var own)) yield return own;
        foreach (var other in _others[name]) yield return other;
    }

    public bool Has(string name) => Of(name).Any();

    /// <summary>GitLab's truth of a feature flag or switch.</summary>
    public bool IsOn(string name) => Of(name).Any(one => one.Value is "1" or "true" or "True" or "TRUE");

    /// <summary>The text with <c>$NAME</c>, <c>${NAME}</c> and <c>%NAME%</c> replaced, once for each mix of values; names that the file does not set stay.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Depends on the variables.")]
    public IReadOnlyList<string> Expand(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Any || !text.Contains('$', StringComparison.Ordinal)) return [text];
        IReadOnlyList<string> texts = [text];
        for (var step = 0; step < MostSteps; step++)
        {
            var next = texts.SelectMany(Once).Distinct(StringComparer.Ordinal).Take(MostTexts).ToList();
            if (next.SequenceEqual(texts)) break;
            texts = next;
        }

        return texts;
    }

    /// <summary>The first of <see cref="Expand"/>.</summary>
    public string ExpandOne(string text) => Expand(text)[0];

    private IEnumerable<string> Once(string text)
    {
        IReadOnlyList<StringBuilder> made = [new StringBuilder()];
        foreach (var (literal, name) in CiPlaceholder.Parts(text))
        {
            var values = name is null ? [literal] : Of(name).Select(one => one.Value).DefaultIfEmpty(literal).ToList();
            if (values.Count == 1) foreach (var one in made) one.Append(values[0]);
            else made = [.. made.SelectMany(one => values.Select(value => new StringBuilder().Append(one).Append(value))).Take(MostTexts)];
            if (made[0].Length > CiPlaceholder.Longest) return [text];
        }

        return made.Select(one => one.ToString());
    }
}

using System.Text;

namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>
/// The defaults of a file's <c>spec:inputs</c> header, put where the file says <c>$[[ inputs.name ]]</c>: what the file is for those who
/// include it and give nothing. An input without a default stays as written. Functions behind a pipe, such as <c>truncate</c>, are
/// passed over (docs.gitlab.com/ci/inputs). GitLab's own merged configuration has none of them any more.
/// </summary>
internal sealed class CiInputs
{
    public static readonly CiInputs None = new([]);

    private const int CharactersOfOne = 4;

    private const string Begin = "$[[", End = "]]", Prefix = "inputs.";

    private readonly Dictionary<string, CiNode> _defaults;

    private CiInputs(Dictionary<string, CiNode> defaults) => _defaults = defaults;

    /// <param name="document">Of the file's first document; one without a <c>spec</c> has none.</param>
    public static CiInputs Of(CiNode? document)
    {
        if (document is not CiMap map || map["spec"] is not CiMap spec || spec["inputs"] is not CiMap inputs) return None;
        var defaults = new Dictionary<string, CiNode>(StringComparer.Ordinal);
        foreach (var input in inputs.Entries)
            if ((input.Value as CiMap)?["default"] is { } value and not CiScalar { IsNull: true }) defaults[input.Key] = value;
        return defaults.Count == 0 ? None : new(defaults);
    }

    /// <summary>The value itself where the text is nothing but an input, of whatever kind; else the text with the scalars put in.</summary>
    /// <exception cref="CiLimitException">The file unfolds to too much.</exception>
    public CiNode Fill(CiScalar scalar, CiBudget budget)
    {
        if (_defaults.Count == 0 || !scalar.Text.Contains(Begin, StringComparison.Ordinal)) return scalar;
        var (text, filled, from) = (scalar.Text, new StringBuilder(), 0);
        for (var at = text.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Begin, from, StringComparison.Ordinal))
        {
            var end = text.IndexOf(End, at, StringComparison.Ordinal);
            if (end < 0) break;
            var value = Named(text[(at + Begin.Length)..end]);
            if (value is not null && at == 0 && end + End.Length == text.Length) return value is CiScalar alone ? new CiScalar(alone.Text, scalar.Line, alone.IsNull, scalar.FirstLine) : value;
            var written = text[at..(end + End.Length)];
            filled.Append(text, from, at - from).Append(value is CiScalar one ? one.Text : written);
            from = end + End.Length;
            // Unlike an alias it is a text of its own each time.
            budget.Take(((value as CiScalar)?.Text.Length ?? 0) / CharactersOfOne, scalar.Line);
        }

        return filled.Length == 0 ? scalar : new CiScalar(filled.Append(text, from, text.Length - from).ToString(), scalar.Line, false, scalar.FirstLine);
    }

    private CiNode? Named(string inside)
    {
        var name = inside.Split('|')[0].Trim();
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? _defaults.GetValueOrDefault(name[Prefix.Length..]) : null;
    }
}

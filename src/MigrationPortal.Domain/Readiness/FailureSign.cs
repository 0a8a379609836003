using System.Buffers;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness;

/// <summary>One way to recognise one class: texts of which any decides, and what to say then.</summary>
internal sealed class FailureSign
{
    // Linear in the line whatever stands in it: the log is somebody else's text.
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private readonly Text[] _texts;
    private readonly Text? _unless;
    private readonly SearchValues<string>? _needles;

    /// <param name="texts">Regular expressions, in any case of letters.</param>
    public FailureSign(string word, string? rule, string explanation, string remedy, params string[] texts)
    {
        (Class, Rule, Explanation, Remedy) = (word, rule, explanation, remedy);
        _texts = [.. texts.SelectMany(FailureNeedles.Ways).Select(way => new Text(way))];
        _needles = Array.TrueForAll(_texts, text => text.Needles is not null) ? SearchValues.Create([.. _texts.SelectMany(text => text.Needles!)], StringComparison.OrdinalIgnoreCase) : null;
    }

    private FailureSign(FailureSign of, Text? unless)
    {
        (Class, Rule, Explanation, Remedy, Blame, IsVague) = (of.Class, of.Rule, of.Explanation, of.Remedy, of.Blame, of.IsVague);
        (_texts, _needles, _unless) = (of._texts, of._needles, unless);
    }

    public string Class { get; }

    public string? Rule { get; }

    public string Explanation { get; }

    public string Remedy { get; }

    public FailureBlame Blame { get; private init; } = FailureBlame.Runner;

    /// <summary>It says that the job ended but not why: a sharper sign among the lines before it is preferred.</summary>
    public bool IsVague { get; private init; }

    /// <summary>A sign without a text that blames the job's code.</summary>
    public static FailureSign OfCode(string word, string? rule, string explanation, string remedy) => new(word, rule, explanation, remedy) { Blame = FailureBlame.Code };

    /// <summary>The same sign, but not in lines with this text.</summary>
    public FailureSign Unless(string text) => new(this, new Text(text));

    public FailureSign Vague(FailureBlame blame = FailureBlame.Runner) => new(this, _unless) { Blame = blame, IsVague = true };

    /// <summary>A notice after which the job goes on: by itself it blames nobody.</summary>
    public FailureSign Notice() => new(this, _unless) { Blame = FailureBlame.Unknown };

    public bool IsIn(string line)
    {
        if (_needles is not null && !line.AsSpan().ContainsAny(_needles)) return false;
        return Array.Exists(_texts, text => text.IsIn(line)) && _unless?.IsIn(line) != true;
    }

    // Built when its words are first seen: most of some hundred texts are never needed.
    private sealed class Text(string expression)
    {
        private readonly Lazy<Regex> _expression = new(() => new Regex(expression, Options));

        public IReadOnlyList<string>? Needles { get; } = FailureNeedles.Of(expression);

        public bool IsIn(string line)
        {
            if (Needles is not null && !Needles.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))) return false;
            return _expression.Value.IsMatch(line);
        }
    }
}

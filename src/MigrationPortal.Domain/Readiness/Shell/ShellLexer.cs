using System.Buffers;
using System.Text;

namespace MigrationPortal.Domain.Readiness.Shell;

/// <summary>Cuts a script into words, operators and redirects; each character is looked at a bounded number of times.</summary>
internal sealed class ShellLexer(string text, int firstLine)
{
    /// <summary>Signs that end a word or stand for more than themselves in it.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\n\r;|()&\\'\"$`<>");

    /// <summary>The same between double quotes.</summary>
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\"\\$`");

    private readonly StringBuilder _word = new();
    private readonly List<ShellHere> _pending = [];
    private List<(string, int)> _inner = [];
    private int _at;
    private int _line = firstLine;
    private bool _inTest;

    /// <param name="atCommand">The next word would be a command's name: <c>((</c> and <c>[[</c> then begin what has no commands.</param>
    /// <returns>Null at the end.</returns>
    public ShellToken? Next(bool atCommand)
    {
        SkipBlanks();
        if (_at >= text.Length) return null;
        if (Operator(atCommand) is { } token) return token;
        return Word(atCommand);
    }

    private char Now => _at < text.Length ? text[_at] : '\0';

    private char Ahead => _at + 1 < text.Length ? text[_at + 1] : '\0';

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r') _at++;
            else if (text[_at] == '\\' && Ahead == '\n') Skip(2);
            else if (text[_at] == '\\' && Ahead == '\r') Skip(2);
            else if (text[_at] == '#') _at = text.IndexOf('\n', _at) is var end and >= 0 ? end : text.Length;
            else break;
        }
    }

    private void Skip(int count)
    {
        for (var end = Math.Min(text.Length, _at + count); _at < end; _at++)
            if (text[_at] == '\n') _line++;
    }

    private ShellToken? Operator(bool atCommand)
    {
        switch (Now)
        {
            case '\n':
                return NewLine();
            case ';':
                return Ahead is ';' or '&' ? Take(ShellTokenKind.CaseEnd, _at + 2 < text.Length && text[_at + 2] == '&' ? 3 : 2) : Take(ShellTokenKind.Then, 1);
            case '&' when _inTest && Ahead == '&':
            case '|' when _inTest:
            case '<' or '>' or '(' or ')' when _inTest:
                return Take(ShellTokenKind.Word, Ahead is '&' or '|' ? 2 : 1);
            case '&':
                return Ahead == '&' ? Take(ShellTokenKind.Then, 2) : Ahead == '>' ? Redirect("&") : Take(ShellTokenKind.Background, 1);
            case '|':
                return Ahead == '|' ? Take(ShellTokenKind.Then, 2) : Take(ShellTokenKind.Pipe, Ahead == '&' ? 2 : 1);
            case '(' when atCommand && Ahead == '(':
                _at = ShellSpan.Arithmetic(text, _at + 2);
                return Take(ShellTokenKind.Then, 0);
            case '(':
                return Take(ShellTokenKind.Open, 1);
            case ')':
                return Take(ShellTokenKind.Close, 1);
            case '<' or '>' when Ahead != '(':
                return Redirect("");
            default:
                return null;
        }
    }

    private ShellToken Take(ShellTokenKind kind, int length)
    {
        var token = new ShellToken(kind, text.Substring(_at, Math.Min(length, text.Length - _at)), _line);
        Skip(length);
        return token;
    }

    private ShellToken NewLine()
    {
        var token = Take(ShellTokenKind.Then, 1);
        foreach (var here in _pending) ReadHere(here);
        _pending.Clear();
        _inTest = false;
        return token;
    }

    private void ReadHere(ShellHere here)
    {
        here.Line = _line;
        var from = _at;
        while (_at < text.Length)
        {
            var end = text.IndexOf('\n', _at) is var next and >= 0 ? next : text.Length;
            var line = text.AsSpan(_at, end - _at).TrimEnd('\r');
            if (here.Indented) line = line.TrimStart('\t');
            if (line.SequenceEqual(here.Delimiter))
            {
                here.Body = text[from.._at];
                Skip(end - _at + 1);
                return;
            }

            Skip(end - _at + 1);
        }

        here.Body = text[Math.Min(from, text.Length)..];
    }

    private ShellToken Redirect(string descriptor)
    {
        var line = _line;
        if (descriptor == "&") _at++;
        var from = _at;
        while (Now is '<' or '>' or '|' or '&') _at++;
        if (text[from.._at] == "<<" && Now == '-') _at++;
        var sign = text[from.._at];
        SkipBlanks();
        var target = Now is '\n' or '\0' or ';' or '(' or ')' ? new ShellToken(ShellTokenKind.Word, "", line) : Word(atCommand: false);
        if (sign is "<<" or "<<-")
        {
            var here = new ShellHere(target.Text, sign == "<<-");
            _pending.Add(here);
            return new ShellToken(ShellTokenKind.Redirect, sign, line) { Here = here };
        }

        return new ShellToken(ShellTokenKind.Redirect, descriptor + sign, line) { Target = target.Text, Inner = target.Inner };
    }

    private ShellToken Word(bool atCommand)
    {
        var line = _line;
        var quoted = false;
        _word.Clear();
        _inner = [];
        while (_at < text.Length && !ShellSpan.EndsWord(text, _at))
        {
            // "2>" and "&>" belong to the redirect, not to the word before.
            if (Now is '<' or '>' && Ahead != '(') break;
            quoted |= Piece();
        }

        // "list=(a b)" is one word.
        if (!quoted && Now == '(' && _word.Length > 1 && _word[^1] == '=') Append(ShellSpan.Close(text, _at + 1), 1);
        if (_word.Length > 0 && !quoted && Now is '<' or '>' && IsDescriptor()) return Redirect(_word.ToString());
        var word = _word.ToString();
        if (!quoted && word == "[[" && atCommand) _inTest = true;
        if (!quoted && word == "]]") _inTest = false;
        return new ShellToken(ShellTokenKind.Word, word, line, quoted) { Inner = _inner };
    }

    private bool IsDescriptor()
    {
        for (var at = 0; at < _word.Length; at++)
            if (!char.IsAsciiDigit(_word[at])) return false;
        return true;
    }

    /// <summary>Takes one piece of a word: a character, a quoted part, a substitution.</summary>
    /// <returns>True when it was quoted.</returns>
    private bool Piece()
    {
        switch (Now)
        {
            case '\\':
                if (Ahead != '\n') _word.Append(Ahead is '\0' ? "" : Ahead.ToString());
                Skip(2);
                return true;
            case '\'':
                Append(ShellSpan.Until(text, _at + 1, '\''), 1);
                return true;
            case '"':
                Double();
                return true;
            case '$' when Ahead == '\'':
                _at++;
                Append(ShellSpan.AnsiQuoted(text, _at + 1), 1);
                return true;
            case '$' or '`' or '<' or '>':
                Substitution();
                return false;
            default:
                Append(EndOf(Special), 0);
                return false;
        }
    }

    /// <summary>Where what stands here ends: at the next of these signs, behind this one.</summary>
    private int EndOf(SearchValues<char> signs) => text.AsSpan(_at + 1).IndexOfAny(signs) is var length and >= 0 ? _at + 1 + length : text.Length;

    private void Append(int end, int quote)
    {
        _word.Append(text, _at + quote, Math.Max(0, end - _at - quote));
        Skip(end - _at + quote);
    }

    private void Double()
    {
        Skip(1);
        while (_at < text.Length && Now != '"')
        {
            if (Now == '\\' && Ahead is '"' or '\\' or '$' or '`' or '\n')
            {
                if (Ahead != '\n') _word.Append(Ahead);
                Skip(2);
            }
            else if (Now is '$' or '`')
            {
                Substitution();
            }
            else
            {
                Append(EndOf(Quoted), 0);
            }
        }

        Skip(1);
    }

    private void Substitution()
    {
        var (end, script) = ShellSpan.Substitution(text, _at);
        if (script is { } inner) _inner.Add((text[inner], _line + text.AsSpan(_at, inner.Start.Value - _at).Count('\n')));
        _word.Append(text, _at, end - _at);
        Skip(end - _at);
    }
}

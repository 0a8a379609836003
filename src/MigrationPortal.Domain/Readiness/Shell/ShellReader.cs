namespace MigrationPortal.Domain.Readiness.Shell;

/// <summary>
/// Finds the commands of a script (POSIX shell grammar, section 2.10, and bash's additions): statements, pipes, groups,
/// conditions, loops, <c>case</c>, functions. It does not run or expand anything.
/// </summary>
internal sealed class ShellReader(string text, int firstLine, int depth, ShellFindings found, ShellLoop around = ShellLoop.None)
{
    /// <summary>Scripts inside scripts, such as <c>$(sh -c "$(...)")</c>; deeper ones are left unread.</summary>
    private const int MostInside = 6;

    private readonly ShellLexer _lexer = new(text, firstLine);
    private List<ShellToken> _words = [];
    private List<ShellRedirect> _redirects = [];
    private int _cases;
    private bool _inPattern;
    private bool _readsPipe;
    private int _loops;
    private bool _inCondition;

    public void ReadAll()
    {
        while (_lexer.Next(AtCommand) is { } token)
        {
            if (_inPattern) Pattern(token);
            else if (token.Kind == ShellTokenKind.Word) Word(token);
            else if (token.Kind == ShellTokenKind.Redirect) Redirect(token);
            else Separator(token);
        }

        Flush(inBackground: false);
    }

    private bool AtCommand => _words.Count == 0 && !_inPattern;

    private void Word(ShellToken word)
    {
        Inside(word);
        if (AtCommand && !word.Quoted && ShellWords.Opens(word.Text))
        {
            Loop(word.Text);
            return;
        }

        _words.Add(word);
        // "case X in": patterns follow.
        if (_words.Count == 3 && word.Text == "in" && Is(0, "case"))
        {
            _words = [];
            _cases++;
            _inPattern = true;
        }
    }

    /// <summary>"while" and "until" begin a loop, "for" and "select" do by their "do".</summary>
    private void Loop(string word)
    {
        if (word is "while" or "until" || (word == "do" && !_inCondition)) _loops++;
        else if (word == "done" && _loops > 0) _loops--;
        if (word is "while" or "until" or "do") _inCondition = word != "do";
    }

    private ShellLoop LoopNow => _inCondition ? ShellLoop.Condition : _loops > 0 ? ShellLoop.Body : around;

    private void Pattern(ShellToken token)
    {
        if (token.Kind == ShellTokenKind.Close)
        {
            _inPattern = false;
        }
        else if (token is { Kind: ShellTokenKind.Word, Text: "esac" })
        {
            _inPattern = false;
            _cases--;
        }
    }

    private void Redirect(ShellToken token)
    {
        if (token.Here is not null)
        {
            _redirects.Add(new("<<", token.Here.Delimiter));
            _here.Add(token.Here);
            return;
        }

        _redirects.Add(new(token.Text, token.Target ?? ""));
        foreach (var inner in token.Inner) Below(inner.Text, inner.Line);
    }

    private readonly List<ShellHere> _here = [];

    private void Separator(ShellToken token)
    {
        // "name()" defines a function.
        if (token.Kind == ShellTokenKind.Open && _words is [{ Quoted: false } name])
        {
            found.Functions.Add(name.Text);
            _words = [];
            return;
        }

        if (token.Kind == ShellTokenKind.Background && _words.Count == 0) GroupInBackground();
        Flush(token.Kind == ShellTokenKind.Background, token.Kind == ShellTokenKind.Pipe);
        _readsPipe = token.Kind == ShellTokenKind.Pipe;
        if (token.Kind == ShellTokenKind.CaseEnd && _cases > 0) _inPattern = true;
    }

    /// <summary>"(a; b) > log &amp;": the last command stands for its group.</summary>
    private void GroupInBackground()
    {
        if (found.Commands is [.., var last]) found.Commands[^1] = last with { InBackground = true, Redirects = [.. last.Redirects, .. _redirects] };
    }

    private void Flush(bool inBackground, bool writesPipe = false)
    {
        var (words, redirects) = (_words, _redirects);
        (_words, _redirects) = ([], []);
        if (words.Count > 0 && Is(words, "function") && words.Count > 1) found.Functions.Add(words[1].Text);
        else if (words.Count > 0 && !Is(words, "for") && !Is(words, "select")) Add(words, redirects, inBackground, writesPipe);
        _here.Clear();
    }

    private void Add(List<ShellToken> words, List<ShellRedirect> redirects, bool inBackground, bool writesPipe)
    {
        var assignments = new List<(string, string)>();
        var at = 0;
        while (at < words.Count && ShellWords.Assignment(words[at].Text) is { } assignment)
        {
            assignments.Add(assignment);
            at++;
        }

        var line = words[Math.Min(at, words.Count - 1)].Line;
        if (at == words.Count)
        {
            if (assignments.Count > 0) found.Commands.Add(new ShellCommand("", [], line) { Assignments = assignments });
            return;
        }

        var command = new ShellCommand(ShellWords.Base(words[at].Text), Arguments(words, at + 1), line)
        {
            Assignments = assignments,
            Redirects = redirects,
            InBackground = inBackground,
            ReadsPipe = _readsPipe,
            WritesPipe = writesPipe,
            Loop = LoopNow,
            Written = words[at].Text,
        };
        foreach (var one in ShellWrappers.Unwrap(command)) Found(one);
    }

    private static string[] Arguments(List<ShellToken> words, int from)
    {
        if (from == words.Count) return [];
        var arguments = new string[words.Count - from];
        for (var at = 0; at < arguments.Length; at++) arguments[at] = words[from + at].Text;
        return arguments;
    }

    private void Found(ShellCommand command)
    {
        found.Commands.Add(command);
        if (ShellWrappers.Script(command) is { } script) Below(script, command.Line);
        if (ShellWrappers.ReadsScript(command)) foreach (var here in _here) Below(here.Body, here.Line);
    }

    private void Inside(ShellToken word)
    {
        foreach (var inner in word.Inner) Below(inner.Text, inner.Line);
    }

    private void Below(string script, int line)
    {
        if (depth < MostInside) new ShellReader(script, line, depth + 1, found, LoopNow).ReadAll();
    }

    private bool Is(int place, string word) => _words[place] is { Quoted: false } one && one.Text == word;

    private static bool Is(List<ShellToken> words, string word) => words[0] is { Quoted: false } one && one.Text == word;
}

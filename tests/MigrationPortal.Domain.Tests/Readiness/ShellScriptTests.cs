using CsCheck;
using MigrationPortal.Domain.Readiness.Shell;

namespace MigrationPortal.Domain.Tests.Readiness;

public sealed class ShellScriptTests
{
    [Theory]
    [InlineData("ping -c1 db", "ping")]
    [InlineData("cd x && ping -c1 db || true", "cd ping true")]
    [InlineData("a; b\nc | d |& e & f", "a b c d e f")]
    [InlineData("echo 'ping x' \"ping y\" ping", "echo")]
    [InlineData("# ping\necho hi # ping", "echo")]
    [InlineData("echo a#b; ping", "echo ping")]
    [InlineData("sudo -u root ping x", "sudo ping")]
    [InlineData("env A=1 timeout -k 5 10 nice -n 5 ping x", "env timeout nice ping")]
    [InlineData("A=1 B=2 ping x", "ping")]
    [InlineData("x=$(ping -c1 y)", "ping ")]
    [InlineData("echo \"$(ping y | tee z)\"", "ping tee echo")]
    [InlineData("echo `ping y`", "ping echo")]
    [InlineData("if ping y; then a; elif b; then c; else d; fi", "ping a b c d")]
    [InlineData("for i in ping mount; do echo $i; done", "echo")]
    [InlineData("while ! nc -z db 5432; do sleep 1; done", "nc sleep")]
    [InlineData("case \"$1\" in ping|mount) run;; *) other;; esac; last", "run other last")]
    [InlineData("case x in (a) b ;; esac", "b")]
    [InlineData("ping() { echo; }; ping x", "echo ping")]
    [InlineData("(a; b) && { c; d; }", "a b c d")]
    [InlineData("[[ a && b || c ]] && d", "[[ d")]
    [InlineData("[ -f ping ] && d", "[ d")]
    [InlineData("(( x = y && z )); a", "a")]
    [InlineData("echo $((1 + 2)) > out; a", "echo a")]
    [InlineData("cat <<EOF > f\nping x\nEOF\na", "cat a")]
    [InlineData("cat <<-'END'\n\tping $(x)\n\tEND\na", "cat a")]
    [InlineData("bash <<EOF\nping x\nEOF", "bash ping")]
    [InlineData("ssh host <<EOF\nping x\nEOF", "ssh")]
    [InlineData("sh -c 'ping x; b'", "sh ping b")]
    [InlineData("bash -ec \"ping x\"", "bash ping")]
    [InlineData("eval ping x", "eval ping")]
    [InlineData("command -v ping", "command")]
    [InlineData("which ping; type ping", "which type")]
    [InlineData("a 2>&1 >/dev/null | b", "a b")]
    [InlineData("a &> log && b", "a b")]
    [InlineData("a > \"$x/ping\" b", "a")]
    [InlineData("list=(ping mount)\na", " a")]
    [InlineData("a \\\n  ping", "a")]
    [InlineData("diff <(ping x) <(b)", "ping b diff")]
    [InlineData("xargs -n1 docker rm < list", "xargs docker")]
    [InlineData("trap 'kill $!' EXIT", "trap kill")]
    [InlineData("/usr/bin/docker build .", "docker")]
    [InlineData("- echo", "-")]
    [InlineData("echo 'it''s' && ping", "echo ping")]
    [InlineData("echo $'a\\'ping' ; b", "echo b")]
    [InlineData("echo \"a \\\" ping\" ; b", "echo b")]
    [InlineData("", "")]
    public void Commands_OfAScript_AreThoseAtCommandPosition(string script, string commands) =>
        string.Join(' ', ShellScript.Read(script).Commands.Select(command => command.Name)).ShouldBe(commands);

    [Fact]
    public void Commands_OfSeveralLines_KnowTheirLine() =>
        ShellScript.Read("a\n\ncat <<EOF\nx\nEOF\nb && \\\nc\nd \"\n$(e)\"").Commands.Select(command => (command.Name, command.Line))
            .ShouldBe([("a", 0), ("cat", 2), ("b", 5), ("c", 6), ("e", 8), ("d", 7)]);

    [Fact]
    public void Command_InBackground_KnowsItsStreams()
    {
        var command = ShellScript.Read("./server --port 1 </dev/null >log 2>&1 &").Commands.ShouldHaveSingleItem();

        (command.InBackground, command.Arguments.Count).ShouldBe((true, 2));
        command.Redirects.Select(redirect => $"{redirect.Operator} {redirect.Target}").ShouldBe(["< /dev/null", "> log", "2>& 1"]);
    }

    [Theory]
    [InlineData("(a; b) > log 2>&1 < /dev/null &", "b", 3)]
    [InlineData("{ a; } &", "a", 0)]
    [InlineData("for i in 1 2; do a; done &", "a", 0)]
    public void Group_InBackground_IsToldOfItsLastCommand(string script, string name, int redirects)
    {
        var command = ShellScript.Read(script).Commands.Single(command => command.InBackground);

        (command.Name, command.Redirects.Count).ShouldBe((name, redirects));
    }

    [Theory]
    [InlineData("while a; do b; done; c", "a:Condition b:Body c:None")]
    [InlineData("until ! a | b; do c; done", "a:Condition b:Condition c:Body")]
    [InlineData("for i in 1; do a && break; done; c", "a:Body break:Body c:None")]
    [InlineData("sh -c 'until a; do b; done'; c", "sh:None a:Condition b:Body c:None")]
    [InlineData("while a; do if b; then c; fi; done", "a:Condition b:Body c:Body")]
    [InlineData("done; while a", "a:Condition")]
    public void Command_KnowsItsLoop(string script, string commands) =>
        string.Join(' ', ShellScript.Read(script).Commands.Select(command => $"{command.Name}:{command.Loop}")).ShouldBe(commands);

    [Theory]
    [InlineData("./ping", true)]
    [InlineData("scripts/ping", true)]
    [InlineData("ping", false)]
    [InlineData("/bin/ping", false)]
    [InlineData("$HOME/ping", false)]
    [InlineData("sudo ./ping", true)]
    public void Command_OfTheSource_IsNoProgram(string script, bool own) => ShellScript.Read(script).Commands[^1].IsOwnFile.ShouldBe(own);

    [Fact]
    public void AnyText_IsReadWithoutAFault() =>
        Gen.String[Gen.OneOf(Gen.Char["$(){}[]<>|&;\"'`\\ \n#=!-"], Gen.Char['a', 'f']), 0, 80].Sample(text =>
        {
            var lines = text.Count(sign => sign == '\n');
            return ShellScript.Read(text).Commands.All(command => command.Line >= 0 && command.Line <= lines);
        });

    /// <summary>Scripts in scripts end; a quadratic reader would take minutes.</summary>
    [Theory]
    [InlineData("$(")]
    [InlineData("`")]
    [InlineData("\"$(")]
    [InlineData("((")]
    [InlineData("<(")]
    [InlineData("{ ")]
    [InlineData("case x in ")]
    [InlineData("<<E ")]
    [InlineData("'")]
    public void RepeatedOpenings_EndSoon(string opening) =>
        ShellScript.Read(string.Concat(Enumerable.Repeat(opening, 200_000 / opening.Length))).ShouldNotBeNull();
}
